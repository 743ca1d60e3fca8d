/** The one place that takes secrets out of an exchange, before it is printed, stored, traced or recorded. */

import type { Exchange, WireAnswer, WireRequest } from "./exchange.ts";
import { hideSecrets } from "./hide-secrets.ts";
import { redacted, redactJson, redactJsonObject, secretStrings } from "./redact-json.ts";
import { secretFinder, type SecretFinder } from "./secret-finder.ts";
import { comparesSecret, isSecretName } from "./secret-names.ts";
import { isShownHeader, isUrlHeader, withoutCredentials, withoutJwts } from "./shown-headers.ts";

/**
 * Query keys whose values may be seen, in lower case (RFC 7644 §3.4.2, RFC 9865 §2; Astro API reference; Okta Management API;
 * OData 4.01, URL conventions §5). A cursor that a server makes is not among them.
 */
const shownQueryKeys: ReadonlySet<string> = new Set([
  "$count",
  "$expand",
  "$filter",
  "$orderby",
  "$select",
  "$top",
  "aadoptscim062020",
  "astronomerproduct",
  "attributes",
  "count",
  "createifnotexist",
  "cursor",
  "dagid",
  "dagtags",
  "deploymentid",
  "enddate",
  "excludedattributes",
  "expand",
  "filter",
  "includedefaultroles",
  "includeonlyorganizationtokens",
  "islookuponly",
  "kind",
  "limit",
  "names",
  "offset",
  "product",
  "productplan",
  "q",
  "scopetypes",
  "search",
  "since",
  "sortby",
  "sortorder",
  "sorts",
  "startdate",
  "startindex",
  "targetid",
  "until",
  "workspaceid",
]);

/**
 * The exchange as it may be shown. `secrets` are values known to the caller, the token first of all: they are
 * taken out wherever a server echoes them, and so are the passwords of this very request.
 */
export function redactExchange<Method extends string>(
  exchange: Exchange<Method>,
  secrets: readonly string[] = [],
): Exchange<Method> {
  const passwords = secretStrings(exchange.request.body);
  const hide = hider(passwords.length === 0 ? secrets : [...secrets, ...passwords]);
  return {
    ...exchange,
    request: redactRequest(exchange.request, hide),
    answer: redactAnswer(exchange.answer, hide),
  };
}

/** The text without the given secrets, in any spelling (secret-finder.ts). */
export function redactText(text: string, secrets: readonly string[]): string {
  return hider(secrets)(text);
}

/** A path and its query without the given secrets, and without the values of unknown query keys. */
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
  if (answer.json === undefined) return { ...answer, headers, text: hide(withoutSecretValues(answer.text)) };
  const json = redactJson(answer.json, hide);
  const text = json === answer.json ? hide(answer.text) : JSON.stringify(json);
  return { ...answer, headers, text, json };
}

/** A name and its value in JSON; the value may be cut off. Names of secrets are short, and bounded so that it stays fast. */
const namedString = /("((?:[^"\\]|\\.){1,60})"\s{0,20}:\s{0,20}")(?:[^"\\]|\\.)*/gs;

/** Of an answer that cannot be parsed as JSON, because it was cut off or is damaged, and yet is some. */
function withoutSecretValues(text: string): string {
  return text.replaceAll(namedString, (whole, before: string, name: string) =>
    isSecretName(name) ? before + redacted : whole,
  );
}

function redactHeaders(
  headers: Readonly<Record<string, string>>,
  hide: (text: string) => string,
): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => {
    if (!isShownHeader(name)) return [name, redacted];
    const shown = withoutCredentials(value);
    return [name, isUrlHeader(name) ? redactPath(shown, hide) : hide(shown)];
  });
  return Object.fromEntries(entries);
}

/** Keeps the values of well-known query keys only; a filter that asks for a secret is dropped as a whole. */
function redactPath(url: string, hide: (text: string) => string): string {
  const mark = url.indexOf("?");
  const path = hide(withoutUserInfo(mark === -1 ? url : url.slice(0, mark)));
  if (mark === -1) return path;
  const parts = url.slice(mark + 1).split("&");
  return `${path}?${parts.map((part) => hide(redactQueryPart(part))).join("&")}`;
}

/** RFC 3986 §3.2.1: a URL may carry a password before its host, and a client may send such a URL. */
function withoutUserInfo(url: string): string {
  return url.replace(/^([a-z][a-z\d+.-]*:)?\/\/[^/]*@/i, `$1//${redacted}@`);
}

function redactQueryPart(part: string): string {
  const equals = part.indexOf("=");
  if (equals === -1) return shownQueryKeys.has(part.toLowerCase()) ? part : redacted;
  const key = part.slice(0, equals);
  const name = key.toLowerCase();
  const isShown =
    shownQueryKeys.has(name) && !(name.endsWith("filter") && hidesSecret(part.slice(equals + 1)));
  return isShown ? part : `${key}=${redacted}`;
}

/** Of what cannot be decoded nobody can tell. */
function hidesSecret(value: string): boolean {
  try {
    return comparesSecret(decodeURIComponent(value.replaceAll("+", " ")));
  } catch {
    return true;
  }
}

/** Making one ready costs more than using it; a connection has the same list for all of its exchanges. */
const finders = new WeakMap<readonly string[], { readonly finder: SecretFinder | undefined }>();

function hider(secrets: readonly string[]): (text: string) => string {
  const known = finders.get(secrets) ?? { finder: secretFinder(secrets) };
  finders.set(secrets, known);
  return (text) => withoutJwts(hideSecrets(text, known.finder));
}
