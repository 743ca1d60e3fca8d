/** The answer that says what was wrong (RFC 7644 §3.12), and what was wrong where Fastify found it. */

import { ScimError, scimErrorBody } from "../scim/error.ts";
import type { ServerResponse } from "./message.ts";

/** Gives an answer that is an error another shape than SCIM's; other answers stay as they are. */
export type ErrorShape = (answer: ServerResponse, requestId: string) => ServerResponse;

export function errorResponse(error: ScimError): ServerResponse {
  const headers = error.status === 401 ? { "www-authenticate": 'Bearer realm="Astro"' } : {};
  return { status: error.status, headers, body: scimErrorBody(error) };
}

/** Undefined for what is no fault of the request. */
export function asScimError(
  error: unknown,
  { maxBodyBytes }: { readonly maxBodyBytes: number },
): ScimError | undefined {
  if (error instanceof ScimError) return error;
  const status = statusOf(error);
  if (status === 413)
    return new ScimError(413, `the body is larger than maxPayloadSize (${maxBodyBytes} bytes)`);
  // Fastify's own message repeats all of the path.
  if (status === 414) return new ScimError(414, "a part of the path is longer than an id may be");
  if (status === undefined || status >= 500 || !(error instanceof Error)) return undefined;
  return new ScimError(status, error.message);
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("statusCode" in error)) return undefined;
  return typeof error.statusCode === "number" ? error.statusCode : undefined;
}
