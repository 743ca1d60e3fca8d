/** Time as a provider's run sees it: it may be simulated, and waiting may be real. */

export interface Clock {
  now(): Date;
  /**
   * Resolves when the seconds are over, or at once when the run is being stopped. `askedFor`: the server asked for
   * it, so that it is waited for in real time where the server is real.
   */
  wait(seconds: number, askedFor: boolean): Promise<void>;
}

/** A clock that the timeline moves on. */
export interface SimulatedClock extends Clock {
  advance(ms: number): void;
}

/**
 * A clock that moves only with `advance` and `wait`. `pause` is what a wait that the server asked for costs in
 * real time: nothing against the local Astro. Every other wait is simulated only.
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
    wait: async (seconds, askedFor) => {
      // Who waits at the same time waits together.
      const untilMs = nowMs + seconds * 1000;
      if (askedFor) await pause(seconds);
      nowMs = Math.max(nowMs, untilMs);
    },
  };
}
