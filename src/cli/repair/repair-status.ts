/** How a repair ended, in one word, and the exit status that goes with it. */

import type { LeftOutCode } from "../../drift/plan/left-out/left-out.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import { leftUntouched, type Outcome } from "../../repair/outcome.ts";
import type { Repair, RepairStatus } from "../../report/repair/report.ts";
import { exitStatus, type ExitStatus } from "../../ground/exit-status.ts";

export interface EndedRepair extends Pick<Repair, "plan" | "refusals" | "outcomes"> {
  /** A dry run, or no name was given. */
  readonly onlyShown: boolean;
  /** Ctrl-C was pressed. */
  readonly isAborted: boolean;
}

/** The same for a dry run and for the run itself, as far as it can be known beforehand. */
export function statusOfRepair(ended: EndedRepair): RepairStatus {
  const { plan, refusals, outcomes, onlyShown, isAborted } = ended;
  if (refusals.length > 0) return "refused";
  // What is under way at the provider has been left to `--resume`.
  const isCutOff = outcomes.some(({ status, stopped }) => status === "not-done" || stopped === true);
  if (isAborted && isCutOff) return "interrupted";
  const wrong = worstOf(outcomes) ?? worstLeftOut(plan);
  if (wrong !== undefined) return wrong;
  if (plan.operations.length === 0) return "nothing-to-do";
  return onlyShown ? "planned" : "done";
}

export const exitStatusOfRepair: Readonly<Record<RepairStatus, ExitStatus>> = {
  done: exitStatus.ok,
  "nothing-to-do": exitStatus.ok,
  planned: exitStatus.ok,
  unreachable: exitStatus.couldNotTell,
  refused: exitStatus.refused,
  stale: exitStatus.refused,
  failed: exitStatus.failed,
  incomplete: exitStatus.failed,
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

/** What was asked for and is not done by this plan: the safety rules come first. */
function worstLeftOut({ leftOut }: Plan): LeftOutStatus | undefined {
  const ends = new Set(leftOut.map(({ code }) => leftOutStatus[code]));
  return (["refused", "failed", "stale", "incomplete"] as const).find((status) => ends.has(status));
}

type LeftOutStatus = "refused" | "failed" | "stale" | "incomplete";

const leftOutStatus: Readonly<Record<LeftOutCode, LeftOutStatus | undefined>> = {
  "unknown-name": "failed",
  "ambiguous-name": "failed",
  unmappable: "failed",
  "sso-only": "refused",
  "sso-only-members": undefined,
  "not-pushed": "failed",
  "left-over": "failed",
  protected: "refused",
  "protected-apart": undefined,
  outside: "refused",
  "outside-apart": undefined,
  owner: undefined,
  "not-left-over": "refused",
  "nothing-to-do": undefined,
  "member-without-account": undefined,
  "team-missing": undefined,
  "unknown-management": undefined,
  "provider-link": "incomplete",
  "reference-without-account": "failed",
  "unknown-id": "failed",
  "members-not-shown": "failed",
  "unseen-member": "failed",
  "invite-pending": "incomplete",
  banned: "incomplete",
  "apis-disagree": "incomplete",
  "never-linked": "incomplete",
  "same-person": undefined,
  "hidden-from-scim": "failed",
  "local-team": "refused",
  "local-team-apart": undefined,
  "changed-since": "stale",
  "held-before": "failed",
  "not-known-created": "failed",
  "undo-changed": "incomplete",
  "undo-lost": undefined,
  "undo-unknown": "incomplete",
};
