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
