/** How far a timeline was played: the part of a provider's memory that the timeline writes. */

export interface TimelineProgress {
  /** Whole steps that are done. */
  readonly stepsDone: number;
  /** Actions done of the step behind them. */
  readonly actionsDone: number;
}
