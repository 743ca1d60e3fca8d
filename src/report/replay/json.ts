/** A replay as the documented JSON shape (docs/json.md). */

import type { JsonObject } from "../../ground/json.ts";
import type { Recording } from "../../replay/recording.ts";
import type { ReplayResult } from "../../replay/replay.ts";
import type { ReplayStatus } from "../../replay/status.ts";

export interface ReplayContext {
  readonly status: ReplayStatus;
  /** Of the recording, as the user named it. */
  readonly file: string;
  readonly recording: Recording;
  /** SCIM base URL; null for the local Astro inside the process. */
  readonly target: string | null;
}

export function replayJson(result: ReplayResult, context: ReplayContext): JsonObject {
  const { file, recording } = context;
  return {
    schemaVersion: 1,
    status: context.status,
    recording: { file, format: recording.format, base: recording.base ?? null, entries: recording.entries },
    target: context.target,
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
