/** Runs checks one after the other. What depends on a failed one is skipped, so that one cause is one failure. */

import { AppError } from "../ground/errors.ts";
import type { Check, CheckId, CheckResult } from "./check.ts";
import type { CheckContext } from "./context.ts";

export interface RunOptions {
  readonly monotonicMs: () => number;
  /** Before each check. */
  readonly onCheck?: (check: Check) => void;
  readonly onResult?: (result: CheckResult) => void;
}

/** @throws AppError interrupted */
export async function runChecks(
  checks: readonly Check[],
  context: CheckContext,
  { monotonicMs, onCheck, onResult }: RunOptions,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  const blocked = new Map<CheckId, CheckId>();
  for (const check of checks) {
    if (context.signal.aborted) throw new AppError("interrupted", "Interrupted; not every check was made.");
    const { id, group, title, failureClass } = check;
    onCheck?.(check);
    const begun = monotonicMs();
    const cause = check.needs.map((need) => blocked.get(need)).find((found) => found !== undefined);
    const verdict = cause === undefined ? await check.run(context) : skippedBy(cause, results);
    const result = { id, group, title, failureClass, verdict, durationMs: monotonicMs() - begun };
    if (verdict.kind === "fail") blocked.set(id, id);
    if (verdict.kind === "skipped") blocked.set(id, verdict.because);
    results.push(result);
    onResult?.(result);
  }
  return results;
}

/** The cause is the failed check itself, also where others in between were skipped for it. */
function skippedBy(because: CheckId, results: readonly CheckResult[]): CheckResult["verdict"] {
  const title = results.find(({ id }) => id === because)?.title ?? because;
  return { kind: "skipped", detail: `because "${title}" failed`, because };
}
