/** Why a command could not do what it was asked for, as the documented JSON shape (docs/json.md). */

import type { AppErrorCode, FilePlace } from "../../ground/errors.ts";
import type { JsonObject } from "../../ground/json.ts";

/** The version of this shape; it changes when a field changes its meaning or goes. */
const errorSchemaVersion = 1;

export interface ReportedError {
  /** `internal`: a fault of astro-scim itself. */
  readonly code: AppErrorCode | "internal";
  readonly message: string;
  readonly hint: string | undefined;
  readonly place: FilePlace | undefined;
  readonly exitStatus: number;
  /** Whether something stands on standard output already. */
  readonly afterOutput: boolean;
}

export function errorJson({ code, message, hint, place, exitStatus }: ReportedError): JsonObject {
  return {
    schemaVersion: errorSchemaVersion,
    error: {
      code,
      message,
      hint: hint ?? null,
      place: place === undefined ? null : { file: place.file, line: place.line, column: place.column },
      exitStatus,
    },
  };
}
