/** How old something is, as an option: `90d`, `36h`. */

import { InvalidArgumentError } from "commander";

const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };

/** Milliseconds. */
export function age(text: string): number {
  const [, number, unit = ""] = /^(\d{1,5})([hd])$/.exec(text) ?? [];
  const ms = unitMs[unit];
  if (ms === undefined) throw new InvalidArgumentError("It must be days or hours, such as 90d or 36h.");
  return Number(number) * ms;
}
