/** Okta Expression Language overview: Time functions, from texts to texts. */

import { parseDateTime } from "../../../../scim/value/date-time.ts";
import { ExpressionError } from "../expression-error.ts";
import { expressionFunction, textFunctions, type ExpressionFunction } from "./function.ts";
import { offsetText, parseJodaPattern, printByPattern, type PatternPart } from "../time/joda-pattern.ts";
import { readByPattern } from "../time/joda-read.ts";
import { timeZoneNamed, utc, type TimeZone } from "../time/time-zone.ts";
import { textOf, type ExpressionValue } from "../value.ts";

/** Inferred, since Okta documents nothing of it: a text that is not a time is an error, an empty one included. */
export const timeFunctions: readonly ExpressionFunction[] = [
  expressionFunction(
    "Time.now([timeZone], [pattern])",
    ([zone = null, pattern = null], { now }) => currentTime(requireNow(now), zoneOf(zone), pattern),
    {
      hangsOn: "time",
      check: ([zone, pattern]) => {
        zoneOf(zone ?? null);
        checkPattern(pattern, parseJodaPattern);
      },
    },
  ),
  ...textFunctions({
    "Time.fromWindowsToIso8601(time)": ([time]) =>
      iso(Number(wholeNumber(time) / ticksPerMs) - windowsEpochMs, time),
    "Time.fromUnixToIso8601(time)": ([time]) => iso(Number(wholeNumber(time)) * 1000, time),
    "Time.fromIso8601ToWindows(time)": ([time]) =>
      String((BigInt(isoInstant(time).getTime()) + BigInt(windowsEpochMs)) * ticksPerMs),
    "Time.fromIso8601ToUnix(time)": ([time]) => String(Math.floor(isoInstant(time).getTime() / 1000)),
  }),
  // Inferred: in UTC, whatever the offset of the text.
  expressionFunction(
    "Time.fromIso8601ToString(time, pattern)",
    ([time = null, pattern = null]) =>
      printByPattern(parseJodaPattern(textOf(pattern)), isoInstant(textOf(time)), utc),
    { check: ([, pattern]) => checkPattern(pattern, parseJodaPattern) },
  ),
  expressionFunction(
    "Time.fromStringToIso8601(time, pattern)",
    ([time = null, pattern = null], { now }) => {
      const parts = readablePattern(textOf(pattern));
      const instant = readByPattern(parts, textOf(time), () => requireNow(now));
      return iso(instant.getTime(), textOf(time));
    },
    { check: ([, pattern]) => checkPattern(pattern, readablePattern) },
  ),
];

function checkPattern(pattern: ExpressionValue | undefined, parse: (pattern: string) => unknown): void {
  if (typeof pattern === "string") parse(pattern);
}

/** @throws ExpressionError for a pattern by which Joda-Time writes times, and reads none */
function readablePattern(pattern: string): readonly PatternPart[] {
  const parts = parseJodaPattern(pattern);
  if (!parts.some((part) => part.kind === "field" && "zC".includes(part.letter))) return parts;
  throw new ExpressionError("A time cannot be read with the letters z and C");
}

/** A Windows time counts 100 nanoseconds since 1601-01-01. */
const ticksPerMs = 10_000n;
const windowsEpochMs = 11_644_473_600_000;

function currentTime(now: Date, zone: TimeZone, pattern: ExpressionValue): string {
  if (pattern !== null) return printByPattern(parseJodaPattern(textOf(pattern)), now, zone);
  const offsetMs = zone.offsetMs(now);
  const local = new Date(now.getTime() + offsetMs).toISOString().slice(0, -1);
  return `${local}${offsetMs === 0 ? "Z" : offsetText(offsetMs, ":")}`;
}

function zoneOf(value: ExpressionValue): TimeZone {
  const name = textOf(value);
  return name === "" ? utc : timeZoneNamed(name);
}

function requireNow(now: Date | undefined): Date {
  if (now !== undefined) return now;
  throw new ExpressionError("The current time is available only while Okta provisions, not in a comparison");
}

function wholeNumber(text: string): bigint {
  if (/^-?\d{1,20}$/.test(text.trim())) return BigInt(text.trim());
  throw new ExpressionError(`'${text.slice(0, 40)}' is not a time: a whole number is needed`);
}

function isoInstant(text: string): Date {
  const instant = parseDateTime(text);
  if (instant !== undefined) return new Date(instant);
  throw new ExpressionError(
    `'${text.slice(0, 40)}' is not a time in ISO 8601, such as 2015-07-31T17:18:37.979Z`,
  );
}

/** Inferred: with milliseconds and in UTC, as `Time.now()` shows. */
function iso(instant: number, text: string): string {
  const date = new Date(instant);
  const year = date.getUTCFullYear();
  if (year >= 0 && year <= 9999) return date.toISOString();
  throw new ExpressionError(`'${text.slice(0, 40)}' is not a time between the years 0 and 9999`);
}
