/** What came of an operation of a plan. */

import type { Operation } from "../drift/operation.ts";

/**
 * `done`: written, and reading it back shows it. `not-confirmed`: written, and reading it back does not show it (yet).
 * `partly`: some of it was written. `failed`: refused by the server, or unanswered. `stale`: its resource changed
 * since the plan was made, so nothing was written. `not-done`: not begun.
 */
export type OutcomeStatus = "done" | "not-confirmed" | "partly" | "failed" | "stale" | "not-done";

export interface Outcome {
  readonly operation: Operation;
  readonly status: OutcomeStatus;
  /** Why it is not simply done: one clause for people. */
  readonly reason: string | undefined;
  /** Of the resource written; undefined where there is none. */
  readonly scimId: string | undefined;
}

/** True where dependents may go on: it was written, even where the server does not show it yet. */
export function wasWritten(outcome: Outcome | undefined): boolean {
  return outcome?.status === "done" || outcome?.status === "not-confirmed";
}
