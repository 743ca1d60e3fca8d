/** The body of a request: text to JSON. */

import { ScimError } from "../../scim/error.ts";
import { limitJsonText } from "../../scim/json-text.ts";
import type { RequestForm } from "./api.ts";

/**
 * The parsed body; undefined where there is none.
 * @throws ScimError 415 for another media type than the API takes, 400 `invalidSyntax` for what is not JSON; what
 *   `limitJsonText` throws.
 */
export function parseBody(
  text: unknown,
  contentType: string | undefined,
  { mediaType, acceptsBody }: Pick<RequestForm, "mediaType" | "acceptsBody">,
): unknown {
  if (typeof text !== "string" || text.trim() === "") return undefined;
  if (contentType !== mediaType && !acceptsBody(mediaTypeOf(contentType))) {
    const found = contentType === undefined ? "nothing" : contentType.slice(0, 100);
    throw new ScimError(415, `the Content-Type must be ${mediaType}, not ${found}`);
  }
  limitJsonText(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ScimError("invalidSyntax", `the body is not JSON: ${jsonProblem(error)}`);
  }
}

/** Empty where none is named. */
function mediaTypeOf(contentType = ""): string {
  return (contentType.split(";")[0] ?? "").trim().toLowerCase();
}

/** V8's message without the piece of the body that it quotes: the body may hold a password. */
function jsonProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  const position = /at position \d+/.exec(message)?.[0];
  return position === undefined ? "it is incomplete or malformed" : `malformed ${position}`;
}
