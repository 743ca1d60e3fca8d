/** Why a provider's job failed: as a value, since it stops nothing else. */

import type { NoResponseReason } from "../../wire/exchange.ts";

export interface Failure {
  readonly kind: "failure";
  /** The error code of the provider's log, where it has such codes: `DuplicateTargetEntries`. */
  readonly code?: string;
  /** What the provider's console shows. */
  readonly sentence: string;
  /** What went wrong in a few words, without the provider's own: `500 Internal Server Error: it is full`. */
  readonly reason: string;
  /** What really happened, where the provider's own sentence hides it. */
  readonly explanation: string | undefined;
  readonly cause: FailureCause;
}

export type FailureCause =
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "no-response"; readonly reason: NoResponseReason }
  /** A good status with a body that the provider cannot use. */
  | { readonly kind: "malformed-answer" }
  /** The provider found a reason of its own: no request was sent for it. */
  | { readonly kind: "not-sent" };

/** True for a failure among the results of a conversation. */
export function isFailure(result: { readonly kind: string } | undefined): result is Failure {
  return result?.kind === "failure";
}
