/** A request as a command line of curl, for a POSIX shell. */

import type { JsonObject } from "../../ground/json.ts";
import { unprintable } from "../../ground/text/printable.ts";
import { shellWord } from "../../ground/text/shell-word.ts";
import type { WireRequest } from "../../wire/exchange.ts";

export interface CurlOptions {
  readonly url: string;
  /** PEM file of `--ca`. */
  readonly caFile?: string | undefined;
}

/** The variable that stands for the token. */
export const curlVariable = "ASTRO_API_TOKEN";

/** The token is `$ASTRO_API_TOKEN`; the shell puts it in. Lines end with a backslash where the command goes on. */
export function curlCommand(request: WireRequest, { url, caFile }: CurlOptions): string {
  const words = [
    ...(request.method === "GET" ? [] : [`--request ${request.method}`]),
    ...(caFile === undefined ? [] : [`--cacert ${shellWord(caFile)}`]),
    // curl takes brackets and braces of a URL for patterns.
    ...(/[[\]{}]/.test(url) ? ["--globoff"] : []),
    `--header "Authorization: Bearer $${curlVariable}"`,
    ...Object.entries(request.headers).map(([name, value]) => `--header ${shellWord(`${name}: ${value}`)}`),
    ...(request.body === undefined ? [] : [`--data-raw ${shellWord(jsonText(request.body))}`]),
    shellWord(url),
  ];
  return `curl ${words.join(" \\\n  ")}`;
}

const everyUnprintable = new RegExp(unprintable.source, "gu");

/** What a terminal must not be shown is in the spelling that is the same string in JSON. */
function jsonText(body: JsonObject): string {
  return JSON.stringify(body).replaceAll(
    everyUnprintable,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
