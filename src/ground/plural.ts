/** Counts with their noun. */

/** `1 member`, `2 members`, `1,204 members`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}
