/** Instants as text, for resources whose instants lie within a few seconds that return. */

/** Seconds that are remembered, one for each value of their last bits; a power of two. */
const slots = 64;
const secondsOfSlots = Array.from<number>({ length: slots }).fill(Number.NaN);
const prefixes = Array.from<string>({ length: slots }).fill("");

const milliseconds = Array.from({ length: 1_000 }, (_, at) => `${String(at).padStart(3, "0")}Z`);

/** `Date.prototype.toISOString`, with the part before the milliseconds remembered. */
export function instantText(ms: number): string {
  const second = Math.floor(ms / 1000);
  return prefixOf(second) + (milliseconds[ms - second * 1000] ?? "");
}

function prefixOf(second: number): string {
  const slot = second & (slots - 1);
  const known = prefixes[slot];
  if (known !== undefined && secondsOfSlots[slot] === second) return known;
  const prefix = new Date(second * 1000).toISOString().slice(0, -4);
  secondsOfSlots[slot] = second;
  prefixes[slot] = prefix;
  return prefix;
}
