/** Cycles by the clock: a simulated interval of the provider in a real time that is short enough to watch. */

import type { Timers } from "../../world/world.ts";
import type { Provisioner } from "./provisioner.ts";

/** Asks for a cycle every so many milliseconds, counted from the end of the one before; returns what stops it. */
export function startCycles(
  everyMs: number | undefined,
  { startTimeout }: Pick<Timers, "startTimeout">,
  { cycle, settled }: Pick<Provisioner, "cycle" | "settled">,
): () => void {
  if (everyMs === undefined) return () => {};
  let isStopped = false;
  let stopTimer = (): void => {};
  const arm = (): void => {
    if (!isStopped) stopTimer = startTimeout(everyMs, run);
  };
  const run = (): void => {
    cycle();
    void settled().then(arm);
  };
  arm();
  return () => {
    isStopped = true;
    stopTimer();
  };
}
