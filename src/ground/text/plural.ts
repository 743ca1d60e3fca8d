/** Counts with their noun. */

import { formatCount } from "./quantities.ts";

/** `1 member`, `2 members`, `1,204 members`. */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
