/** Errors of the protocol: an HTTP status, a `scimType` where the RFC has one, and a detail for people. */

import { HttpError } from "../ground/http-error.ts";
import type { JsonObject } from "../ground/json.ts";
import { errorUrn } from "./urn.ts";

/** RFC 7644 §3.12, table 9; the last three are RFC 9865 §2.1's. */
export type ScimType =
  | "invalidFilter"
  | "tooMany"
  | "uniqueness"
  | "mutability"
  | "invalidSyntax"
  | "invalidPath"
  | "noTarget"
  | "invalidValue"
  | "invalidVers"
  | "sensitive"
  | "invalidCursor"
  | "expiredCursor"
  | "invalidCount";

/** The status with which each `scimType` travels (RFC 7644 §3.12, table 9; RFC 9865 §2.1). */
export const statusOfScimType: Readonly<Record<ScimType, number>> = {
  invalidFilter: 400,
  tooMany: 400,
  uniqueness: 409,
  mutability: 400,
  invalidSyntax: 400,
  invalidPath: 400,
  noTarget: 400,
  invalidValue: 400,
  invalidVers: 400,
  sensitive: 400,
  invalidCursor: 400,
  expiredCursor: 400,
  invalidCount: 400,
};

/** Thrown by the protocol core; turned into the body of RFC 7644 §3.12 in one place, the server's adapter. */
export class ScimError extends HttpError {
  override readonly name = "ScimError";
  readonly scimType: ScimType | undefined;

  /** Either one of the RFC's error types, whose status is given, or a bare HTTP status. */
  constructor(kind: ScimType | number, detail: string) {
    super(typeof kind === "number" ? kind : statusOfScimType[kind], detail);
    this.scimType = typeof kind === "number" ? undefined : kind;
  }
}

/** The error message body of RFC 7644 §3.12; `status` is a string there. */
export function scimErrorBody(error: HttpError): JsonObject {
  const scimType = error instanceof ScimError ? error.scimType : undefined;
  return {
    schemas: [errorUrn],
    status: String(error.status),
    ...(scimType === undefined ? {} : { scimType }),
    detail: error.message,
  };
}
