/** A replay as the documented JSON shape (docs/json.md). */

import type { JsonObject } from "../../ground/json.ts";
import type { ReplayReport } from "./report.ts";

export function replayJson({ result, status, file, recording, target }: ReplayReport): JsonObject {
  return {
    schemaVersion: 1,
    status,
    recording: { file, format: recording.format, base: recording.base ?? null, entries: recording.entries },
    target,
    sent: result.sent,
    notBegun: result.notBegun,
    idsTranslated: result.idsTranslated,
    bodiesNotRecorded: result.bodiesNotRecorded,
    differences: result.differing.flatMap(({ number, method, path, differences }) =>
      differences.map(({ at, expected, got, reason }) => ({
        number,
        method,
        path,
        at,
        expected,
        got,
        reason: reason ?? null,
      })),
    ),
    notSent: result.notSent.map(({ number, method, path, reason }) => ({ number, method, path, reason })),
  };
}
