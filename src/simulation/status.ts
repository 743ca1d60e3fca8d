/** How a rehearsal ended, in a word. */

import { quarantineAtEnd } from "./quarantine.ts";
import type { SimulationResult } from "./simulate.ts";

/**
 * `failed`: a task failed, an expectation is not met, provisioning ends in quarantine, or Astro differs at the end. `unknown`: Astro could not be
 * read back, or does not show who is in its Teams. What Okta does not notice of a server counts for nothing here: it shows in what Astro then holds.
 */
export type SimulationStatus = "ok" | "failed" | "interrupted" | "unknown";

export function simulationStatus(result: SimulationResult): SimulationStatus {
  const { comparison, steps, openTasks } = result;
  if (result.interrupted) return "interrupted";
  if (openTasks.length > 0 || steps.some(({ unmet = [] }) => unmet.length > 0)) return "failed";
  if (quarantineAtEnd(result) !== undefined) return "failed";
  if (comparison.kind === "not-compared" || steps.some(({ notChecked }) => notChecked !== undefined)) {
    return "unknown";
  }
  const { changes, status } = comparison.drift;
  if (changes.length > 0) return "failed";
  return status === "unknown" ? "unknown" : "ok";
}
