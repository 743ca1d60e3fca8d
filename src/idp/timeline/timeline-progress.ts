/** How far a timeline was played. */

export interface TimelineProgress {
  /** Whole steps that are done. */
  readonly stepsDone: number;
  /** Actions done of the step behind them. */
  readonly actionsDone: number;
}

export const notBegun: TimelineProgress = { stepsDone: 0, actionsDone: 0 };
