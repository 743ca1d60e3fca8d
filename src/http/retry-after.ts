/** The `Retry-After` header (RFC 9110 §10.2.3). */

/**
 * How long to wait, in milliseconds, from whole seconds or an HTTP date; a date that has passed means 0.
 * Undefined where the header is missing or says neither.
 */
export function retryAfterMs(value: string | undefined, now: Date): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Only what begins like a date: `Date.parse` takes bare numbers and much else for one.
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}
