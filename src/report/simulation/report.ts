/** A rehearsal as it is reported: its result, and what the reader has to know beside it. */

import type { SimulationResult } from "../../simulation/simulate.ts";
import type { SimulationStatus } from "../../simulation/status.ts";
import type { NextStep } from "../next-step.ts";

export interface SimulationReport {
  readonly result: SimulationResult;
  readonly status: SimulationStatus;
  /** SCIM base URL; null for the local Astro inside the process. */
  readonly target: string | null;
  /** Makes `resync USER` a command that can be pasted: for the same directory and target. */
  readonly commandFor: (words: string) => string;
  /** Real time of the first provisioning, of each step that was begun, of the end. */
  readonly timesMs: readonly number[];
  /** The command that repeats the rehearsal, to which options can be added; undefined where that would write to a server. */
  readonly again?: string | undefined;
  /** The command to type next. */
  readonly next: NextStep | undefined;
}
