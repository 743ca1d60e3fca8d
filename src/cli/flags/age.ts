/** How old something is, as an option gives it. */

import { InvalidArgumentError } from "commander";

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30m`, `12h`, `7d`, in milliseconds. @throws InvalidArgumentError for anything else */
export function age(text: string): number {
  const [, digits, unit = ""] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const ms = unitMs[unit];
  if (digits === undefined || ms === undefined) {
    throw new InvalidArgumentError("It must be a length of time such as 30m, 12h or 7d.");
  }
  return Number(digits) * ms;
}

const intervalUnitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** `30s`, `5m`, `1h`, in milliseconds; 10 seconds at least. @throws InvalidArgumentError for anything else */
export function interval(text: string): number {
  const [, digits, unit = ""] = /^(\d{1,4})([smh])$/.exec(text) ?? [];
  const ms = Number(digits) * (intervalUnitMs[unit] ?? Number.NaN);
  if (!(ms >= 10_000)) {
    throw new InvalidArgumentError("It must be a length of time such as 30s, 5m or 1h, and 10s at least.");
  }
  return ms;
}
