/** How long the parts of a rehearsal really took, whatever time it simulated. */

import type { RunEvent } from "../idp/run/events.ts";

export interface CaseTimes {
  readonly note: (event: RunEvent) => void;
  /** In milliseconds: of the first provisioning, of each step that was begun, of the end. */
  readonly read: () => readonly number[];
}

export function caseTimes(now: () => Date): CaseTimes {
  const nowMs = (): number => now().getTime();
  const startsMs = [nowMs()];
  let finishedMs: number | undefined;
  return {
    note: ({ kind }) => {
      if (kind === "step-started") startsMs.push(nowMs());
      if (kind === "step-finished") finishedMs = nowMs();
    },
    read: () => {
      const endMs = nowMs();
      const stepsEndMs = finishedMs ?? endMs;
      const parts = startsMs.map((startMs, index) => (startsMs[index + 1] ?? stepsEndMs) - startMs);
      return [...parts, endMs - stepsEndMs];
    },
  };
}
