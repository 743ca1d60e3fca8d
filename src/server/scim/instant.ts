/** Instants as text, for lists of resources that were mostly made within the same second. */

let secondOfPrefix = Number.NaN;
let prefix = "";

/** `Date.prototype.toISOString`, with the part before the milliseconds remembered from the last call. */
export function instantText(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== secondOfPrefix) {
    prefix = new Date(second * 1000).toISOString().slice(0, -4);
    secondOfPrefix = second;
  }
  return `${prefix}${String(ms - second * 1000).padStart(3, "0")}Z`;
}
