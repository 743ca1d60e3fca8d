/** Okta's errors: codes, sentences and statuses (Okta: Error codes). */

import type { JsonObject } from "../../ground/json.ts";
import type { EmulatedAnswer } from "../http/emulated-api.ts";

const errors = {
  E0000001: [400, "Api validation failed"],
  E0000003: [400, "The request body was not well-formed."],
  E0000006: [403, "You do not have permission to perform the requested action"],
  E0000007: [404, "Not found: Resource not found"],
  E0000009: [500, "Internal Server Error"],
  E0000011: [401, "Invalid token provided"],
  E0000016: [403, "Activation failed because the user is already active"],
  E0000021: [415, "Unsupported media type."],
  E0000022: [405, "The endpoint does not support the provided HTTP method"],
  E0000028: [400, "The request is missing a required parameter."],
  E0000031: [400, "Invalid search criteria."],
  E0000038: [403, "This operation is not allowed in the user's current status."],
  E0000047: [429, "API call exceeded rate limit due to too many requests."],
  E0000060: [501, "Unsupported operation."],
  E0000075: [403, "Cannot modify the attribute because it has a field mapping and profile push is enabled."],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

export type OktaErrorCode = keyof typeof errors;

/** A request that Okta refuses. */
export class OktaError extends Error {
  override readonly name = "OktaError";
  readonly code: OktaErrorCode;
  readonly causes: readonly string[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: OktaErrorCode,
    {
      summary,
      causes = [],
      headers = {},
    }: Partial<Pick<OktaError, "causes" | "headers">> & { summary?: string } = {},
  ) {
    super(summary ?? errors[code][1]);
    this.code = code;
    this.causes = causes;
    this.headers = headers;
  }
}

/** `Not found: Resource not found: 00u… (User)`. */
export function notFound(id: string, type: string): OktaError {
  return new OktaError("E0000007", { summary: `Not found: Resource not found: ${id} (${type})` });
}

/** `Api validation failed: login`, with what is wrong. */
export function invalid(what: string, ...causes: readonly string[]): OktaError {
  return new OktaError("E0000001", { summary: `Api validation failed: ${what}`, causes });
}

/** The answer to a refused request. */
export function errorAnswer({ code, message, causes, headers }: OktaError, errorId: string): EmulatedAnswer {
  return { status: errors[code][0], headers, body: errorBody(code, message, { causes, errorId }) };
}

function errorBody(
  errorCode: string,
  errorSummary: string,
  { causes, errorId }: { readonly causes: readonly string[]; readonly errorId: string },
): JsonObject {
  return {
    errorCode,
    errorSummary,
    errorLink: errorCode,
    errorId,
    errorCauses: causes.map((cause) => ({ errorSummary: cause })),
  };
}

const codeOfStatus: Readonly<Record<number, OktaErrorCode>> = {
  400: "E0000003",
  401: "E0000011",
  403: "E0000006",
  404: "E0000007",
  405: "E0000022",
  415: "E0000021",
  429: "E0000047",
};

/** An error that is known by its status alone; any other than Okta documents is an internal one. */
export function errorOfStatus(status: number, message: string, errorId: string): EmulatedAnswer {
  const code = codeOfStatus[status] ?? "E0000009";
  const summary = status === 404 ? `Not found: Resource not found: ${message}` : errors[code][1];
  return { status, body: errorBody(code, summary, { causes: [message], errorId }) };
}
