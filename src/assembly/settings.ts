/** Settings in their order: the flag, the profile, the default. */

import type { StatedResponsibility } from "../astro/responsibility.ts";
import type { Budget, Limit } from "../drift/safety/budget.ts";
import type { Profile } from "../target/profile/find-profile.ts";
import type { Target } from "../target/resolve-target.ts";

export interface SettingFlags {
  /** Seconds. */
  readonly timeout?: number;
  readonly concurrency?: number;
  readonly rate?: number;
  readonly maxDeletions?: Limit;
  readonly maxRemovals?: Limit;
  readonly maxRenames?: Limit;
}

export interface Settings {
  readonly timeoutMs: number;
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Requests a second at most; undefined leaves it to the target. */
  readonly rate: number | undefined;
  /** How much a repair may take away; what is undefined goes with the size of the organization. */
  readonly limits: Omit<Budget, "allowEmpty">;
  /** Of the profile; a fixture has its own, and both hold. */
  readonly protect: readonly string[];
  /** Of the profile; a fixture has its own, and both hold. */
  readonly responsibleFor: readonly StatedResponsibility[];
  readonly readOnly: boolean;
}

export function settingsOf(flags: SettingFlags, target: Target): Settings {
  const profile: Partial<Profile> = (target.kind === "remote" ? target.profile : undefined) ?? {};
  const { timeout, concurrency, rate, ...limits } = { ...profile, ...given(flags) };
  return {
    timeoutMs: (timeout ?? 60) * 1000,
    concurrency: concurrency ?? 4,
    rate,
    limits: {
      maxDeletions: limits.maxDeletions,
      maxRemovals: limits.maxRemovals,
      maxRenames: limits.maxRenames,
    },
    protect: profile.protect ?? [],
    responsibleFor: statedBy(profile),
    readOnly: profile.readOnly ?? false,
  };
}

function statedBy({ responsibleFor, label = "" }: Partial<Profile>): readonly StatedResponsibility[] {
  return responsibleFor === undefined ? [] : [{ ...responsibleFor, statedBy: label }];
}

/** The flags that were given: an absent one must not hide what the profile says. */
function given(flags: SettingFlags): SettingFlags {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}
