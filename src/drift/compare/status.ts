/** What a comparison came to, in a word. */

import type { IamReading } from "../../astro/records/iam-side.ts";

/** `unknown`: something could not be determined, even if there are differences. */
export type DriftStatus = "same" | "different" | "unknown";

interface Outcome {
  readonly changes: readonly unknown[];
  readonly cannotTell: readonly unknown[];
  readonly iam: Pick<IamReading, "kind">;
  /** Problems that the provider reports, beside the differences. */
  readonly problems: readonly unknown[];
  /** A mapping that decides about every account cannot be evaluated. */
  readonly isMappingUnknown: boolean;
}

export function driftStatus({ changes, cannotTell, iam, problems, isMappingUnknown }: Outcome): DriftStatus {
  if (cannotTell.length > 0 || iam.kind === "unreadable" || isMappingUnknown) return "unknown";
  return changes.length + problems.length === 0 ? "same" : "different";
}
