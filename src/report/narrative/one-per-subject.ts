/** Jobs that share one subject, counted as one. */

import type { JobReport } from "../../idp/run/events.ts";

/**
 * One report for each subject and kind of job: the one that did not go well, if there is one. Entra ID may send several requests about
 * the members of one group at once, each as a job.
 */
export function onePerSubject(reports: readonly JobReport[]): readonly JobReport[] {
  const kept = new Map<string, JobReport>();
  for (const report of reports) {
    const { subject, what, outcome } = report;
    const key = JSON.stringify([subject.kind, subject.objectId, what]);
    if (!kept.has(key) || outcome.kind === "failed" || outcome.kind === "interrupted") kept.set(key, report);
  }
  return [...kept.values()];
}
