/** Jobs of one kind that are reported in counts, for they concern everybody. */

import type { JobReport, SubjectKind } from "../../idp/run/events.ts";
import { plural } from "../../ground/text/plural.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import type { Style } from "../style.ts";
import type { BatchMoment } from "./batch-progress.ts";
import { jobCounts } from "./job-line.ts";
import { onePerSubject } from "./one-per-subject.ts";
import { leftOutMemberLines, nothingSentLines } from "./nothing-sent-lines.ts";

export interface PlannedJobs {
  readonly subjects: SubjectKind;
  readonly count: number;
}

export interface BatchSummary {
  readonly isWhole: boolean;
  readonly text: string;
  /** Why nothing was sent about some, and who was left out of groups. */
  readonly details: readonly string[];
}

export class JobBatch {
  readonly #planned: PlannedJobs;
  readonly #startedAt: Date;
  readonly #done: JobReport[] = [];

  constructor(planned: PlannedJobs, startedAt: Date) {
    this.#planned = planned;
    this.#startedAt = startedAt;
  }

  add(report: JobReport): void {
    this.#done.push(report);
  }

  /** How far it has come. */
  at(now: Date): BatchMoment {
    const { subjects, count } = this.#planned;
    const elapsedMs = now.getTime() - this.#startedAt.getTime();
    return { subjects, count, done: this.#done.length, elapsedMs };
  }

  /** Undefined where no job ended. */
  summary(style: Pick<Style, "paint" | "all">): BatchSummary | undefined {
    const done = onePerSubject(this.#done);
    if (done.length === 0) return undefined;
    const { subjects } = this.#planned;
    const count = this.#planned.count - (this.#done.length - done.length);
    const of = done.length === count ? "" : `${formatCount(done.length)} of `;
    return {
      isWhole: done.length === count && done.every(({ outcome }) => !isTroubled(outcome.kind)),
      text: `${aspectOf(done)}${of}${plural(count, subjects)}: ${jobCounts(done, style)}`,
      details: [...nothingSentLines(done, style), ...leftOutMemberLines(done)],
    };
  }
}

/** A second batch about the same groups or users says what of them it is about. */
function aspectOf(done: readonly JobReport[]): string {
  const kinds = new Set(done.map(({ what }) => what));
  if (kinds.size !== 1) return "";
  if (kinds.has("update-members")) return "memberships of ";
  return kinds.has("update-manager") ? "managers of " : "";
}

export function isTroubled(kind: JobReport["outcome"]["kind"]): boolean {
  return kind === "failed" || kind === "interrupted";
}
