/** Functions of dates, which they hand to one another as texts in the form `M/d/yyyy h:mm:ss tt`, in UTC. */

import { formatDateTime, formatTokens } from "../../dotnet/date-format.ts";
import { dateTimeStyles, parseExact, type DateTimeStyle } from "../../dotnet/date-parse.ts";
import { dateTime, fromDate, type DateTime } from "../../dotnet/date-time.ts";
import { DotnetError } from "../../dotnet/dotnet-error.ts";
import type { Arguments } from "../arguments.ts";
import { addInterval, countIntervals, findInterval, intervals, type Interval } from "../date-interval.ts";
import { dateText, readAnyDate, readDateText } from "../date-text.ts";
import { literalText, type CallExpression } from "../ast.ts";
import { complaintOf, defineFunction, type ExpressionFunction } from "./signature.ts";
import { describe, integerOf, isEmpty, textOf, type ExpressionValue } from "../values.ts";

export const dateFunctions: readonly ExpressionFunction[] = [
  defineFunction(
    "CDate(expression)",
    ofPresent((value) => dateText(readAnyDate(textOf(value)))),
  ),
  defineFunction("DateAdd(interval, value, dateTime)", dateAdd, { check: checkInterval }),
  defineFunction("DateDiff(interval, date1, date2)", dateDiff, { check: checkInterval }),
  defineFunction("DateFromNum(value)", ofPresent(dateFromNum)),
  defineFunction("FormatDateTime(source, [dateTimeStyles], inputFormat, outputFormat)", ofPresent(format), {
    check: checkFormat,
  }),
  defineFunction("Now()", ({ context }) => dateText(fromDate(context.now()))),
  defineFunction(
    "NumFromDate(value)",
    ofPresent((value) => numFromDate(textOf(value))),
  ),
];

/** Inferred: a date function of nothing, or of an empty text, is nothing. */
function ofPresent(
  evaluate: (value: ExpressionValue, given: Arguments) => ExpressionValue,
): (given: Arguments) => ExpressionValue {
  return (given) => {
    const value = given.value(0);
    return isEmpty(value) ? null : evaluate(value, given);
  };
}

function dateAdd(given: Arguments): ExpressionValue {
  const interval = intervalNamed(given.text(0));
  const date = dateArgument(given, 2, "dateTime");
  return date === null ? null : dateText(addInterval(date, interval, given.integer(1, "value")));
}

function dateDiff(given: Arguments): ExpressionValue {
  const interval = intervalNamed(given.text(0));
  const [from, to] = [dateArgument(given, 1, "date1"), dateArgument(given, 2, "date2")];
  return from === null || to === null ? null : countIntervals(interval, from, to);
}

function intervalNamed(name: string): Interval {
  const interval = findInterval(name);
  if (interval !== undefined) return interval;
  throw new DotnetError(`interval must be one of ${intervals.join(", ")}, not "${name.slice(0, 40)}".`);
}

function checkInterval({ arguments: [interval] }: CallExpression): string | undefined {
  return complaintOf(() => intervalNamed(literalText(interval) ?? "d"));
}

/** "When passing a date string as input, use CDate function to wrap the datetime string": other texts are no dates. */
function dateArgument(given: Arguments, index: number, name: string): DateTime | null {
  const value = given.value(index);
  if (isEmpty(value)) return null;
  const date = readDateText(textOf(value));
  if (date !== undefined) return date;
  throw new DotnetError(`${name} is ${describe(value)}; CDate converts a string to a date.`);
}

/** 1601-01-01, where the FILETIME of Windows and Active Directory begins to count 100 ns. */
const fileTimeEpoch = 504_911_232_000_000_000n;

function dateFromNum(value: ExpressionValue): string {
  return dateText(dateTime(BigInt(integerOf(value, "value")) + fileTimeEpoch));
}

/** Beyond 2^53, but a whole number of seconds is exact up to the year 5254. */
function numFromDate(text: string): number {
  const fileTime = readAnyDate(text).ticks - fileTimeEpoch;
  if (fileTime < 0n) throw new DotnetError(`"${text}" is before 1601.`);
  return Number(fileTime);
}

const defaultStyles: ReadonlySet<DateTimeStyle> = new Set<DateTimeStyle>([
  "RoundtripKind",
  "AllowLeadingWhite",
  "AllowTrailingWhite",
]);

function format(value: ExpressionValue, given: Arguments): string {
  const text = textOf(value);
  const inputFormat = given.text(2);
  const styles = given.text(1) === "" ? defaultStyles : stylesOf(given.text(1));
  const date = parseExact(text, formatTokens(inputFormat), styles, fromDate(given.context.now()));
  if (date === undefined) {
    throw new DotnetError(`"${text.slice(0, 40)}" is not a date in the format ${inputFormat}.`);
  }
  return formatDateTime(date, given.text(3));
}

/** Names of DateTimeStyles with commas between them, `DateTimeStyles.` in front of each or not (Inferred). */
function stylesOf(text: string): ReadonlySet<DateTimeStyle> {
  const names = text.split(/[,|]/).map((name) => name.trim().replace(/^DateTimeStyles\./, ""));
  return new Set(
    names.map((name) => {
      const style = dateTimeStyles.find((one) => one === name);
      if (style === undefined)
        throw new DotnetError(`"${name.slice(0, 40)}" is not one of .NET's DateTimeStyles.`);
      return style;
    }),
  );
}

function checkFormat({ arguments: [, styles, ...formats] }: CallExpression): string | undefined {
  return complaintOf(() => {
    stylesOf(literalText(styles) || "None");
    for (const one of formats) formatTokens(literalText(one) ?? "d");
  });
}
