/** The intervals of DateAdd and DateDiff. */

import {
  addMonths,
  calendarOf,
  dateTime,
  ticksPerDay,
  ticksPerSecond,
  type DateTime,
} from "../dotnet/date-time.ts";

export const intervals = ["yyyy", "m", "d", "ww", "h", "n", "s"] as const;
export type Interval = (typeof intervals)[number];

export function findInterval(name: string): Interval | undefined {
  return intervals.find((one) => one === name);
}

const ticksOf: Readonly<Record<Exclude<Interval, "yyyy" | "m">, bigint>> = {
  d: ticksPerDay,
  ww: 7n * ticksPerDay,
  h: 3600n * ticksPerSecond,
  n: 60n * ticksPerSecond,
  s: ticksPerSecond,
};

/** @throws DotnetError where the date would leave the years 1 to 9999 */
export function addInterval(date: DateTime, interval: Interval, count: number): DateTime {
  if (interval === "m") return addMonths(date, count);
  if (interval === "yyyy") return addMonths(date, 12 * count);
  return dateTime(date.ticks + BigInt(count) * ticksOf[interval]);
}

/**
 * The intervals from one date to another, negative where the second is the earlier. Inferred: as Visual Basic's DateDiff
 * in .NET, which every documented sample agrees with: days and less are whole ones, weeks are counted by their
 * Sundays, months and years by the calendar.
 */
export function countIntervals(interval: Interval, from: DateTime, to: DateTime): number {
  const [first, second] = [calendarOf(from), calendarOf(to)];
  const years = second.year - first.year;
  if (interval === "yyyy") return years;
  if (interval === "m") return years * 12 + second.month - first.month;
  const span = to.ticks - from.ticks;
  if (interval !== "ww") return Number(span / ticksOf[interval]);
  const betweenSundays = span - BigInt(second.weekday - first.weekday) * ticksPerDay;
  return Number(betweenSundays / ticksPerDay / 7n);
}
