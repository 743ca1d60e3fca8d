/** Numbers in a filter: numbers of JSON (RFC 8259 §6). */

/** The number that a text spells; undefined for any other text, and for what is beyond the largest number. */
export function parseJsonNumber(text: string): number | undefined {
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(text)) return undefined;
  const number = Number(text);
  if (!Number.isFinite(number)) return undefined;
  // A filter's zero has no sign: printed, `-0` would be `0`.
  return number === 0 ? 0 : number;
}
