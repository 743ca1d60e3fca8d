/**
 * Which headers may be seen, each by its exact name. The list is closed: a header that is not on it may hold a secret,
 * whatever it is called, and of an unknown one nobody can tell.
 */

import { redacted } from "./redact-json.ts";

/**
 * Lower case. Of RFC 9110 and the IANA registry of field names those that say how a message is to be read, never who sent it;
 * then those of Microsoft and Okta, ids of requests and limits of rate.
 */
const shownHeaders: ReadonlySet<string> = new Set([
  "accept",
  "accept-charset",
  "accept-encoding",
  "accept-language",
  "accept-patch",
  "accept-post",
  "accept-ranges",
  "age",
  "allow",
  "cache-control",
  "connection",
  "content-encoding",
  "content-language",
  "content-length",
  "content-location",
  "content-range",
  "content-type",
  "date",
  "deprecation",
  "etag",
  "expect",
  "expires",
  "host",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "keep-alive",
  "last-modified",
  "location",
  "max-forwards",
  "pragma",
  "prefer",
  "preference-applied",
  "proxy-authenticate",
  "range",
  "retry-after",
  "server",
  "strict-transport-security",
  "sunset",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "vary",
  "via",
  "www-authenticate",
  "x-content-type-options",
  "x-frame-options",
  "x-powered-by",

  "adscimversion",
  "cf-ray",
  "client-request-id",
  "ratelimit",
  "ratelimit-limit",
  "ratelimit-policy",
  "ratelimit-remaining",
  "ratelimit-reset",
  "request-id",
  "x-amzn-requestid",
  "x-correlation-id",
  "x-http-method",
  "x-http-method-override",
  "x-method-override",
  "x-okta-request-id",
  "x-rate-limit-limit",
  "x-rate-limit-remaining",
  "x-rate-limit-reset",
  "x-ratelimit-limit",
  "x-ratelimit-remaining",
  "x-ratelimit-reset",
  "x-request-id",
]);

/** True of a header whose value may be seen, in any case. */
export function isShownHeader(name: string): boolean {
  return shownHeaders.has(name.toLowerCase());
}

/** True of a header whose value is a URL, whose query may hold a secret. */
export function isUrlHeader(name: string): boolean {
  return ["location", "content-location"].includes(name.toLowerCase());
}

/**
 * The value without credentials that stand where none belong: the name of a scheme and a token behind it (RFC 9110 §11.4:
 * `Bearer`, `Basic`, Okta's `SSWS`), or a JWT (RFC 7519 §3). A challenge has parameters instead, which stay.
 */
export function withoutCredentials(value: string): string {
  return value.replaceAll(credentials, redacted);
}

/** The text without JWTs (RFC 7519 §3), whosever they are: a client may have been given the wrong one. */
export function withoutJwts(text: string): string {
  return text.includes("eyJ") ? text.replaceAll(jwt, redacted) : text;
}

/** A JSON object in Base64 begins with `eyJ`: `{"`. */
const jwt = /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g;

const credentials =
  /\b(?:bearer|basic|digest|dpop|negotiate|ntlm|ssws|token|apikey)\s+[\w.~+/-]{12,}={0,2}(?=[\s,;)\]]|$)|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/gi;
