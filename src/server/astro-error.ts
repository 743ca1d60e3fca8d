/** Errors in the shape of Astro's IAM API, for those who take it for the SCIM endpoint's, too. */

import type { ErrorShape } from "./error-response.ts";

/** A SCIM error as `message`, `requestId` and `statusCode` (Astro API reference). */
export const inAstroShape: ErrorShape = (answer, requestId) => {
  const { status, body, text, headers } = answer;
  const detail = status >= 400 && text === undefined ? body?.["detail"] : undefined;
  if (typeof detail !== "string") return answer;
  return {
    ...answer,
    headers: { ...headers, "content-type": "application/json; charset=utf-8" },
    text: JSON.stringify({ message: detail, requestId, statusCode: status }),
  };
};
