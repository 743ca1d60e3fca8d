/** What Entra's provisioning service remembers between cycles: links, watermark, escrow, quarantine. */

import type { Task } from "../task.ts";
import type { TimelineProgress } from "../timeline-progress.ts";

/** An object that failed and that a later cycle tries again. */
export interface Escrow {
  readonly task: Task;
}

export interface EntraMemory extends TimelineProgress {
  /** Which target the links are of; a memory is of no use for another. */
  readonly target: string;
  readonly escrows: ReadonlyMap<string, Escrow>;
}

export function emptyEntraMemory(target: string): EntraMemory {
  return { target, stepsDone: 0, actionsDone: 0, escrows: new Map() };
}
