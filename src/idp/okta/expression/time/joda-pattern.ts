/** Joda-Time's patterns (Joda-Time: DateTimeFormat), which Okta's Time functions take: their parts, and dates written by them. */

import { dayNames, monthNames } from "../../../calendar-names.ts";
import { ExpressionError } from "../expression-error.ts";
import type { TimeZone } from "./time-zone.ts";

/** Letters that stand for a field of a date, or text that stands for itself. */
export type PatternPart =
  | { readonly kind: "field"; readonly letter: string; readonly count: number }
  | { readonly kind: "text"; readonly text: string };

const letters = "GCYxweEyDMdaKhHkmsSzZ";

/**
 * The parts of a pattern. Text between quotes stands for itself, two quotes for one.
 * @throws ExpressionError for an empty pattern, and for a letter that means nothing
 */
export function parseJodaPattern(pattern: string): readonly PatternPart[] {
  if (pattern === "") throw new ExpressionError("The time pattern is empty");
  const pieces = pattern.match(/'(?:[^']|'')*'?|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
  return pieces.map((piece) => {
    if (piece === "''") return { kind: "text", text: "'" };
    if (piece.startsWith("'")) return { kind: "text", text: quotedText(piece) };
    const letter = piece.charAt(0);
    if (!/[A-Za-z]/.test(letter)) return { kind: "text", text: piece };
    if (letters.includes(letter)) return { kind: "field", letter, count: piece.length };
    throw new ExpressionError(`'${letter}' is not allowed in the time pattern '${pattern.slice(0, 40)}'`);
  });
}

function quotedText(piece: string): string {
  if (piece.length < 2 || !piece.endsWith("'")) {
    throw new ExpressionError("A quoted part of the time pattern is not closed");
  }
  return piece.slice(1, -1).replaceAll("''", "'");
}

/** An instant as the pattern writes it, in English. */
export function printByPattern(parts: readonly PatternPart[], instant: Date, zone: TimeZone): string {
  const offsetMs = zone.offsetMs(instant);
  const local = new Date(instant.getTime() + offsetMs);
  return parts
    .map((part) => {
      if (part.kind === "text") return part.text;
      const { letter, count } = part;
      if (letter === "Z") return count > 2 ? zone.id : offsetText(offsetMs, count === 2 ? ":" : "");
      if (letter === "z") return zone.nameAt(instant, count > 3 ? "long" : "short");
      return printField(letter, count, local);
    })
    .join("");
}

/** `+02:00` with `:` between hours and minutes. */
export function offsetText(offsetMs: number, between: string): string {
  const minutes = Math.floor(Math.abs(offsetMs) / 60_000);
  const sign = offsetMs < 0 ? "-" : "+";
  return `${sign}${digits(Math.floor(minutes / 60), 2)}${between}${digits(minutes % 60, 2)}`;
}

function printField(letter: string, count: number, local: Date): string {
  switch (letter) {
    case "G":
      return "AD";
    case "a":
      return local.getUTCHours() < 12 ? "AM" : "PM";
    case "E":
      return nameText(dayNames[local.getUTCDay()], count);
    case "S":
      return digits(local.getUTCMilliseconds(), 3).padEnd(count, "0").slice(0, count);
    default:
      if (letter === "M" && count > 2) return nameText(monthNames[local.getUTCMonth()], count);
      return digits(numberOf(letter, count, local), count);
  }
}

const numbers: Readonly<Record<string, (local: Date) => number>> = {
  C: (local) => Math.floor(local.getUTCFullYear() / 100),
  y: (local) => local.getUTCFullYear(),
  Y: (local) => local.getUTCFullYear(),
  x: (local) => isoWeek(local).year,
  w: (local) => isoWeek(local).week,
  e: isoDayOfWeek,
  D: (local) => Math.floor((local.getTime() - startOfYear(local.getUTCFullYear())) / dayMs) + 1,
  M: (local) => local.getUTCMonth() + 1,
  d: (local) => local.getUTCDate(),
  H: (local) => local.getUTCHours(),
  k: (local) => local.getUTCHours() || 24,
  K: (local) => local.getUTCHours() % 12,
  h: (local) => local.getUTCHours() % 12 || 12,
  m: (local) => local.getUTCMinutes(),
  s: (local) => local.getUTCSeconds(),
};

function numberOf(letter: string, count: number, local: Date): number {
  const value = numbers[letter]?.(local) ?? 0;
  return count === 2 && "yYx".includes(letter) ? value % 100 : value;
}

/** Date.UTC alone takes the year 50 for 1950. */
export function utcMidnight(year: number, month: number, day: number): Date {
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  return midnight;
}

export const dayMs = 86_400_000;

function startOfYear(year: number): number {
  return utcMidnight(year, 1, 1).getTime();
}

/** Monday is 1, Sunday 7. */
export function isoDayOfWeek(date: Date): number {
  return ((date.getUTCDay() + 6) % 7) + 1;
}

/** ISO 8601: the week of a day is that of its Thursday. */
function isoWeek(date: Date): { readonly year: number; readonly week: number } {
  const thursday = new Date(date.getTime() + (4 - isoDayOfWeek(date)) * dayMs);
  const year = thursday.getUTCFullYear();
  return { year, week: Math.floor((thursday.getTime() - startOfYear(year)) / dayMs / 7) + 1 };
}

function nameText(name: string | undefined, count: number): string {
  return (count > 3 ? name : name?.slice(0, 3)) ?? "";
}

function digits(value: number, count: number): string {
  return String(value).padStart(count, "0");
}
