/** Time, timers and randomness as a server has them. */

import { systemWorld } from "../../world/system-world.ts";
import type { Timers, World } from "../../world/world.ts";

export type ServerWorld = Pick<World, "clock" | "timers" | "random">;

export interface ServerWorldOptions {
  /** The system's by default. */
  readonly world?: ServerWorld;
  /** Instead of the world's. */
  readonly now?: () => Date;
  /** Ids and tokens are made of them; instead of the world's. */
  readonly randomBytes?: (count: number) => Uint8Array;
  /** How faults wait; instead of the world's. Resolves after the time, or at once when the signal is aborted. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export function serverWorld({ world = systemWorld(), ...own }: ServerWorldOptions): ServerWorld {
  const { clock, timers, random } = world;
  return {
    clock: { ...clock, now: own.now ?? clock.now },
    timers: { ...timers, wait: own.wait ?? timers.wait },
    random: { ...random, bytes: own.randomBytes ?? random.bytes },
  };
}

/** How the faults of a server wait. */
export interface FaultWait extends Pick<Timers, "wait" | "yieldToOthers"> {
  /** Aborted when the server stops, which ends all waits. */
  readonly signal: AbortSignal;
}
