/** The body of a request: text to JSON. */

import { ScimError } from "../scim/error.ts";

/**
 * The parsed body; undefined where there is none. A missing media type is taken for JSON (Entra's validator
 * and hand-written clients), so is `application/json` (RFC 7644 §3.1).
 * @throws ScimError 415 for another media type, 400 `invalidSyntax` for what is not JSON.
 */
export function parseBody(text: unknown, contentType: string | undefined): unknown {
  if (typeof text !== "string" || text.trim() === "") return undefined;
  if (contentType !== undefined && !isJsonMediaType(contentType)) {
    throw new ScimError(415, `send application/scim+json, not ${contentType.slice(0, 100)}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ScimError("invalidSyntax", `the body is not JSON: ${jsonProblem(error)}`);
  }
}

function isJsonMediaType(contentType: string): boolean {
  const mediaType = (contentType.split(";")[0] ?? "").trim().toLowerCase();
  return mediaType === "" || mediaType === "application/json" || mediaType === "application/scim+json";
}

/** V8's message without the piece of the body that it quotes: the body may hold a password. */
function jsonProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  const position = /at position \d+/.exec(message)?.[0];
  return position === undefined ? "it ends too early or is malformed" : `malformed ${position}`;
}
