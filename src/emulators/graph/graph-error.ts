/** Errors as Microsoft Graph writes them. */

import type { JsonObject } from "../../ground/json.ts";

/** A request that is refused. */
export class GraphError extends Error {
  override readonly name: string = "GraphError";
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export interface RequestIds {
  readonly date: Date;
  readonly requestId: string;
  /** As the client sent it, or the request id. */
  readonly clientRequestId: string;
}

export function errorBody(
  { code, message }: Pick<GraphError, "code" | "message">,
  { date, requestId, clientRequestId }: RequestIds,
): JsonObject {
  return {
    error: {
      code,
      message,
      innerError: {
        date: date.toISOString().slice(0, 19),
        "request-id": requestId,
        "client-request-id": clientRequestId,
      },
    },
  };
}

/** Codes of errors that have no code of their own, by status. */
export function codeOf(status: number): string {
  return codes[status] ?? (status >= 500 ? "InternalServerError" : "BadRequest");
}

const codes: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "InvalidAuthenticationToken",
  403: "Authorization_RequestDenied",
  404: "Request_ResourceNotFound",
  405: "Request_BadRequest",
  409: "Conflict",
  413: "RequestEntityTooLarge",
  415: "UnsupportedMediaType",
  429: "TooManyRequests",
  501: "NotImplemented",
  503: "serviceNotAvailable",
};

export function notFound(id: string): GraphError {
  return new GraphError(
    404,
    "Request_ResourceNotFound",
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

export function badRequest(message: string): GraphError {
  return new GraphError(400, "Request_BadRequest", message);
}

export function unsupportedQuery(message: string): GraphError {
  return new GraphError(400, "Request_UnsupportedQuery", message);
}
