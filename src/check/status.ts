/** What all results together come to. */

import { exitStatus, type ExitStatus } from "../ground/exit-status.ts";
import type { CheckResult, ResultKind } from "./check.ts";

/**
 * 3 where the server cannot be reached or is not SCIM, 4 where its token is refused, 1 for any other failure, else 0: what cannot be told and
 * what does not apply is no failure.
 */
export function statusOfChecks(results: readonly CheckResult[]): ExitStatus {
  const failed = new Set(
    results.filter(({ verdict }) => verdict.kind === "fail").map(({ failureClass }) => failureClass),
  );
  if (failed.has("server")) return exitStatus.couldNotTell;
  if (failed.has("token")) return exitStatus.credentialsRefused;
  return failed.has("other") ? exitStatus.failed : exitStatus.ok;
}

export function countOf(results: readonly CheckResult[], kind: ResultKind): number {
  return results.filter(({ verdict }) => verdict.kind === kind).length;
}
