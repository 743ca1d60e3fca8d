/** Errors as SCIM writes them (RFC 7644 §3.12), and as Astro's IAM API does, for those who take that for the same. */

import { iamHeader, iamVersion } from "../../astro/address.ts";
import type { Behaviour } from "../../astro/behaviour/table.ts";
import { scimErrorBody } from "../../scim/error.ts";
import type { Api } from "../api/api.ts";
import { withCharset } from "./answer-media-type.ts";
import { scimMediaType } from "./request-form.ts";

/** Also who is refused can then ask the IAM API instead. */
const hasIam = { [iamHeader]: iamVersion };

type ErrorRules = Pick<Behaviour, "errorBody" | "answerCharset">;

export function errorBodyOf(rules: ErrorRules): Api["errorBody"] {
  return rules.errorBody === "astro" ? astroErrorBody(rules) : rfcErrorBody(rules);
}

function rfcErrorBody(rules: ErrorRules): Api["errorBody"] {
  const mediaType = withCharset(scimMediaType, rules);
  return (error) => ({ mediaType, headers: hasIam, body: scimErrorBody(error) });
}

/** `message`, `requestId` and `statusCode` (Astro API reference). */
function astroErrorBody(rules: ErrorRules): Api["errorBody"] {
  const mediaType = withCharset("application/json", rules);
  return (error, requestId) => ({
    mediaType,
    headers: hasIam,
    body: { message: error.message, requestId, statusCode: error.status },
  });
}
