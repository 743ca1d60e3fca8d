/** The one place that takes secrets out of an exchange, before it is printed, stored, traced or recorded. */

import type { Exchange, WireAnswer, WireRequest } from "./exchange.ts";
import { redacted, redactJson, redactJsonObject, secretStrings } from "./redact-json.ts";

/** Headers whose values may be seen. Every other value is dropped: `Authorization`, cookies, and what nobody foresaw. */
const shownHeaders: ReadonlySet<string> = new Set([
  "accept",
  "accept-encoding",
  "accept-language",
  "allow",
  "cache-control",
  "cf-ray",
  "client-request-id",
  "connection",
  "content-encoding",
  "content-language",
  "content-length",
  "content-type",
  "date",
  "etag",
  "host",
  "if-match",
  "if-none-match",
  "keep-alive",
  "last-modified",
  "location",
  "request-id",
  "retry-after",
  "server",
  "transfer-encoding",
  "user-agent",
  "vary",
  "via",
  "www-authenticate",
  "x-amzn-requestid",
  "x-okta-request-id",
  "x-rate-limit-limit",
  "x-rate-limit-remaining",
  "x-rate-limit-reset",
  "x-request-id",
]);

/** Query keys whose values may be seen, in lower case (RFC 7644 §3.4.2, RFC 9865 §2, Astro API reference). */
const shownQueryKeys: ReadonlySet<string> = new Set([
  "aadoptscim062020",
  "attributes",
  "count",
  "cursor",
  "excludedattributes",
  "filter",
  "limit",
  "offset",
  "search",
  "sortby",
  "sortorder",
  "sorts",
  "startindex",
]);

/** A shorter secret is not looked for in text: it would tear holes into words that merely contain it. */
const shortestFindableSecret = 6;

/**
 * The exchange as it may be shown. `secrets` are values known to the caller, the token first of all: they are
 * taken out wherever a server echoes them, and so are the passwords of this very request.
 */
export function redactExchange<Method extends string>(
  exchange: Exchange<Method>,
  secrets: readonly string[] = [],
): Exchange<Method> {
  const hide = hider([...secrets, ...secretStrings(exchange.request.body)]);
  return {
    ...exchange,
    request: redactRequest(exchange.request, hide),
    answer: redactAnswer(exchange.answer, hide),
  };
}

/** The text without the given secrets, as they are or percent-encoded. */
export function redactText(text: string, secrets: readonly string[]): string {
  return hider(secrets)(text);
}

/** A path and its query without the given secrets, and without the values of query keys that nobody foresaw. */
export function redactUrl(url: string, secrets: readonly string[]): string {
  return redactPath(url, hider(secrets));
}

function redactRequest<Method extends string>(
  request: WireRequest<Method>,
  hide: (text: string) => string,
): WireRequest<Method> {
  const { body, ...rest } = request;
  const shown = {
    ...rest,
    path: redactPath(request.path, hide),
    headers: redactHeaders(request.headers, hide),
  };
  if (body === undefined) return shown;
  return { ...shown, body: redactJsonObject(body, hide) };
}

function redactAnswer(answer: WireAnswer, hide: (text: string) => string): WireAnswer {
  if (answer.kind === "no-response") return { ...answer, message: hide(answer.message) };
  const headers = redactHeaders(answer.headers, hide);
  if (answer.json === undefined) return { ...answer, headers, text: hide(answer.text) };
  const json = redactJson(answer.json, hide);
  const text = json === answer.json ? hide(answer.text) : JSON.stringify(json);
  return { ...answer, headers, text, json };
}

function redactHeaders(
  headers: Readonly<Record<string, string>>,
  hide: (text: string) => string,
): Record<string, string> {
  const shown = Object.entries(headers).map(([name, value]) => {
    const key = name.toLowerCase();
    if (!shownHeaders.has(key)) return [name, redacted];
    return [name, key === "location" ? redactPath(value, hide) : hide(value)];
  });
  return Object.fromEntries(shown);
}

/** Keeps the values of well-known query keys only; a filter that asks for a secret is dropped as a whole. */
function redactPath(url: string, hide: (text: string) => string): string {
  const mark = url.indexOf("?");
  const path = hide(mark === -1 ? url : url.slice(0, mark));
  const segments = path.split("/").map((segment) => hideEncoded(segment, hide));
  if (mark === -1) return segments.join("/");
  const parts = url.slice(mark + 1).split("&");
  const shown = parts.map((part) => hideEncoded(hide(redactQueryPart(part)), hide));
  return `${segments.join("/")}?${shown.join("&")}`;
}

/** A part of a URL; left out as a whole where a secret is in it that is encoded in a way of its own: `%74oken`. */
function hideEncoded(part: string, hide: (text: string) => string): string {
  if (!part.includes("%")) return part;
  const decoded = part.replaceAll(/%[0-9a-f]{2}/gi, (byte) =>
    String.fromCharCode(Number.parseInt(byte.slice(1), 16)),
  );
  return hide(decoded) === decoded ? part : redacted;
}

function redactQueryPart(part: string): string {
  const equals = part.indexOf("=");
  if (equals === -1) return shownQueryKeys.has(part.toLowerCase()) ? part : redacted;
  const key = part.slice(0, equals);
  const isShown = shownQueryKeys.has(key.toLowerCase()) && !/password|secret|token/i.test(part.slice(equals));
  return isShown ? part : `${key}=${redacted}`;
}

function hider(secrets: readonly string[]): (text: string) => string {
  const spellings = new Set(secrets.flatMap(spellingsOf));
  // The longest first, so that a secret which begins with another leaves no rest behind.
  const longestFirst = [...spellings].toSorted((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, spelling) => rest.replaceAll(spelling, redacted), text);
}

/** As it is, percent-encoded, and inside a JSON string. */
function spellingsOf(secret: string): readonly string[] {
  if (secret.length < shortestFindableSecret) return [];
  // A lone surrogate can't be percent-encoded.
  const wellFormed = secret.replaceAll(/[\uD800-\uDFFF]/gu, "\uFFFD");
  return [secret, encodeURIComponent(wellFormed), JSON.stringify(secret).slice(1, -1)];
}
