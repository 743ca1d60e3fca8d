/** When Entra tries again what failed. */

import type { EntraFidelity } from "../../../fidelity/table.ts";
import type { JobKind, Subject } from "../../run/events.ts";
import type { Failure } from "../../run/failure.ts";
import type { Escrow } from "../memory.ts";

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
/** Inferred: what still fails after four weeks is given up, as a job in quarantine is disabled. */
export const giveUpAfterMs = 28 * dayMs;

/** Entra's fixed interval (Microsoft: How provisioning works). */
export function cycleMs({ entraCycleMinutes }: Pick<EntraFidelity, "entraCycleMinutes">): number {
  return entraCycleMinutes * 60_000;
}

export interface FailedJob {
  readonly subject: Subject;
  readonly what: JobKind;
  readonly failure: Failure;
  readonly at: Date;
  readonly isReference: boolean;
  readonly atCreation: boolean;
}

/** The escrow of a job that failed, for the first time or again. */
export function escrowOf(job: FailedJob, before: Escrow | undefined, fidelity: EntraFidelity): Escrow {
  const retries = before === undefined ? 0 : before.retries + 1;
  const since = before?.task.since ?? job.at;
  const nextAttempt = nextAttemptAt({ retries, since, at: job.at }, fidelity);
  const { sentence, reason, explanation, code } = job.failure;
  return {
    task: {
      subject: job.subject,
      what: job.what,
      ...(code === undefined ? {} : { code }),
      sentence: `${sentence} This operation was retried ${retries} times. It will be retried again after this date: ${nextAttempt.toISOString()} UTC`,
      reason,
      explanation,
      since,
    },
    retries,
    nextAttempt,
    isReference: job.isReference,
    atCreation: job.atCreation,
  };
}

/** Whether a failure is old enough to be given up. */
export function isGivenUp({ task }: Escrow, now: Date): boolean {
  return now.getTime() - task.since.getTime() >= giveUpAfterMs;
}

interface Attempt {
  readonly retries: number;
  readonly since: Date;
  readonly at: Date;
}

/** Hours after the first failure (Microsoft: Application provisioning in quarantine status). */
const ladderHours = [6, 12, 24] as const;

/** Inferred: the intervals of `growing` double, from one cycle to a day. */
function nextAttemptAt({ retries, since, at }: Attempt, fidelity: EntraFidelity): Date {
  const { entraEscrowRetry } = fidelity;
  if (entraEscrowRetry === "ladder") {
    const hours = ladderHours[retries];
    return new Date(hours === undefined ? at.getTime() + dayMs : since.getTime() + hours * hourMs);
  }
  const factor = entraEscrowRetry === "cycle" ? 1 : 2 ** retries;
  return new Date(at.getTime() + Math.min(dayMs, cycleMs(fidelity) * factor));
}
