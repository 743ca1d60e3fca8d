/** The body of a request: text to JSON. */

import type { Behaviour } from "../astro/behaviour/table.ts";
import { ScimError } from "../scim/error.ts";
import { limitJsonText } from "../scim/json-text.ts";

export type BodyRules = Pick<Behaviour, "contentType">;

/**
 * The parsed body; undefined where there is none.
 * @throws ScimError 415 for another media type than the rules allow, 400 `invalidSyntax` for what is not JSON; what
 *   `limitJsonText` throws.
 */
export function parseBody(text: unknown, contentType: string | undefined, rules: BodyRules): unknown {
  if (typeof text !== "string" || text.trim() === "") return undefined;
  if (contentType !== scimJson && !isAllowed(mediaTypeOf(contentType), rules)) {
    const found = contentType === undefined ? "nothing" : contentType.slice(0, 100);
    throw new ScimError(415, `the Content-Type must be application/scim+json, not ${found}`);
  }
  limitJsonText(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ScimError("invalidSyntax", `the body is not JSON: ${jsonProblem(error)}`);
  }
}

const scimJson = "application/scim+json";

/** Empty where none is named. */
function mediaTypeOf(contentType = ""): string {
  return (contentType.split(";")[0] ?? "").trim().toLowerCase();
}

/** RFC 7644 §3.8 and §8.1. Deviation: none, where it may be missing, is JSON: requests written by hand leave it out. */
function isAllowed(mediaType: string, { contentType }: BodyRules): boolean {
  if (mediaType === scimJson) return true;
  switch (contentType) {
    case "any":
      return true;
    case "json":
      return mediaType === "application/json" || mediaType === "";
    case "named":
      return mediaType === "application/json";
    case "scim":
      return false;
  }
}

/** V8's message without the piece of the body that it quotes: the body may hold a password. */
function jsonProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  const position = /at position \d+/.exec(message)?.[0];
  return position === undefined ? "it ends too early or is malformed" : `malformed ${position}`;
}
