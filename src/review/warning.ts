/** Something that will go wrong, or is probably not meant so. */

export interface ReviewWarning {
  readonly code: "settings" | "no-account" | "no-team" | "no-members" | "nested-groups" | "contradiction";
  /** Name of the step after which it is so; undefined at the start. */
  readonly step: string | undefined;
  /** One sentence about a setting, a user, a group or an expectation. */
  readonly sentence: string;
}
