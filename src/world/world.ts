/** The world as everything else sees it: clock, timers, randomness and disk. Nothing else reaches for them. */

import type { Disk } from "./disk.ts";

export interface Clock {
  readonly now: () => Date;
  /** Milliseconds since some moment, with fractions; never goes back, so durations are measured with it. */
  readonly monotonicMs: () => number;
}

export interface Timers {
  /** Resolves after the time, or at once when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Calls back after the time, unless the returned function is called before. */
  readonly startTimeout: (ms: number, onTimeout: () => void) => () => void;
  /** Resolves after the work that is waiting has had its turn. */
  readonly yieldToOthers: () => Promise<void>;
}

export interface Random {
  /** From 0 up to, but not including, 1. */
  readonly number: () => number;
  /** They cannot be guessed; 65,536 at most. */
  readonly bytes: (count: number) => Uint8Array;
  /** Version 4. */
  readonly uuid: () => string;
}

export interface World {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly disk: Disk;
}
