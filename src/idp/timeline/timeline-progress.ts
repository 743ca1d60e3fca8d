/** How far a timeline was played. */

import type { ObservationCode } from "../../directory/expectation.ts";

export interface TimelineProgress {
  /** Whole steps that are done. */
  readonly stepsDone: number;
  /** Actions done of the step behind them. */
  readonly actionsDone: number;
  /** What was observed of the server's answers so far, by code. */
  readonly observed?: readonly ObservationCode[];
}

export const notBegun: TimelineProgress = { stepsDone: 0, actionsDone: 0 };
