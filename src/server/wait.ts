/** How the faults of the local Astro wait. */

import { setTimeout as delay } from "node:timers/promises";

/** Resolves after the time, or at once when the signal is aborted. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export interface FaultWait {
  readonly wait: Wait;
  /** Aborted when the server stops, which ends all waits. */
  readonly signal: AbortSignal;
}

/** In real time. */
export const realWait: Wait = async (ms, signal) => {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};
