/** When Entra's cycles run, and which of them have something to do. */

import { recycleBinMs } from "../../../directory/recycle-bin.ts";
import type { EntraFidelity } from "../../../fidelity/table.ts";
import { cycleMs } from "./escrow.ts";
import type { EntraMemory } from "../memory.ts";
import { quarantineCycleMs } from "./quarantine.ts";

/** When the next cycle runs: an interval after the last one, a day in quarantine; never before now. */
export function nextCycleAt(memory: EntraMemory, now: Date, fidelity: EntraFidelity): Date {
  const { lastCycle } = memory;
  const interval = intervalOf(memory, fidelity);
  // A last cycle in the future is of a rehearsal that had simulated days.
  const from = lastCycle === undefined ? now.getTime() : Math.min(lastCycle.getTime(), now.getTime());
  return new Date(Math.max(now.getTime(), from + interval));
}

export interface Pause {
  /** Cycles with nothing to do, and the time of the last of them. */
  readonly idle: { readonly count: number; readonly until: Date };
  /** The first cycle after them that has something to do; undefined where there is none until then. */
  readonly next: Date | undefined;
}

/**
 * How a service passes the time until then, with a directory that stays as it is. A cycle has something to do when a
 * failed object is due, when a user has been in the recycle bin for 30 days, in quarantine, or before the initial one.
 */
export function cyclesUntil(end: Date, memory: EntraMemory, fidelity: EntraFidelity): Pause {
  const { lastCycle, state } = memory;
  if (state !== "active" || lastCycle === undefined)
    return { idle: { count: 0, until: end }, next: undefined };
  const interval = intervalOf(memory, fidelity);
  const last = lastCycle.getTime();
  const inTime = Math.max(0, Math.floor((end.getTime() - last) / interval));
  const due = dueAt(memory);
  const needed = due === undefined ? Infinity : Math.max(1, Math.ceil((due - last) / interval));
  const count = needed <= inTime ? needed - 1 : inTime;
  return {
    idle: { count, until: new Date(last + count * interval) },
    next: needed <= inTime ? new Date(last + needed * interval) : undefined,
  };
}

function intervalOf({ quarantine }: EntraMemory, fidelity: EntraFidelity): number {
  return quarantine === undefined ? cycleMs(fidelity) : quarantineCycleMs;
}

/** The first moment, in milliseconds, at which there is something to do. */
function dueAt(memory: EntraMemory): number | undefined {
  const { quarantine, initialCycleDone, lastCycle, escrows, users } = memory;
  if (quarantine !== undefined || !initialCycleDone) return lastCycle?.getTime();
  let due: number | undefined;
  for (const { nextAttempt } of escrows.values()) due = earlier(due, nextAttempt.getTime());
  for (const [id, { softDeletedSince }] of users) {
    if (softDeletedSince !== undefined && !escrows.has(id))
      due = earlier(due, softDeletedSince.getTime() + recycleBinMs);
  }
  return due;
}

function earlier(one: number | undefined, other: number): number {
  return one === undefined ? other : Math.min(one, other);
}
