/** How a replay ended, in a word. */

import type { ReplayResult } from "./replay.ts";

/** `different`: an answer differs, or a request could not be sent for want of an id. */
export type ReplayStatus = "same" | "different" | "unreachable" | "interrupted";

export function replayStatus({ ending, differing, notSent }: ReplayResult): ReplayStatus {
  if (ending !== "complete") return ending;
  return differing.length > 0 || notSent.some(({ reason }) => reason === "unknown-id") ? "different" : "same";
}
