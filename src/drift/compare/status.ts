/** What a comparison came to, in a word. */

import type { ProviderReport } from "../provider/provider-report.ts";
import type { ExpectedState } from "../../astro/state.ts";
import { areAllSsoOnly } from "./users/sso-only.ts";
import type { IamReading } from "../../astro/records/iam-side.ts";

/** `unknown`: something could not be determined, even if there are differences. */
export type DriftStatus = "same" | "different" | "unknown";

interface Outcome {
  readonly changes: readonly unknown[];
  readonly cannotTell: readonly unknown[];
  readonly apisDisagree: readonly unknown[];
  readonly iam: Pick<IamReading, "kind">;
  readonly expected: ExpectedState;
  /** What a live provider says. */
  readonly provider: Pick<ProviderReport, "problems" | "isMappingUnknown"> | undefined;
}

export function driftStatus(outcome: Outcome): DriftStatus {
  const { changes, cannotTell, apisDisagree, iam, provider, expected } = outcome;
  const isUnknown = cannotTell.length + apisDisagree.length > 0 || iam.kind === "unreadable";
  if (isUnknown || provider?.isMappingUnknown === true) return "unknown";
  if (changes.length + (provider?.problems.length ?? 0) > 0) return "different";
  // Nobody is provisioned, so no account was compared.
  return areAllSsoOnly(expected) ? "unknown" : "same";
}
