/** One provisioning run: jobs in their order, some at a time; a job that fails stops no other. */

import { forEachBounded } from "../../ground/for-each-bounded.ts";
import type { Conversation } from "../../wire/conversation.ts";
import { converse, type ProviderTransport } from "./converse.ts";
import { observed } from "./observation.ts";
import { reportInTurn } from "./report-in-turn.ts";
import type { JobKind, JobOutcome, JobReport, RunSummary, Subject } from "./events.ts";

/** What is to be done about one subject. */
export interface Job {
  readonly subject: Subject;
  readonly what: JobKind;
  /** Begun when its turn comes, so that it sees what earlier jobs left; remembers its own outcome at its end. */
  readonly begin: () => Conversation<JobOutcome>;
}

/**
 * Runs jobs in their order, `parallel` at a time. What they report comes in their order, too, as if each had waited
 * for the one before. When the signal is aborted, the jobs that are under way end before their next request and leave
 * no trace in the provider's memory; those behind them are not begun.
 */
export async function runJobs(
  jobs: readonly Job[],
  transport: ProviderTransport,
  parallel = 1,
): Promise<RunSummary> {
  const reports: JobReport[] = [];
  const queue = reportInTurn(transport.report);
  let begun = 0;
  await forEachBounded(jobs.entries(), parallel, async ([turn, job]) => {
    if (transport.signal.aborted) return;
    begun += 1;
    const report = await runJob(job, { ...transport, report: queue.reporterOf(turn) });
    reports[turn] = report;
    queue.end(turn);
  });
  return {
    reports,
    notBegun: jobs.slice(begun).map(({ subject, what }) => ({ subject, what })),
    requests: reports.reduce((sum, { requests }) => sum + requests, 0),
    interrupted: transport.signal.aborted,
  };
}

async function runJob({ subject, what, begin }: Job, transport: ProviderTransport): Promise<JobReport> {
  transport.report({ kind: "job-started", subject, what });
  const watched = observed(transport, subject);
  const { requests, ...end } = await converse(begin(), watched.transport);
  const outcome = end.kind === "ended" ? end.result : end;
  watched.end(outcome);
  const report = { subject, what, outcome, requests, observations: watched.observations };
  transport.report({ kind: "job-finished", report });
  return report;
}

/** One run after another, as one. */
export function joinSummaries(summaries: readonly RunSummary[]): RunSummary {
  return {
    reports: summaries.flatMap(({ reports }) => reports),
    notBegun: summaries.flatMap(({ notBegun }) => notBegun),
    ...cyclesOf(summaries),
    requests: summaries.reduce((sum, { requests }) => sum + requests, 0),
    interrupted: summaries.some(({ interrupted }) => interrupted),
  };
}

function cyclesOf(summaries: readonly RunSummary[]): Pick<RunSummary, "cycles"> {
  const cycles = summaries.flatMap((summary) => summary.cycles ?? []);
  return cycles.length === 0 ? {} : { cycles };
}
