/** Settings in their order: the flag, the profile, the default. */

import type { RepairFlags, TargetFlags } from "./options.ts";
import type { Target } from "./target/resolve-target.ts";

export interface Settings {
  readonly timeoutMs: number;
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Requests a second at most; undefined leaves it to the target. */
  readonly rate: number | undefined;
  /** undefined for the limit that goes with the size of the organization. */
  readonly maxDeletions: number | undefined;
  /** Of the profile; a fixture has its own, and both hold. */
  readonly protect: readonly string[];
  readonly readOnly: boolean;
}

export function settingsOf(
  flags: TargetFlags & Pick<RepairFlags, "concurrency" | "rate"> & { readonly maxDeletions?: number },
  target: Target,
): Settings {
  const profile = target.kind === "remote" ? target.profile : undefined;
  return {
    timeoutMs: (flags.timeout ?? profile?.timeout ?? 60) * 1000,
    concurrency: flags.concurrency ?? profile?.concurrency ?? 4,
    rate: flags.rate ?? profile?.rate,
    maxDeletions: flags.maxDeletions ?? profile?.maxDeletions,
    protect: profile?.protect ?? [],
    readOnly: profile?.readOnly ?? false,
  };
}
