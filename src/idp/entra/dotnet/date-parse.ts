/** Reading dates as .NET's DateTime.ParseExact does, with the invariant culture. */

import { dayNames, monthNames } from "../../calendar-names.ts";
import type { FieldLetter, FormatToken } from "./date-format.ts";
import {
  calendarOf,
  dateTime,
  ticksOf,
  ticksPerSecond,
  type DateTime,
  type DateTimeKind,
} from "./date-time.ts";

/** .NET's DateTimeStyles by their names. */
export const dateTimeStyles = [
  "None",
  "AllowLeadingWhite",
  "AllowTrailingWhite",
  "AllowInnerWhite",
  "AllowWhiteSpaces",
  "NoCurrentDateDefault",
  "AdjustToUniversal",
  "AssumeLocal",
  "AssumeUniversal",
  "RoundtripKind",
] as const;

export type DateTimeStyle = (typeof dateTimeStyles)[number];

type Field = FieldLetter | "weekday";
type Fields = Map<Field, string>;

interface Reading {
  readonly text: string;
  readonly skipsWhite: boolean;
  readonly fields: Fields;
}

/**
 * The date that a text in that format says; undefined where the text is not in that format. Missing parts of a date
 * are the first of the month and this year, a missing date is today.
 * @throws DotnetError for a date that the calendar does not have
 */
export function parseExact(
  text: string,
  format: readonly FormatToken[],
  styles: ReadonlySet<DateTimeStyle>,
  today: DateTime,
): DateTime | undefined {
  const all = styles.has("AllowWhiteSpaces");
  let source = text;
  if (all || styles.has("AllowLeadingWhite")) source = source.trimStart();
  if (all || styles.has("AllowTrailingWhite")) source = source.trimEnd();
  const reading = { text: source, skipsWhite: all || styles.has("AllowInnerWhite"), fields: new Map() };
  if (!readTokens(format, reading)) return undefined;
  return build(reading.fields, styles, today);
}

function readTokens(tokens: readonly FormatToken[], reading: Reading): boolean {
  const { text } = reading;
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    if (reading.skipsWhite) at += white(text, at);
    const next = tokens[index + 1];
    const isPoint = token.kind === "literal" && token.text === ".";
    // The point in front of a fraction that may be missing may be missing too.
    if (isPoint && next?.kind === "field" && next.letter === "F" && text.charAt(at) !== ".") continue;
    const end = token.kind === "literal" ? readLiteral(token.text, text, at) : readField(token, reading, at);
    if (end === undefined) return false;
    at = end;
  }
  return at === text.length;
}

function white(text: string, at: number): number {
  return text.length - at - text.slice(at).trimStart().length;
}

function readLiteral(literal: string, text: string, at: number): number | undefined {
  if (literal.trim() === "" && at > 0 && text.charAt(at - 1).trim() === "") return at;
  return text.startsWith(literal, at) ? at + literal.length : undefined;
}

function readField(
  token: FormatToken & { readonly kind: "field" },
  { text, fields }: Reading,
  at: number,
): number | undefined {
  const pattern = patternOf(token.letter, token.count);
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0];
  if (found === undefined) return undefined;
  const field = token.letter === "d" && token.count > 2 ? "weekday" : token.letter;
  const before = fields.get(field);
  if (before !== undefined && before !== found) return undefined;
  fields.set(field, found);
  return at + found.length;
}

const anyOf = (names: readonly string[]): string => names.join("|");
const short = (names: readonly string[]): readonly string[] => names.map((name) => name.slice(0, 3));

const number = (count: number): string => (count === 1 ? String.raw`\d{1,2}` : String.raw`\d{2}`);
const numberOrName = (count: number, names: readonly string[]): string => {
  if (count <= 2) return number(count);
  return anyOf(count === 3 ? short(names) : names);
};

/** Compiled patterns: a format is read for every object of a directory. */
const patterns = new Map<string, RegExp>();

function patternOf(letter: FieldLetter, count: number): RegExp {
  const source = takes[letter](count);
  const pattern = patterns.get(source) ?? new RegExp(source, "iy");
  patterns.set(source, pattern);
  return pattern;
}

/** What each specifier takes of a text, by how often it is written: once, and a number may have one digit. */
const takes: Readonly<Record<FieldLetter, (count: number) => string>> = {
  d: (count) => numberOrName(count, dayNames),
  M: (count) => numberOrName(count, monthNames),
  y: (count) => (count <= 2 ? number(count) : `\\d{${count}}`),
  f: (count) => `\\d{${count}}`,
  F: (count) => `\\d{0,${count}}`,
  g: () => String.raw`A\.?D\.?`,
  h: number,
  H: number,
  m: number,
  s: number,
  t: (count) => (count === 1 ? "[AP]" : "[AP]M"),
  K: () => String.raw`Z|[+-]\d{2}:\d{2}|`,
  z: (count) => (count <= 2 ? `[+-]${number(count)}` : String.raw`[+-]\d{2}:?\d{2}`),
};

function build(fields: Fields, styles: ReadonlySet<DateTimeStyle>, today: DateTime): DateTime | undefined {
  const hour = hourOf(fields);
  if (hour === undefined) return undefined;
  const date = {
    ...dateOf(fields, styles, today),
    hour,
    minute: Number(fields.get("m") ?? 0),
    second: Number(fields.get("s") ?? 0),
    fraction: Number((fields.get("f") ?? fields.get("F") ?? "").padEnd(7, "0")),
  };
  const zone = fields.get("z") ?? fields.get("K") ?? "";
  const local = ticksOf(date);
  const weekday = fields.get("weekday")?.slice(0, 3).toLowerCase();
  const actual = dayNames[calendarOf(dateTime(local)).weekday]?.slice(0, 3).toLowerCase();
  if (weekday !== undefined && weekday !== actual) return undefined;
  return dateTime(local - offsetTicks(zone), kindOf(zone, styles));
}

function hourOf(fields: Fields): number | undefined {
  const of24 = fields.get("H");
  if (of24 !== undefined) return Number(of24);
  const of12 = Number(fields.get("h") ?? 0);
  if (of12 > 12) return undefined;
  return (of12 % 12) + (fields.get("t")?.toUpperCase().startsWith("P") === true ? 12 : 0);
}

function dateOf(
  fields: Fields,
  styles: ReadonlySet<DateTimeStyle>,
  today: DateTime,
): { readonly year: number; readonly month: number; readonly day: number } {
  const [year, month, day] = [fields.get("y"), fields.get("M"), fields.get("d")];
  const now = calendarOf(styles.has("NoCurrentDateDefault") ? dateTime(0n) : today);
  if (year === undefined && month === undefined && day === undefined) return now;
  return {
    year: year === undefined ? now.year : fullYear(year),
    month: month === undefined ? 1 : monthOf(month),
    day: Number(day ?? 1),
  };
}

/** Two digits are of the years 1950 to 2049 (.NET: Calendar.TwoDigitYearMax, invariant culture). */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function monthOf(text: string): number {
  const start = text.slice(0, 3).toLowerCase();
  const named = monthNames.findIndex((name) => name.slice(0, 3).toLowerCase() === start);
  return named === -1 ? Number(text) : named + 1;
}

function offsetTicks(zone: string): bigint {
  const [, sign, hours, minutes = "0"] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? [];
  const seconds = BigInt(Number(hours ?? 0) * 3600 + Number(minutes) * 60);
  return (sign === "-" ? -seconds : seconds) * ticksPerSecond;
}

function kindOf(zone: string, styles: ReadonlySet<DateTimeStyle>): DateTimeKind {
  if (zone === "") {
    if (styles.has("AssumeUniversal")) return styles.has("AdjustToUniversal") ? "utc" : "local";
    return styles.has("AssumeLocal") ? "local" : "unspecified";
  }
  const staysUtc = styles.has("AdjustToUniversal") || (styles.has("RoundtripKind") && /^z$/i.test(zone));
  return staysUtc ? "utc" : "local";
}
