/** The outcome of an operation of a plan. */

import type { Operation } from "../drift/plan/operations/operation.ts";
import type { AppErrorCode } from "../ground/errors.ts";

/**
 * `done`: written, and reading it back shows it. `not-confirmed`: written, and reading it back does not show it (yet).
 * `partly`: some of it was written. `unknown`: the connection broke or a gateway
 * answered, and nothing tells whether it was written.
 * `failed`: refused by the server, or unanswered and not found there. `stale`: its resource changed since the
 * plan was made, so nothing was written. `not-done`: not begun.
 */
export type OutcomeStatus = "done" | "not-confirmed" | "partly" | "unknown" | "failed" | "stale" | "not-done";

export interface Outcome {
  readonly operation: Operation;
  readonly status: OutcomeStatus;
  /** Why it is not simply done: one clause for people. */
  readonly reason: string | undefined;
  /** Of the resource written; undefined where there is none. */
  readonly scimId: string | undefined;
  /** How the resource looked when it was read back and showed what was written; undefined where it is gone or was not read. */
  readonly fingerprint?: string;
  /** Not begun because the whole run was stopped: it can be done later. */
  readonly stopped?: true;
  /** Where the server could not be read, before the write or after it: why. */
  readonly errorCode?: AppErrorCode;
}

/** True where dependent operations may go on: reading back has shown it. A claim of the server is not enough. */
export function isConfirmed(outcome: Outcome | undefined): boolean {
  return outcome?.status === "done";
}

/** True where it is certain that nothing was written. */
export function leftUntouched({ status }: Pick<Outcome, "status">): boolean {
  return status === "failed" || status === "stale" || status === "not-done";
}

/** A sentence without its full stop: `Nothing listens there` can be followed by `; nothing was written`. */
export function asClause(sentence: string): string {
  return sentence.endsWith(".") ? sentence.slice(0, -1) : sentence;
}

/** Makes outcomes of that operation. */
export function endOf(
  operation: Operation,
  scimId?: string,
): (status: OutcomeStatus, reason?: string) => Outcome {
  return (status, reason) => ({ operation, status, reason, scimId });
}
