/** Something that will go wrong, or is probably not meant so: a code with what it is about. */

import type { Exclusion } from "../astro/responsibility.ts";
import type { UnmetState } from "../idp/run/unmet-expectation.ts";

export type ReviewWarning = ReviewFinding & {
  /** Name of the step after which it is so; undefined at the start. */
  readonly step: string | undefined;
};

export type ReviewFinding =
  /** Of the app's settings; the sentence is the provider's own. */
  | { readonly code: "settings"; readonly sentence: string }
  | { readonly code: "no-account"; readonly user: string; readonly reason: string }
  /** Without a group: none becomes one. */
  | { readonly code: "no-team"; readonly group: UnmadeTeam | undefined }
  /** So many members, none of whom has an active account. */
  | { readonly code: "no-members"; readonly team: string; readonly members: number }
  /** No member is pushed: so many of them are assigned for single sign-on alone. */
  | { readonly code: "sso-only-members"; readonly team: string; readonly members: number }
  | NestedGroups
  /** The directory provisions it, and says that it is not responsible for it. */
  | {
      readonly code: "outside-responsibility";
      readonly kind: "user" | "team";
      readonly name: string;
      readonly exclusion: Exclusion;
    }
  | DroppedAttribute
  /** A step expects otherwise than the directory, put through the app's mappings, says. */
  | { readonly code: "contradiction"; readonly unmet: UnmetState };

/** A group that is to become a Team and does not. */
export interface UnmadeTeam {
  readonly name: string;
  /** The provider's word for what was done with it: `pushed`. */
  readonly provided: string;
  readonly why: "no-security-group" | "left-out-by-settings";
}

/** A group that becomes a Team and has groups within. */
export interface NestedGroups {
  readonly code: "nested-groups";
  readonly group: string;
  readonly within: readonly string[];
  /** Users who are only in those, and so not in the Team. */
  readonly lost: readonly string[];
  /** How many of them have no account at all. */
  readonly lostWithoutAccount: number;
}

/** A mapped attribute, by its path, that the local Astro drops: so many users have a value for it. */
export interface DroppedAttribute {
  readonly code: "not-kept";
  readonly attribute: string;
  readonly users: number;
}
