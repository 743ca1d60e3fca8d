/** Checks as JSON (docs/json.md). */

import type { CheckResult } from "../../check/check.ts";
import { countOf } from "../../check/status.ts";
import { adviceIn, resultKinds, type CheckReport } from "./report.ts";

export function checkJson(report: CheckReport): object {
  const { target, organizationId, provider, startedAt, durationMs, results, exitStatus } = report;
  return {
    schemaVersion: 1,
    target,
    organizationId,
    provider: provider?.idp ?? null,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(durationMs),
    exitStatus,
    counts: Object.fromEntries(resultKinds.map((kind) => [kind, countOf(results, kind)])),
    checks: results.map(resultJson),
  };
}

function resultJson(result: CheckResult): object {
  const { id, group, title, verdict, durationMs } = result;
  return {
    id,
    group,
    title,
    result: verdict.kind,
    detail: verdict.detail,
    advice: adviceIn(result) ?? null,
    because: verdict.kind === "skipped" ? verdict.because : null,
    measured: ("measured" in verdict ? verdict.measured : undefined) ?? null,
    durationMs: Math.round(durationMs),
  };
}
