/** Errors as SCIM writes them (RFC 7644 §3.12), and as Astro's IAM API does, for those who take that for the same. */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import { scimErrorBody } from "../../scim/error.ts";
import type { Api } from "../api/api.ts";
import { scimMediaType } from "./request-form.ts";

export function errorBodyOf({ errorBody }: Pick<Behaviour, "errorBody">): Api["errorBody"] {
  return errorBody === "astro" ? astroErrorBody : rfcErrorBody;
}

const rfcErrorBody: Api["errorBody"] = (error) => ({
  mediaType: `${scimMediaType}; charset=utf-8`,
  body: scimErrorBody(error),
});

/** `message`, `requestId` and `statusCode` (Astro API reference). */
const astroErrorBody: Api["errorBody"] = (error, requestId) => ({
  mediaType: "application/json; charset=utf-8",
  body: { message: error.message, requestId, statusCode: error.status },
});
