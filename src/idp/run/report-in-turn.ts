/** Reports of parallel work, one after another. */

import type { Report, RunEvent } from "./events.ts";

export interface TurnQueue {
  /** The report function for that turn, counted from 0: passes events on at once when it is its turn, and keeps them until then. */
  readonly reporterOf: (turn: number) => Report;
  /** That turn has nothing more to report. */
  readonly end: (turn: number) => void;
}

/** Turns begin at 0 and follow each other without a gap. */
export function reportInTurn(report: Report): TurnQueue {
  const kept = new Map<number, RunEvent[]>();
  const ended = new Set<number>();
  let current = 0;
  const tellKept = (): void => {
    for (const event of kept.get(current) ?? []) report(event);
    kept.delete(current);
  };
  return {
    reporterOf: (turn) => (event) => {
      if (turn === current) report(event);
      else kept.set(turn, [...(kept.get(turn) ?? []), event]);
    },
    end: (turn) => {
      ended.add(turn);
      while (ended.delete(current)) {
        current += 1;
        tellKept();
      }
    },
  };
}
