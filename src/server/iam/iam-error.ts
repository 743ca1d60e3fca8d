/** What Astro's own API refuses, and how it says it (Astro API reference: Error). */

import { HttpError } from "../../ground/http-error.ts";
import type { JsonObject } from "../../ground/json.ts";
import type { Api } from "../api/api.ts";

/** One part of a request that is wrong. */
export interface FieldError {
  /** Of the body or the query: `organizationRole`, `workspaceRoles[0].role`. */
  readonly field: string;
  /** What it breaks: `required`, `type`, `oneof`, `min`, `max`, `format`, `unique`, `unknown`. Inferred: codes are not published. */
  readonly code: string;
  readonly message: string;
}

/** A refusal that names what of the request is wrong. */
export class IamError extends HttpError {
  override readonly name = "IamError";
  readonly fieldErrors: readonly FieldError[];

  constructor(status: number, detail: string, fieldErrors: readonly FieldError[] = []) {
    super(status, detail);
    this.fieldErrors = fieldErrors;
  }
}

/** 400 for parts of the request that are wrong; the first one is the message. */
export function invalidRequest(fieldErrors: readonly [FieldError, ...FieldError[]]): IamError {
  const [{ field, message }] = fieldErrors;
  const rest = fieldErrors.length === 1 ? "" : ` (and ${fieldErrors.length - 1} more)`;
  return new IamError(400, `${field}: ${message}${rest}`, fieldErrors);
}

export const jsonMediaType = "application/json";

export const errorBody: Api["errorBody"] = (error, requestId) => {
  const fieldErrors =
    error instanceof IamError ? error.fieldErrors.map((one): JsonObject => ({ ...one })) : [];
  return {
    mediaType: jsonMediaType,
    body: {
      message: error.message,
      requestId,
      statusCode: error.status,
      ...(fieldErrors.length === 0 ? {} : { fieldErrors }),
    },
  };
};
