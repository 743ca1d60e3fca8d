/** Errors in the shape of Astro's IAM API, for those who take it for the SCIM endpoint's, too. */

import { isJsonObject } from "../json.ts";

/**
 * The text of an error as `message`, `requestId` and `statusCode` (Astro API reference); undefined where the text is
 * no SCIM error.
 */
export function astroErrorText(
  scimErrorText: string,
  statusCode: number,
  requestId: string,
): string | undefined {
  const body = parsed(scimErrorText);
  const detail = isJsonObject(body) ? body["detail"] : undefined;
  return typeof detail === "string" ? JSON.stringify({ message: detail, requestId, statusCode }) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
