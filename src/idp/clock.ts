/** Time as a provider's run sees it: it may be simulated, and waiting may be real. */

export interface Clock {
  now(): Date;
  /** Resolves when the seconds are over, or at once when the run is being stopped. */
  wait(seconds: number, reason: string): Promise<void>;
}

/** A clock that the timeline moves on. */
export interface SimulatedClock extends Clock {
  advance(ms: number): void;
}

/**
 * A clock that stands still but for `advance` and `wait`. `pause` is what a wait costs in real time: nothing
 * against the local Astro; against a real server a 429 is waited for.
 */
export function simulatedClock(
  start: Date,
  pause: (seconds: number) => Promise<void> = async () => {},
): SimulatedClock {
  let nowMs = start.getTime();
  return {
    now: () => new Date(nowMs),
    advance: (ms) => {
      nowMs += ms;
    },
    wait: async (seconds) => {
      await pause(seconds);
      nowMs += seconds * 1000;
    },
  };
}
