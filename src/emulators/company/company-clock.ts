/** The company's time: the system's, moved on by what is simulated. */

import type { SimulatedClock } from "../../idp/run/clock.ts";
import type { Timers, World } from "../../world/world.ts";

/**
 * A wait that the server asked for (Retry-After) is waited for in real time, because the Astro is another process with a clock of
 * its own. Every other wait, and the time between Entra's cycles, is only added.
 */
export function companyClock(
  { now }: Pick<World["clock"], "now">,
  { wait }: Pick<Timers, "wait">,
  signal: AbortSignal,
): SimulatedClock {
  let aheadMs = 0;
  const nowMs = (): number => now().getTime() + aheadMs;
  return {
    now: () => new Date(nowMs()),
    advance: (ms) => {
      aheadMs += ms;
    },
    wait: async (seconds, askedFor) => {
      const untilMs = nowMs() + seconds * 1000;
      if (askedFor) await wait(seconds * 1000, signal);
      aheadMs += Math.max(0, untilMs - nowMs());
    },
  };
}
