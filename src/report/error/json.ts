/** Why a command could not do what it was asked for, as the documented JSON shape (docs/json.md). */

import type { JsonObject } from "../../ground/json.ts";
import type { ReportedError } from "./report.ts";

/** The version of this shape; it changes when a field changes its meaning or goes. */
const errorSchemaVersion = 1;

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
