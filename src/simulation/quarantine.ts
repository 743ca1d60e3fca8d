/** Whether provisioning has stopped or slowed down by the end of a rehearsal. */

import type { SimulationResult } from "./simulate.ts";

/** Why the last cycle left provisioning in quarantine, paused or disabled; undefined where it did not. */
export function quarantineAtEnd({
  first,
  steps,
}: Pick<SimulationResult, "first" | "steps">): string | undefined {
  const cycles = [first, ...steps.map(({ summary }) => summary)].flatMap((summary) => summary.cycles ?? []);
  return cycles.at(-1)?.quarantine;
}
