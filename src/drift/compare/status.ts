/** What a comparison came to, in a word. */

import type { ProviderReport } from "../provider/provider-report.ts";
import type { IamReading } from "../../astro/records/iam-side.ts";

/** `unknown`: something could not be determined, even if there are differences. */
export type DriftStatus = "same" | "different" | "unknown";

interface Outcome {
  readonly changes: readonly unknown[];
  readonly cannotTell: readonly unknown[];
  readonly apisDisagree: readonly unknown[];
  readonly iam: Pick<IamReading, "kind">;
  /** What a live provider says. */
  readonly provider: Pick<ProviderReport, "problems" | "isMappingUnknown"> | undefined;
}

export function driftStatus({ changes, cannotTell, apisDisagree, iam, provider }: Outcome): DriftStatus {
  const isUnknown = cannotTell.length + apisDisagree.length > 0 || iam.kind === "unreadable";
  if (isUnknown || provider?.isMappingUnknown === true) return "unknown";
  return changes.length + (provider?.problems.length ?? 0) === 0 ? "same" : "different";
}
