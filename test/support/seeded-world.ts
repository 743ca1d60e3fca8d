/** A world in which a run can be repeated: chance from a seed, and a clock that moves only by waiting. The disk is real. */

import { seededDraw } from "../../src/fault/seeded-random.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import type { Random, World } from "../../src/world/world.ts";

export interface SeededWorldOptions {
  /** Ids and passwords are the same with the same seed; without one they are the system's. */
  readonly seed?: number | undefined;
  readonly now?: Date | undefined;
}

export interface SeededWorld extends World {
  /** The waits asked for, in milliseconds and in order; none of them takes real time. */
  readonly waits: readonly number[];
}

export function seededWorld({ seed, now }: SeededWorldOptions = {}): SeededWorld {
  const system = systemWorld();
  const waits: number[] = [];
  let clockMs = (now ?? new Date("2026-01-15T09:00:00Z")).getTime();
  return {
    ...system,
    clock: { now: () => new Date(clockMs), monotonicMs: () => clockMs },
    timers: {
      ...system.timers,
      wait: async (ms, signal) => {
        waits.push(ms);
        if (!signal.aborted) clockMs += ms;
      },
    },
    random: seed === undefined ? system.random : seededRandom(seed),
    waits,
  };
}

function seededRandom(seed: number): Random {
  const draw = seededDraw(seed, 0);
  const bytes = (count: number): Uint8Array =>
    Uint8Array.from({ length: count }, () => Math.floor(draw() * 256));
  const hex = (count: number): string => Buffer.from(bytes(count)).toString("hex");
  return {
    number: draw,
    bytes,
    uuid: () => [hex(4), hex(2), `4${hex(2).slice(1)}`, `a${hex(2).slice(1)}`, hex(6)].join("-"),
  };
}
