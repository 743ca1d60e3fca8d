/** What a plan leaves out, and why. */

/** Why something that was asked for, or that differs, is not in the plan. */
export const leftOutCodes = [
  /** That name exists neither in the directory nor in Astro. */
  "unknown-name",
  /** Several accounts or Teams have it; the SCIM id tells them apart. */
  "ambiguous-name",
  /** The directory's user cannot have an account: no userName, a mapping that failed. */
  "unmappable",
  /** Assigned for single sign-on alone: the provider does not know an account that a repair makes, so nothing would deactivate it. */
  "sso-only",
  /** A Team without the members of its group who are assigned for single sign-on alone. */
  "sso-only-members",
  /** Not pushed by the provider, so there is nothing to make the Team equal to. */
  "not-pushed",
  "protected",
  /** Protected, or a Team with a protected member, and not asked for by its name. */
  "protected-apart",
  /** Outside what the directory is responsible for, and asked for by its name. */
  "outside",
  /** Outside, or a Team with a member from outside, and not asked for by its name. */
  "outside-apart",
  /** An organization owner, whom no repair deletes or renames. */
  "owner",
  /** It matches the directory. */
  "nothing-to-do",
  /** The directory requires it, or it cannot be used: nothing to delete. */
  "not-left-over",
  /** The directory wants it gone: `delete` is for that. */
  "left-over",
  /** Should be a member and has no active account, which this plan does not change. */
  "member-without-account",
  /** An attribute refers to the account of a user who has none yet. */
  "reference-without-account",
  /** An attribute is made of an id that the directory does not give. */
  "unknown-id",
  /** The target does not show who is in the Team: it is filled only where it is named, and not deleted if a member may not lose it. */
  "members-not-shown",
  /** The user belongs in a Team that does not exist, which this plan does not change. */
  "team-missing",
  /** Nothing tells who manages the Team: it goes only by its name. */
  "unknown-management",
  /** The provider is not linked to the account or the Team, which only its own console can mend. */
  "provider-link",
  /** Invited in Astro, and not accepted yet: nothing is created beside the invitation. */
  "invite-pending",
  /** Astronomer has banned the account, which no write ends. */
  "banned",
  /** SCIM and IAM say different things of the account, so it is unknown whether anything is to be done. */
  "apis-disagree",
  /** The account was there before SCIM, and the provider never linked it, which only its own console can mend. */
  "never-linked",
  /** Another account of a user of the directory: it goes only by its name. */
  "same-person",
  /** IAM shows it and SCIM does not, so nothing can be written to it over SCIM. */
  "hidden-from-scim",
  /** Made in Astro, not managed by the identity provider, and to be deleted by its name: never. */
  "local-team",
  /** The same, and not asked for by its name: it is changed only where it is. */
  "local-team-apart",
  /** A member that the list of users does not show: it is unknown whether it belongs there. */
  "unseen-member",
  /** In a saved plan, and no longer as it was when the plan was saved. */
  "changed-since",
  /** Said to have been created by a run, and there before it. */
  "held-before",
  /** Appeared during a run that asked for one of that name, and no answer says that the run created it. */
  "not-known-created",
  /** Changed by a run, and by somebody else since, so it is not put back. */
  "undo-changed",
  /** What nobody can put back: an id, a link of the provider, roles. */
  "undo-lost",
  /** Nothing tells whether the run did it. */
  "undo-unknown",
] as const;

export type LeftOutCode = (typeof leftOutCodes)[number];

export interface LeftOut {
  readonly code: LeftOutCode;
  readonly kind: "user" | "team";
  readonly name: string;
  /** One sentence for people, without the name. */
  readonly reason: string;
}
