/** When Entra puts a provisioning job into quarantine, and lets it out (Microsoft: Application provisioning in quarantine status). */

import type { EntraFidelity } from "../../../fidelity/table.ts";
import { dayMs } from "./escrow.ts";
import type { Escrow, Quarantine, QuarantineReason } from "../memory.ts";

/** In quarantine there is one cycle a day. */
export const quarantineCycleMs = dayMs;
/** A job that is still in quarantine after four weeks is disabled. */
export const disabledAfterMs = 28 * dayMs;

export interface CycleTally {
  /** Objects that this cycle dealt with. */
  readonly events: number;
  /** Of these, those that failed. */
  readonly failures: number;
  readonly escrows: ReadonlyMap<string, Escrow>;
}

/** Which threshold is exceeded, if one is, with one sentence about it. */
export function exceededThreshold(
  { events, failures, escrows }: CycleTally,
  fidelity: EntraFidelity,
): { readonly reason: QuarantineReason; readonly message: string } | undefined {
  const total = escrows.size;
  if (total < fidelity.entraQuarantineFrom) return undefined;
  const base = [...escrows.values()].filter(({ isReference }) => !isReference).length;
  if (base > fidelity.entraQuarantineFailures) {
    return { reason: "EncounteredBaseEscrowThreshold", message: `${base} objects fail.` };
  }
  if (total > fidelity.entraQuarantineTotal) {
    return { reason: "EncounteredTotalEscrowThreshold", message: `${total} objects and references fail.` };
  }
  const isTooMuch = failures * 100 > events * fidelity.entraQuarantinePercent;
  if (!isTooMuch) return undefined;
  return {
    reason: "EncounteredEscrowProportionThreshold",
    message: `${failures} of ${events} events of the cycle failed.`,
  };
}

/** Whether so many disables and deletes in one cycle are too many (Microsoft: Enable accidental deletions prevention). */
export function isTooManyDeletes(
  count: number,
  threshold: number | undefined,
  fidelity: EntraFidelity,
): boolean {
  if (threshold === undefined || count === 0) return false;
  return fidelity.entraDeletionThreshold === "reached" ? count >= threshold : count > threshold;
}

/** Why a disable or a delete is kept back, for the log. */
export function stagedDelete(why: string): string {
  return `StagedDelete: ${why}, and too many would be disabled or deleted in one cycle`;
}

/** The quarantine of a reason that goes on, or begins now. */
export function quarantineFor(
  reason: QuarantineReason,
  message: string,
  { before, now }: { readonly before: Quarantine | undefined; readonly now: Date },
): Quarantine {
  return { reason, message, since: before?.reason === reason ? before.since : now };
}

export function isDisabled({ since }: Quarantine, now: Date): boolean {
  return now.getTime() - since.getTime() >= disabledAfterMs;
}
