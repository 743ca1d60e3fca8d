/** The cycles of a job as Graph counts them (Microsoft Graph: synchronizationTaskExecution). */

import type { JsonObject } from "../../../ground/json.ts";
import type { CycleReport } from "../../../idp/run/events.ts";
import type { CompanyEvent, JobEvent } from "../../company/company.ts";
import { guidOf } from "../graph-ids.ts";

export type CycleEvent = Extract<CompanyEvent, { readonly kind: "cycle" }>;

export function cyclesIn(events: readonly CompanyEvent[]): readonly CycleEvent[] {
  return events.filter((event) => event.kind === "cycle");
}

export function jobsOfCycle(events: readonly CompanyEvent[], { number }: CycleReport): readonly JobEvent[] {
  return events.filter((event): event is JobEvent => event.kind === "job" && event.cycle === number);
}

/** By which the log names a cycle. */
export function cycleIdOf(jobId: string, cycle: number | undefined): string {
  return guidOf(jobId, "cycle", String(cycle ?? "on demand"));
}

/** Whether a cycle has written something to the target. */
export function hasExports(jobs: readonly JobEvent[]): boolean {
  return jobs.some(({ report }) => report.outcome.kind === "done");
}

/** Whether a cycle came to its end; single objects may have failed. */
export function isComplete({ report }: CycleEvent): boolean {
  return report.stopped === undefined;
}

export function executionObject(
  cycle: CycleEvent,
  events: readonly CompanyEvent[],
  { jobId, escrows }: { readonly jobId: string; readonly escrows: number },
): JsonObject {
  const { report } = cycle;
  const jobs = jobsOfCycle(events, report);
  const failed = jobs.filter((job) => job.report.outcome.kind === "failed").length;
  const exported = jobs.filter((job) => job.report.outcome.kind === "done").length;
  return {
    activityIdentifier: cycleIdOf(jobId, report.number),
    countEntitled: jobs.length,
    countEntitledForProvisioning: jobs.length,
    countEscrowed: escrows,
    countEscrowedRaw: escrows,
    countExported: exported,
    countExports: exported,
    countImported: jobs.length,
    countImportedDeltas: report.cycle === "initial" ? 0 : jobs.length,
    countImportedReferenceDeltas: 0,
    error:
      report.stopped === undefined
        ? null
        : {
            code: report.stopped.code ?? "UnknownError",
            message: report.stopped.sentence,
            tenantActionable: true,
          },
    state: report.stopped !== undefined ? "Failed" : failed > 0 ? "EntryLevelErrors" : "Succeeded",
    timeBegan: report.at.toISOString(),
    timeEnded: cycle.at.toISOString(),
  };
}
