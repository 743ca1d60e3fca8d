/** Which headers of a recorded request are sent again: never credentials, never what belongs to its connection. */

import { redacted } from "../../wire/redact-json.ts";

/**
 * What a SCIM client chooses itself (RFC 7644 §3.1, §3.14; RFC 9110), with Entra's `ADSCIMVersion` and what stands in for a
 * method. A recording shows each of them.
 */
export const headersSentAgain: ReadonlySet<string> = new Set([
  "accept",
  "accept-charset",
  "accept-language",
  "adscimversion",
  "cache-control",
  "content-language",
  "content-type",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-unmodified-since",
  "pragma",
  "prefer",
  "user-agent",
  "x-http-method",
  "x-http-method-override",
  "x-method-override",
]);

/** Content codings that our own client understands. */
const codings = /^\s*(?:(?:gzip|x-gzip|deflate|br|identity)\s*(?:;[^,]*)?(?:,\s*|$))+$/i;

/** Names keep their spelling and their order. */
export function requestHeaders(
  recorded: readonly (readonly [name: string, value: string])[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(recorded.filter(([name, value]) => isSentAgain(name.toLowerCase(), value)));
}

function isSentAgain(name: string, value: string): boolean {
  // A value that cannot stand in a header was not sent so, either.
  if (value.includes(redacted) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return false;
  return name === "accept-encoding" ? codings.test(value) : headersSentAgain.has(name);
}
