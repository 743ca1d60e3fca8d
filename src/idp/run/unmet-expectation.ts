/** One thing that a step expected and that is not so, as data: what was expected, and what came instead. */

import type { JsonObject, JsonValue } from "../../ground/json.ts";

export type UnmetExpectation = UnmetState | UnmetRequest | UnmetError | UnmetObservation | UnmetDrift;

/** Astro does not hold what was expected. */
export interface UnmetState {
  readonly kind: "user" | "group";
  /** As the fixture names it. */
  readonly name: string;
  /** `exists`, `active`, `members`, or an attribute of the app. */
  readonly what: string;
  readonly expected: JsonValue;
  readonly got: JsonValue;
  /** What to change in the fixture, where that is the likely mistake. */
  readonly hint?: string;
}

/** A request was not sent so often as it should. */
export interface UnmetRequest {
  readonly kind: "request";
  /** `PATCH /Users/ada@example.com {"active":false}`, without what the fixture does not say. */
  readonly name: string;
  readonly what: "count";
  readonly expected: { readonly min: number; readonly max: number | null };
  readonly got: {
    readonly count: number;
    /** The first of those that count; where too few do, of those that come near, or of all that were sent. */
    readonly sent: readonly string[];
  };
}

/** An error did not happen, or one did and none should have. */
export interface UnmetError {
  readonly kind: "error";
  /** `of user ada@example.com, code DuplicateTargetEntries, that says "conflict"`; `none`. */
  readonly name: string;
  readonly what: "happened";
  readonly expected: boolean;
  readonly got: {
    /** Failures in the step. */
    readonly count: number;
    /** The first of them: whom they were about, the code where there is one, and the reason. */
    readonly failures: readonly string[];
  };
}

/** Something should be observed of the server's answers, and was not. */
export interface UnmetObservation {
  readonly kind: "observation";
  /** The code. */
  readonly name: string;
  readonly what: "observed";
  readonly expected: true;
  readonly got: {
    /** The codes of what was observed instead. */
    readonly codes: readonly string[];
  };
}

/** Other things differ between the directory and Astro than should. */
export interface UnmetDrift {
  readonly kind: "drift";
  readonly name: "drift";
  readonly what: "differences";
  /** All of them, each as a fixture writes it; one that is expected in the same words on both sides. */
  readonly expected: readonly JsonObject[];
  readonly got: readonly JsonObject[];
}
