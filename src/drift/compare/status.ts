/** What a comparison came to, in a word. */

import type { Drift } from "./diff.ts";

/** `unknown`: something could not be told, whatever differs beside it. */
export type DriftStatus = "same" | "different" | "unknown";

export function driftStatus({ changes, cannotTell }: Pick<Drift, "changes" | "cannotTell">): DriftStatus {
  if (cannotTell.length > 0) return "unknown";
  return changes.length === 0 ? "same" : "different";
}
