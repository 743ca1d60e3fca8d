/** How a repair ended, in one word, and the exit status that goes with it. */

import type { LeftOutCode } from "../drift/plan.ts";
import { leftUntouched, type Outcome } from "../repair/outcome.ts";
import type { Repair, RepairStatus } from "../report/repair-json.ts";
import { exitStatus, type ExitStatus } from "./exit-status.ts";

export interface EndedRepair extends Pick<Repair, "plan" | "refusals" | "outcomes"> {
  /** A dry run, or nobody was asked for. */
  readonly onlyShown: boolean;
  /** Ctrl-C was pressed. */
  readonly isAborted: boolean;
}

export function statusOfRepair({
  plan,
  refusals,
  outcomes,
  onlyShown,
  isAborted,
}: EndedRepair): RepairStatus {
  if (onlyShown) return "planned";
  if (refusals.length > 0) return "refused";
  if (isAborted && outcomes.some(({ status }) => status === "not-done")) return "interrupted";
  const worst = worstOf(outcomes);
  if (worst !== undefined) return worst;
  if (plan.leftOut.some(({ code }) => unmetWish.has(code))) return "failed";
  return plan.operations.length === 0 ? "nothing-to-do" : "done";
}

export const exitStatusOfRepair: Readonly<Record<RepairStatus, ExitStatus>> = {
  done: exitStatus.ok,
  "nothing-to-do": exitStatus.ok,
  planned: exitStatus.ok,
  unreachable: exitStatus.couldNotTell,
  refused: exitStatus.refused,
  stale: exitStatus.refused,
  failed: exitStatus.failed,
  interrupted: exitStatus.interrupted,
};

/** Undefined where all is done. A strict plan leaves the rest undone because of what is stale. */
function worstOf(outcomes: readonly Outcome[]): "unreachable" | "failed" | "stale" | undefined {
  const wasReached = !outcomes.some(({ errorCode }) => errorCode === "unreachable");
  if (!wasReached && outcomes.every(leftUntouched)) return "unreachable";
  const ended = new Set(outcomes.map(({ status }) => status));
  if (failures.some((status) => ended.has(status))) return "failed";
  if (ended.has("stale")) return "stale";
  return ended.has("not-done") ? "failed" : undefined;
}

const failures = ["failed", "unknown", "partly", "not-confirmed"] as const;

/** What was asked for by name and is not done by this plan. */
const unmetWish: ReadonlySet<LeftOutCode> = new Set([
  "unknown-name",
  "ambiguous-name",
  "unmappable",
  "not-pushed",
  "protected",
  "not-left-over",
  "left-over",
]);
