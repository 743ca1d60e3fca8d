/** What a comparison came to, in a word. */

import type { IamReading } from "../../astro/records/iam-side.ts";

/** `unknown`: something could not be determined, even if there are differences. */
export type DriftStatus = "same" | "different" | "unknown";

export function driftStatus({
  changes,
  cannotTell,
  apisDisagree,
  iam,
}: {
  readonly changes: readonly unknown[];
  readonly cannotTell: readonly unknown[];
  readonly apisDisagree: readonly unknown[];
  readonly iam: Pick<IamReading, "kind">;
}): DriftStatus {
  if (cannotTell.length + apisDisagree.length > 0 || iam.kind === "unreadable") return "unknown";
  return changes.length === 0 ? "same" : "different";
}
