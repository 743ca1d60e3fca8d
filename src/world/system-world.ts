/** The world of this process: the only place that asks Node for the time, for timers and for randomness. */

import { setTimeout as delay } from "node:timers/promises";
import { systemDisk } from "./system-disk.ts";
import type { Clock, Random, Timers, World } from "./world.ts";

const clock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
};

const timers: Timers = {
  wait: async (ms, signal) => {
    try {
      await delay(ms, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  },
  startTimeout: (ms, onTimeout) => {
    const timer = setTimeout(onTimeout, ms);
    return () => clearTimeout(timer);
  },
  yieldToOthers: () =>
    new Promise<void>((resolve) => {
      setImmediate(resolve);
    }),
};

/** Not from node:crypto: to load that takes 2 ms of each start. */
const random: Random = {
  number: Math.random,
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  uuid: () => crypto.randomUUID(),
};

export function systemWorld(): World {
  return { clock, timers, random, disk: systemDisk };
}
