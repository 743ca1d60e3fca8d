/** One provisioning run: jobs one after another; a job that fails stops no other. */

import type { Conversation } from "../wire/conversation.ts";
import { converse, type Line } from "./converse.ts";
import { observed } from "./observation.ts";
import type { JobKind, JobOutcome, JobReport, RunSummary, Subject } from "./events.ts";

/** What is to be done about one subject. */
export interface Job {
  readonly subject: Subject;
  readonly what: JobKind;
  /** Begun when its turn comes, so that it sees what earlier jobs left; remembers its own outcome at its end. */
  readonly begin: () => Conversation<JobOutcome>;
}

/**
 * Runs jobs in their order, one at a time. When the signal is aborted, the job that is under way ends before its
 * next request and leaves no trace in the provider's memory; those behind it are not begun.
 */
export async function runJobs(jobs: readonly Job[], line: Line): Promise<RunSummary> {
  const reports: JobReport[] = [];
  for (const { subject, what, begin } of jobs) {
    if (line.signal.aborted) break;
    line.report({ kind: "job-started", subject, what });
    const watched = observed(line, subject);
    const { requests, ...end } = await converse(begin(), watched.line);
    const outcome = end.kind === "ended" ? end.result : end;
    const report = { subject, what, outcome, requests, observations: watched.observations };
    reports.push(report);
    line.report({ kind: "job-finished", report });
  }
  return {
    reports,
    notBegun: jobs.slice(reports.length).map(({ subject, what }) => ({ subject, what })),
    requests: reports.reduce((sum, { requests }) => sum + requests, 0),
    interrupted: line.signal.aborted,
  };
}

/** One run after another, as one. */
export function joinSummaries(summaries: readonly RunSummary[]): RunSummary {
  return {
    reports: summaries.flatMap(({ reports }) => reports),
    notBegun: summaries.flatMap(({ notBegun }) => notBegun),
    requests: summaries.reduce((sum, { requests }) => sum + requests, 0),
    interrupted: summaries.some(({ interrupted }) => interrupted),
  };
}
