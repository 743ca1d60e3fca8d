/** Dates as texts: the form in which the functions hand them to one another, and the forms that CDate reads. */

import { formatDateTime, formatTokens, type FormatToken } from "../dotnet/date-format.ts";
import { parseExact, type DateTimeStyle } from "../dotnet/date-parse.ts";
import { dateTime, type DateTime } from "../dotnet/date-time.ts";
import { DotnetError } from "../dotnet/dotnet-error.ts";

const dateForm = "M/d/yyyy h:mm:ss tt";
const dateFormTokens = formatTokens(dateForm);
const epoch = dateTime(0n);

/** The date in the form of CDate, Now, DateAdd and DateFromNum: `3/16/2020 7:00:00 AM`. */
export function dateText(date: DateTime): string {
  return formatDateTime(date, dateForm);
}

/** The date of a text in that form; undefined for every other text. */
export function readDateText(text: string): DateTime | undefined {
  if (!/^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d{2}:\d{2} [AP]M$/.test(text)) return undefined;
  return attempt(text, dateFormTokens, new Set(), epoch);
}

/** The forms that .NET's DateTime.Parse reads, as far as directories write them; K is `Z`, an offset or nothing. */
const readableForms = [
  "yyyy-M-dK",
  "yyyy-M-d'T'H:mK",
  "yyyy-M-d'T'H:m:s.FFFFFFFK",
  "yyyy-M-d H:mK",
  "yyyy-M-d H:m:s.FFFFFFFK",
  "yyyy/M/d",
  "yyyy/M/d H:m:s",
  "M/d/yyyy",
  "M/d/yyyy h:m tt",
  "M/d/yyyy h:m:s ttK",
  "M/d/yyyy H:m",
  "M/d/yyyy H:m:sK",
  "d MMM yyyy",
  "d MMM yyyy H:m:s",
  "d MMMM yyyy",
  "MMM d, yyyy",
  "MMMM d, yyyy",
  "ddd, d MMM yyyy H:m:s 'GMT'",
].map(formatTokens);

const styles: ReadonlySet<DateTimeStyle> = new Set<DateTimeStyle>(["AllowWhiteSpaces"]);

/**
 * The date that a text says, in UTC; without an offset it is taken to be UTC (CDate: `2021-08-24`).
 * @throws DotnetError for a text that is not a date
 */
export function readAnyDate(text: string): DateTime {
  for (const form of readableForms) {
    const date = attempt(text, form, styles, epoch);
    if (date !== undefined) return dateTime(date.ticks);
  }
  throw new DotnetError(`"${text.slice(0, 40)}" is not a date.`);
}

/** A date that the calendar does not have is not a date in that form. */
function attempt(
  text: string,
  form: readonly FormatToken[],
  withStyles: ReadonlySet<DateTimeStyle>,
  today: DateTime,
): DateTime | undefined {
  try {
    return parseExact(text, form, withStyles, today);
  } catch (error) {
    if (error instanceof DotnetError) return undefined;
    throw error;
  }
}
