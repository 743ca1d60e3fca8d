/** How a rehearsal ended, in a word. */

import { differencesAtEnd, harmIn } from "./what-fails.ts";
import { quarantineAtEnd } from "./quarantine.ts";
import type { SimulationResult } from "./simulate.ts";

/**
 * `failed`: a task failed, an expectation is not met, an observation does harm, provisioning ends in quarantine, or Astro
 * differs at the end otherwise than expected. `unknown`: Astro could not be read back, or does not show who is in its Teams. Any
 * other observation counts for nothing here: it shows in what Astro then holds.
 */
export type SimulationStatus = "ok" | "failed" | "interrupted" | "unknown";

export function simulationStatus(result: SimulationResult): SimulationStatus {
  const { comparison, steps, openTasks, unmet = [] } = result;
  if (result.interrupted) return "interrupted";
  if (openTasks.length > 0 || unmet.length > 0) return "failed";
  if (steps.some((step) => (step.unmet ?? []).length > 0) || harmIn(result).length > 0) return "failed";
  if (quarantineAtEnd(result) !== undefined) return "failed";
  if (comparison.kind === "not-compared" || steps.some(({ notChecked }) => notChecked !== undefined)) {
    return "unknown";
  }
  if (differencesAtEnd(result) > 0) return "failed";
  return comparison.drift.status === "unknown" ? "unknown" : "ok";
}
