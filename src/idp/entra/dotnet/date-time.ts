/** Instants as .NET's DateTime has them: the years 1 to 9999 in steps of 100 ns. */

import { DotnetError } from "./dotnet-error.ts";

/**
 * What DateTime.Kind says. The provisioning service is taken to run in UTC (Inferred), so that `local` differs from
 * `utc` only in how the format specifier K is written.
 */
export type DateTimeKind = "utc" | "local" | "unspecified";

export interface DateTime {
  /** 100 ns since the beginning of the year 1. */
  readonly ticks: bigint;
  readonly kind: DateTimeKind;
}

/** The fields of an instant in UTC; `month` from 1, `fraction` in 100 ns, `weekday` 0 for Sunday. */
export interface Calendar {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly fraction: number;
  readonly weekday: number;
}

export const ticksPerSecond = 10_000_000n;
export const ticksPerDay = 86_400n * ticksPerSecond;

const ticksPerMillisecond = 10_000n;
const unixEpochMs = 62_135_596_800_000;
const lastTick = 3_155_378_975_999_999_999n;

/** @throws DotnetError outside the years 1 to 9999 (ArgumentOutOfRangeException) */
export function dateTime(ticks: bigint, kind: DateTimeKind = "utc"): DateTime {
  if (ticks < 0n || ticks > lastTick) throw new DotnetError("The date is not in the years 1 to 9999.");
  return { ticks, kind };
}

export function fromDate(date: Date): DateTime {
  return dateTime(BigInt(date.getTime() + unixEpochMs) * ticksPerMillisecond);
}

export function calendarOf({ ticks }: DateTime): Calendar {
  const date = new Date(Number(ticks / ticksPerMillisecond) - unixEpochMs);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    fraction: Number(ticks % ticksPerSecond),
    weekday: date.getUTCDay(),
  };
}

export function daysInMonth(year: number, month: number): number {
  return utcDate(year, month + 1, 0).getUTCDate();
}

/**
 * The ticks of a date and time of day.
 * @throws DotnetError for what the calendar does not have, such as 30 February
 */
export function ticksOf(fields: Omit<Calendar, "weekday">): bigint {
  const { year, month, day, hour, minute, second, fraction } = fields;
  const exists =
    year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  if (!exists || hour > 23 || minute > 59 || second > 59) {
    throw new DotnetError("There is no such date or time of day.");
  }
  const days = BigInt((utcDate(year, month, day).getTime() + unixEpochMs) / 86_400_000);
  const seconds = BigInt(hour * 3600 + minute * 60 + second);
  return days * ticksPerDay + seconds * ticksPerSecond + BigInt(fraction);
}

/** DateTime.AddMonths: the day is at most the last of the month arrived at. */
export function addMonths(date: DateTime, months: number): DateTime {
  const fields = calendarOf(date);
  const month = fields.year * 12 + fields.month - 1 + months;
  const to = { year: Math.floor(month / 12), month: (((month % 12) + 12) % 12) + 1 };
  if (to.year < 1 || to.year > 9999) throw new DotnetError("The date is not in the years 1 to 9999.");
  const day = Math.min(fields.day, daysInMonth(to.year, to.month));
  return dateTime(ticksOf({ ...fields, ...to, day }), date.kind);
}

/** Date.UTC takes the years 0 to 99 for 1900 to 1999. */
function utcDate(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date;
}
