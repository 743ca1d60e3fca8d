/** Runs of repairs as the documented JSON shapes (docs/json.md). */

import type { JsonObject } from "../../ground/json.ts";
import { wayOf } from "../repair/json.ts";
import type { PrunedReport, RunReport, RunsReport } from "./report.ts";

/** The version of these shapes; it changes when a field changes its meaning or goes. */
const schemaVersion = 1;

export function runsJson({ folder, runs, unreadable }: RunsReport): JsonObject {
  return {
    schemaVersion,
    folder,
    runs: runs.map((run) => ({ ...run })),
    unreadable: unreadable.map((one) => ({ ...one })),
  };
}

export function runJson({ run, file, operations }: RunReport): JsonObject {
  return {
    schemaVersion,
    run: { ...run },
    file,
    operations: operations.map(({ operation, status, reason, scimId }) => {
      const { id, kind, subject, summary } = operation;
      return {
        id,
        kind,
        subject: { kind: subject.kind, name: subject.name, scimId: scimId ?? subject.scimId },
        summary,
        way: wayOf(operation),
        status,
        reason: reason ?? null,
      };
    }),
  };
}

export function prunedJson({ folder, removed, redacted, kept }: PrunedReport): JsonObject {
  return { schemaVersion, folder, removed, redacted, kept };
}
