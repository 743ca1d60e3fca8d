/** How far many jobs of one kind have come: a bar, how many of how many, how many a second, how long it will take. */

import { formatCount, formatDuration, formatRate } from "../../ground/text/quantities.ts";

/** What is known of a batch at a moment. */
export interface BatchMoment {
  /** `user`, `group`. */
  readonly subjects: string;
  readonly done: number;
  readonly count: number;
  /** Real time since the batch was begun. */
  readonly elapsedMs: number;
}

/** A batch of so many takes long enough for a bar. */
const smallestWithBar = 100;
/** One of more is reported now and then if there is no terminal. */
const largestWithoutLines = 1000;
const linesOfABatch = 10;
const cells = 16;
/** Before that a rate is a guess. */
const soonestRateMs = 1000;

/** For a line that is drawn again and again: `users ████░░░░░░░░░░░░ 2,500/10,000  412/s  18 s left`. */
export function progressText(moment: BatchMoment): string {
  const { subjects, done, count } = moment;
  const bar = count < smallestWithBar ? "" : `${barOf(done, count)} `;
  return [
    `${subjects}s ${bar}${formatCount(Math.min(done + 1, count))}/${formatCount(count)}`,
    ...pace(moment),
  ].join("  ");
}

/** For a log, of a long batch only: after each tenth `2,000 of 10,000 users, 412/s, 19 s left`. */
export function milestoneText(moment: BatchMoment): string | undefined {
  const { subjects, done, count } = moment;
  const tenth = (jobs: number): number => Math.floor((jobs * linesOfABatch) / count);
  if (count <= largestWithoutLines || done >= count || tenth(done) === tenth(done - 1)) return undefined;
  return [`${formatCount(done)} of ${formatCount(count)} ${subjects}s`, ...pace(moment)].join(", ");
}

function barOf(done: number, count: number): string {
  const full = Math.min(cells, Math.floor((done * cells) / count));
  return "█".repeat(full) + "░".repeat(cells - full);
}

/** Rate and time left; neither where it is too early to tell. */
function pace({ done, count, elapsedMs }: BatchMoment): readonly string[] {
  if (elapsedMs < soonestRateMs || done === 0) return [];
  const perSecond = (done * 1000) / elapsedMs;
  return [formatRate(perSecond), `${timeLeft((count - done) / perSecond)} left`];
}

/** As exact as an estimate is: `45 s`, `12 min`, `3 h 20 min`. */
function timeLeft(seconds: number): string {
  const exact = Math.ceil(seconds);
  return formatDuration(1000 * (exact < 90 ? exact : Math.round(exact / 60) * 60));
}
