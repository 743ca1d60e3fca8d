/** Reading a date that was written by a Joda-Time pattern. */

import { dayNames, monthNames } from "../../../calendar-names.ts";
import { ExpressionError } from "../expression-error.ts";
import { dayMs, isoDayOfWeek, utcMidnight, type PatternPart } from "./joda-pattern.ts";
import { offsetOf, timeZoneNamed } from "./time-zone.ts";

/** What was read, by letter of the pattern; `Y` is `y`, and hours are kept as they stand. */
type Fields = ReadonlyMap<string, number>;

/**
 * The instant that the text means. As in Joda-Time a missing year is 1970. Inferred: without a zone UTC is meant.
 * @param now for years of two digits
 * @throws ExpressionError where the text is not of the pattern, or means no day or time
 */
export function readByPattern(parts: readonly PatternPart[], text: string, now: () => Date): Date {
  const { fields, zone } = readFields(parts, text, now);
  const local = localInstant(fields);
  if (local === undefined) {
    throw new ExpressionError(`'${text.slice(0, 40)}' is not a valid date, or not a valid time of day`);
  }
  return new Date(local - zone(local));
}

interface Reading {
  readonly fields: Fields;
  readonly zone: (local: number) => number;
}

function readFields(parts: readonly PatternPart[], text: string, now: () => Date): Reading {
  const fields = new Map<string, number>();
  let zone: Reading["zone"] = () => 0;
  let rest = text;
  parts.forEach((part, index) => {
    const shape = shapeOf(part, parts[index + 1]);
    const found = shape.exec(rest)?.[0];
    if (found === undefined) throw notOfPattern(text, rest);
    rest = rest.slice(found.length);
    if (part.kind === "text") return;
    if (part.letter === "Z") zone = zoneRead(found);
    else if (isShortYear(part) && found.length === 2)
      fields.set(keyOf(part.letter), fullYear(Number(found), now()));
    else fields.set(keyOf(part.letter), valueOf(part.letter, found));
  });
  if (rest !== "") throw notOfPattern(text, rest);
  return { fields, zone };
}

function keyOf(letter: string): string {
  return letter === "Y" ? "y" : letter;
}

function isShortYear({ letter, count }: PatternPart & { kind: "field" }): boolean {
  return count === 2 && "yYx".includes(letter);
}

/** Joda-Time's window for two digits: the century around 30 years ago. */
function fullYear(twoDigits: number, now: Date): number {
  const earliest = now.getUTCFullYear() - 30 - 50;
  return earliest + ((((twoDigits - earliest) % 100) + 100) % 100);
}

function notOfPattern(text: string, rest: string): ExpressionError {
  const where = rest === "" ? "ends too early" : `has '${rest.slice(0, 20)}'`;
  return new ExpressionError(`'${text.slice(0, 40)}' does not match that time pattern: it ${where}`);
}

/** An offset needs no further thought; a named zone has the offset of its clocks at that local time. */
function zoneRead(text: string): Reading["zone"] {
  if (text === "Z") return () => 0;
  if (/^[-+]/.test(text)) return () => offsetOf(text);
  const zone = timeZoneNamed(text);
  return (local) => zone.offsetMs(new Date(local - zone.offsetMs(new Date(local))));
}

/** As many digits as Joda-Time takes: as many as the field can have, or as the letters where another number follows. */
const mostDigits: Readonly<Record<string, number>> = {
  C: 9,
  y: 9,
  Y: 9,
  x: 9,
  w: 2,
  e: 1,
  D: 3,
  M: 2,
  d: 2,
  H: 2,
  k: 2,
  K: 2,
  h: 2,
  m: 2,
  s: 2,
};

function shapeOf(part: PatternPart, next: PatternPart | undefined): RegExp {
  if (part.kind === "text") return new RegExp(`^${part.text.replaceAll(/[^\w\s]/g, String.raw`\$&`)}`);
  const { letter, count } = part;
  if (!isNumeric(part)) return wordShape(letter, count);
  if (letter === "S") return new RegExp(`^\\d{1,${count}}`);
  const isFixed = next?.kind === "field" && isNumeric(next);
  return new RegExp(`^\\d{1,${isFixed ? count : mostDigits[letter]}}`);
}

function wordShape(letter: string, count: number): RegExp {
  switch (letter) {
    case "a":
      return /^[ap]m/i;
    case "G":
      return /^AD/i;
    case "Z":
      return count > 2 ? /^[\w/+-]+/ : /^(?:Z|[-+]\d\d:?\d\d)/;
    case "E":
      return startOfName(dayNames);
    default:
      return startOfName(monthNames);
  }
}

function isNumeric({ letter, count }: PatternPart & { kind: "field" }): boolean {
  return !"aGzZE".includes(letter) && !(letter === "M" && count > 2);
}

function startOfName(names: readonly string[]): RegExp {
  return new RegExp(`^(?:${[...names, ...names.map((name) => name.slice(0, 3))].join("|")})`, "i");
}

function valueOf(letter: string, found: string): number {
  if (letter === "a") return /^p/i.test(found) ? 12 : 0;
  if (letter === "S") return Number(found.padEnd(3, "0").slice(0, 3));
  const name = found.slice(0, 3).toLowerCase();
  const isName = (one: string): boolean => one.toLowerCase().startsWith(name);
  if (letter === "E") return dayNames.findIndex(isName) || 7;
  if (letter === "M" && !/\d/.test(found)) return monthNames.findIndex(isName) + 1;
  return Number(found);
}

function localInstant(fields: Fields): number | undefined {
  const day = localDay(fields);
  const hour = hourOf(fields);
  const minute = fields.get("m") ?? 0;
  const second = fields.get("s") ?? 0;
  if (day === undefined || hour === undefined || minute > 59 || second > 59) return undefined;
  return day + ((hour * 60 + minute) * 60 + second) * 1000 + (fields.get("S") ?? 0);
}

function localDay(fields: Fields): number | undefined {
  const year = fields.get("y") ?? 1970;
  const dayOfYear = fields.get("D");
  const weekYear = fields.get("x");
  if (weekYear !== undefined || fields.has("w")) return dayOfWeek(weekYear ?? year, fields);
  if (dayOfYear !== undefined) return onlyWithin(year, utcMidnight(year, 1, dayOfYear));
  const month = fields.get("M") ?? 1;
  const day = fields.get("d") ?? 1;
  const midnight = utcMidnight(year, month, day);
  return within(midnight.getTime(), midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day);
}

function onlyWithin(year: number, day: Date): number | undefined {
  return within(day.getTime(), day.getUTCFullYear() === year);
}

function dayOfWeek(year: number, fields: Fields): number | undefined {
  const week = fields.get("w") ?? 1;
  const day = fields.get("e") ?? fields.get("E") ?? 1;
  const fourth = utcMidnight(year, 1, 4);
  const monday = fourth.getTime() - (isoDayOfWeek(fourth) - 1) * dayMs;
  return within(monday + ((week - 1) * 7 + day - 1) * dayMs, week >= 1 && week <= 53 && day >= 1 && day <= 7);
}

function within(instant: number, holds: boolean): number | undefined {
  return holds && !Number.isNaN(instant) ? instant : undefined;
}

function hourOf(fields: Fields): number | undefined {
  const half = fields.get("a") ?? 0;
  const of24 = fields.get("H") ?? (fields.get("k") === 24 ? 0 : fields.get("k"));
  const of12 = fields.get("K") ?? (fields.get("h") === 12 ? 0 : fields.get("h"));
  if (of12 !== undefined) return of12 > 11 ? undefined : of12 + half;
  return of24 !== undefined && of24 > 23 ? undefined : (of24 ?? half);
}
