/** The test of the credentials that a provider makes before it provisions anything. */

import type { WireAnswer, WireRequest } from "../wire/exchange.ts";
import type { Observation } from "./run/events.ts";
import type { Failure } from "./run/failure.ts";

/** A probe that was not answered as the provider needs. */
export interface FailedProbe {
  readonly failure: Failure;
  readonly request: WireRequest;
  readonly answer: WireAnswer;
}

export interface CredentialsTest {
  /** Undefined where the target answered as the provider needs, or the run was stopped. */
  readonly failed: FailedProbe | undefined;
  readonly observations: readonly Observation[];
  /** How many requests it took, repetitions included. */
  readonly requests: number;
}
