/** A request as a command of curl that can be pasted into a shell. */

import { printable } from "../../../ground/text/printable.ts";
import { shellWord } from "../../../ground/text/shell-word.ts";
import type { ReceivedExchange } from "../../../server/log/received.ts";
import { redacted } from "../../../wire/redact-json.ts";

/** Those that change what a server answers; curl makes the others itself. */
const sentHeaders: ReadonlySet<string> = new Set([
  "accept",
  "adscimversion",
  "content-type",
  "if-match",
  "if-none-match",
  "prefer",
  "user-agent",
  "x-http-method-override",
]);

/**
 * The lines of the command; comments first where it is not all of the request. The token is `$ASTRO_SCIM_TOKEN`, which the
 * shell fills in. Secrets have been taken out before.
 */
export function curlCommand(origin: string, { url, request }: ReceivedExchange): readonly string[] {
  const { method, headers, body } = request;
  const shownHeaders = Object.entries(headers).filter(
    ([name, value]) => sentHeaders.has(name.toLowerCase()) && value !== redacted,
  );
  const isHead = method === "HEAD";
  const words = [
    // Without --globoff, curl takes the brackets of a filter for a range.
    `curl --globoff ${isHead ? "--head" : `--request ${shellWord(method)}`} ${shellWord(printable(origin + url))}`,
    `--header "Authorization: Bearer $ASTRO_SCIM_TOKEN"`,
    ...shownHeaders.map(([name, value]) => `--header ${shellWord(printable(`${name}: ${value}`))}`),
    ...(body === undefined ? [] : [`--data-raw ${shellWord(printableJson(JSON.stringify(body, null, 2)))}`]),
  ];
  const lines = words.map(
    (word, at) => `${at === 0 ? "" : "  "}${word}${at < words.length - 1 ? " \\" : ""}`,
  );
  return [...comments(url, request), ...lines.flatMap((line) => line.split("\n"))];
}

/** What is not as it was in the request. */
function comments(url: string, { headers, body }: ReceivedExchange["request"]): readonly string[] {
  const hasSecrets = url.includes(redacted) || JSON.stringify(body ?? "").includes(redacted);
  const hasBody =
    headers["transfer-encoding"] !== undefined || !["0", undefined].includes(headers["content-length"]);
  return [
    ...(hasSecrets ? [`# Secrets are left out: ${redacted} stands in their place.`] : []),
    ...(body === undefined && hasBody
      ? ["# The body is left out: it is too long, or not a JSON object."]
      : []),
  ];
}

/** The same value; `printable` would write what JSON does not know. */
function printableJson(json: string): string {
  return json.replaceAll(
    /(?!\n)[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\p{Surrogate}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
