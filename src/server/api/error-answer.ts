/** The answer that says what was wrong, in the words of an API; and what was wrong where Fastify found it. */

import { HttpError } from "../../ground/http-error.ts";
import type { Api } from "./api.ts";
import type { ServerResponse } from "./message.ts";
import { TooManyRequests } from "./rate-limits.ts";

/** 405, with the methods that are allowed (RFC 9110 §15.5.6). */
export class NotAllowed extends HttpError {
  readonly allowed: string;

  constructor(method: string, allowed: readonly string[]) {
    const names = allowed.join(", ");
    super(405, `${method} is not allowed here; allowed: ${names}`);
    this.allowed = names;
  }
}

export function errorAnswer(
  error: HttpError,
  api: Pick<Api, "errorBody">,
  requestId: string,
): ServerResponse {
  const { mediaType, body, headers: own } = api.errorBody(error, requestId);
  const headers = {
    ...own,
    ...(error.status === 401 ? { "www-authenticate": 'Bearer realm="Astro"' } : {}),
    ...(error instanceof TooManyRequests && error.retryAfterSeconds !== undefined
      ? { "retry-after": String(error.retryAfterSeconds) }
      : {}),
    ...(error instanceof NotAllowed ? { allow: error.allowed } : {}),
    "content-type": mediaType,
  };
  return { status: error.status, headers, body, detail: error.message };
}

/** Undefined for what is not a fault of the request. */
export function asHttpError(
  error: unknown,
  { maxBodyBytes }: { readonly maxBodyBytes: number },
): HttpError | undefined {
  if (error instanceof HttpError) return error;
  const status = statusOf(error);
  if (status === 413)
    return new HttpError(413, `the body is larger than maxPayloadSize (${maxBodyBytes} bytes)`);
  // Fastify's own message repeats all of the path.
  if (status === 414) return new HttpError(414, "a part of the path is too long to be an id");
  if (status === undefined || status >= 500 || !(error instanceof Error)) return undefined;
  return new HttpError(status, error.message);
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("statusCode" in error)) return undefined;
  return typeof error.statusCode === "number" ? error.statusCode : undefined;
}
