/** The body of a request: JSON, or the fields of a form. */

import { HttpError } from "../../ground/http-error.ts";
import type { JsonValue } from "../../ground/json.ts";

/**
 * Undefined where there is no body. Of a form field that comes several times the last one counts.
 * @throws HttpError 400 for malformed JSON, 415 for another media type
 */
export function readBody(text: string, contentType: string | undefined): JsonValue | undefined {
  if (text.trim() === "") return undefined;
  const mediaType = (contentType ?? "application/json").split(";")[0]?.trim().toLowerCase() ?? "";
  if (mediaType === "application/x-www-form-urlencoded") {
    return Object.fromEntries(new URLSearchParams(text));
  }
  if (mediaType !== "application/json" && !mediaType.endsWith("+json")) {
    throw new HttpError(415, `the Content-Type must be application/json, not ${mediaType.slice(0, 100)}`);
  }
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    // The parser quotes the body, which may hold a secret.
    throw new HttpError(400, "the body is not valid JSON");
  }
}
