/** Drift, item by item: each a difference between what the directory says and what Astro holds, as data. */

import type { HeldTeam, HeldUser, UnseenMember } from "../../astro/held.ts";
import type { AstroTeam, ExpectedUser, StateKey } from "../../astro/state.ts";

/** A user as a member of a Team. */
export interface Member {
  readonly key: StateKey;
  readonly userName: string;
  /** Undefined where there is no account yet. */
  readonly scimId: string | undefined;
  /** What the account is now, before anything is repaired. */
  readonly account: "active" | "inactive" | "missing";
}

/** Should have an account and has none. */
export interface UserMissing {
  readonly kind: "user-missing";
  readonly user: ExpectedUser;
  /** The provider's id of the user; undefined where it is not sent, or not known. */
  readonly externalId: string | undefined;
  /** What the account is to be created with, by path: references by the id of the account that they hold. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What it is created with beside them, and may not show: the target does not seem to keep it. */
  readonly attributesNotKept?: Readonly<Record<string, string>>;
  /** References to accounts that do not exist yet. */
  readonly awaited: readonly AwaitedAccount[];
}

/** A reference to an account that is to be, and is not there yet. */
export interface AwaitedAccount {
  readonly attribute: string;
  readonly userName: string;
}

/** Has an account that should be active and is not. */
export interface UserInactive {
  readonly kind: "user-inactive";
  readonly user: ExpectedUser;
  readonly held: HeldUser;
}

/** Should have an account, and Astronomer has banned it: the user cannot sign in, and nothing written over SCIM ends that. */
export interface UserBanned {
  readonly kind: "user-banned";
  readonly user: ExpectedUser;
  readonly held: HeldUser;
}

/** The user's account has another userName: both sides have the same `externalId`, or the provider is linked to it. */
export interface UserRenamed {
  readonly kind: "user-renamed";
  readonly user: ExpectedUser;
  readonly held: HeldUser;
  readonly evidence: "external-id" | "linked";
}

/** A mapped attribute, named by its path, has another value; undefined means no value. */
export interface UserAttributeDiffers {
  readonly kind: "user-attribute-differs";
  readonly user: ExpectedUser;
  readonly held: HeldUser;
  readonly attribute: string;
  readonly expectedValue: string | undefined;
  readonly heldValue: string | undefined;
  /** Of a reference, whose values are ids: whose accounts they are, as far as it is known. */
  readonly accounts?: { readonly expected: string | undefined; readonly held: string | undefined };
  /** There is no account yet that the attribute could refer to: no value can be written. */
  readonly isAwaited?: true;
  /** It is made of an id that a fixture made up, and the account is on a server: the value is not written. */
  readonly isMadeUp?: true;
}

/** An active account that should have gone. */
export interface UserLeftOver {
  readonly kind: "user-left-over";
  readonly held: HeldUser;
  /** "not in the directory", "not assigned to the app", "deactivated in Okta", … */
  readonly reason: string;
  /** Two accounts have the name of one user, and nothing tells which is the user's. */
  readonly doubt?: "which-account";
  /**
   * Where it is known what the provider remembers: whether it has a link to the account. Without one no deactivation is ever
   * sent.
   */
  readonly link?: "linked" | "not-linked";
}

/** Why an account is taken for another one of a user: its name but for case, its address but for a plus tag, or an earlier name. */
export type SamePersonEvidence = "case" | "plus-address" | "old-user-name";

/** An active account of somebody who has, or should have, another one: the directory has the person once. */
export interface UserDuplicate {
  readonly kind: "user-duplicate";
  readonly user: Pick<ExpectedUser, "key" | "userName" | "scimId">;
  /** The account that the directory does not mean. */
  readonly held: HeldUser;
  readonly evidence: SamePersonEvidence;
  /** As of `UserLeftOver`. */
  readonly reason: string;
  readonly doubt?: "which-account";
}

/** Should have an account, and was invited in Astro: there is none until the invitation is accepted. */
export interface UserInvitePending {
  readonly kind: "user-invite-pending";
  readonly user: ExpectedUser;
  readonly held: HeldUser;
}

/**
 * What tells that the provider never linked an account: SCIM does not show it; SCIM is not enabled; or it has no externalId,
 * which the provider gives to every account that it creates or links.
 */
export type NeverLinkedEvidence = "hidden-from-scim" | "scim-disabled" | "no-external-id";

/** An active account that was there before SCIM, and that no provider knows: nothing deactivates it when its user leaves. */
export interface UserNeverLinked {
  readonly kind: "user-never-linked";
  /** The directory's user whose account it is; undefined where it should not be there. */
  readonly user: ExpectedUser | undefined;
  readonly held: HeldUser;
  readonly evidence: NeverLinkedEvidence;
  /** As of `UserLeftOver`; empty where it is the account of a user. */
  readonly reason: string;
}

/** What is wrong with the provider's link to an account; `scimId` is the id that the provider remembers. */
export type UserLinkProblem =
  | { readonly kind: "gone"; readonly scimId: string }
  /** `name` is the userName of the account to which the link leads. */
  | { readonly kind: "other-user" | "other-account"; readonly scimId: string; readonly name: string }
  | { readonly kind: "not-linked"; readonly why: string };

/** What is wrong with the provider's link to a Team, as `UserLinkProblem`. */
export type TeamLinkProblem =
  | { readonly kind: "gone"; readonly scimId: string }
  | { readonly kind: "other-group" | "other-team"; readonly scimId: string; readonly name: string }
  | { readonly kind: "not-linked"; readonly why: string }
  | { readonly kind: "push-failed"; readonly scimId: string; readonly why: string };

interface BrokenLink {
  /** Whose link it is. */
  readonly provider: string;
  /** What an administrator does in its console, in the imperative: no write to Astro mends a link. */
  readonly mend: string;
}

/** What the provider sends about the user does not reach the user's account: it stays active when the user leaves. */
export interface UserLinkBroken extends BrokenLink {
  readonly kind: "user-link-broken";
  /** Not in the directory any more, where the link is to the account of another user. */
  readonly user: Pick<ExpectedUser, "key" | "userName" | "scimId">;
  /** The user's account in Astro; undefined where there is none. */
  readonly resource: HeldUser | undefined;
  readonly problem: UserLinkProblem;
}

/** What the provider pushes does not reach the group's Team. */
export interface TeamLinkBroken extends BrokenLink {
  readonly kind: "team-link-broken";
  readonly team: AstroTeam;
  /** The group's Team in Astro; undefined where there is none. */
  readonly resource: HeldTeam | undefined;
  readonly problem: TeamLinkProblem;
}

/** A pushed group without its Team. */
export interface TeamMissing {
  readonly kind: "team-missing";
  readonly team: AstroTeam;
  readonly members: readonly Member[];
}

/** A pushed group whose Team has another name: known by the provider's link, or inferred from its members. */
export interface TeamRenamed {
  readonly kind: "team-renamed";
  readonly team: AstroTeam;
  readonly held: HeldTeam;
  readonly evidence: "linked" | "same-members";
}

/** A Team whose members are not those of its group. Memberships of inactive accounts do not count. */
export interface TeamMembersDiffer {
  readonly kind: "team-members-differ";
  readonly team: AstroTeam;
  readonly held: HeldTeam;
  readonly missing: readonly Member[];
  readonly leftOver: readonly Member[];
  /** Member ids that are no user's. */
  readonly unknownMembers: readonly string[];
  /** Members that the list of users does not show: it is unknown whether they belong there, so they stay. */
  readonly unseenMembers: readonly UnseenMember[];
}

/** A pushed group whose Team is there, on a server that does not show who is in it. */
export interface MembersNotShown {
  readonly team: AstroTeam;
  readonly held: HeldTeam;
  /** Who should be in it. */
  readonly members: readonly Member[];
}

/** A Team that the provider is known to manage and that no pushed group explains any more. */
export interface TeamLeftOver {
  readonly kind: "team-left-over";
  readonly held: HeldTeam;
  /** What tells that the provider manages it: its own link, or what Astro says of the Team. */
  readonly evidence: "linked" | "idp-managed";
}

export type UserChange =
  | UserMissing
  | UserInvitePending
  | UserInactive
  | UserBanned
  | UserRenamed
  | UserAttributeDiffers
  | UserLinkBroken
  | UserNeverLinked
  | UserDuplicate
  | UserLeftOver;

/** Accounts that should not be there. */
export type UserToRemove = UserLeftOver | UserDuplicate | (UserNeverLinked & { readonly user: undefined });

export type TeamChange = TeamMissing | TeamRenamed | TeamMembersDiffer | TeamLinkBroken | TeamLeftOver;
export type Change = UserChange | TeamChange;

/** What a change is about, by the name that the directory gives it, or by Astro's where the directory has none. */
export interface ChangeSubject {
  readonly kind: "user" | "team";
  readonly key: StateKey;
  readonly name: string;
}

/** The user or the Team that a change is about. */
export function subjectOf(change: Change): ChangeSubject {
  if (change.kind === "user-never-linked" || isUserToRemove(change)) {
    return { kind: "user", key: change.held.key, name: change.held.userName };
  }
  if (change.kind === "team-left-over") {
    return { kind: "team", key: change.held.key, name: change.held.displayName };
  }
  if ("team" in change) return { kind: "team", key: change.team.key, name: change.team.displayName };
  return { kind: "user", key: change.user.key, name: change.user.userName };
}

/** What Astro holds of the subject; undefined where it holds nothing. */
export function resourceOf(change: Change): HeldUser | HeldTeam | undefined {
  if ("held" in change) return change.held;
  return "resource" in change ? change.resource : undefined;
}

/** True for an account that should not be there, whatever is known of it. */
export function isUserToRemove(change: Change): change is UserToRemove {
  if (change.kind === "user-never-linked") return change.user === undefined;
  return change.kind === "user-left-over" || change.kind === "user-duplicate";
}

/** True for what concerns an account. */
export function isUserChange(change: Change): change is UserChange {
  return subjectOf(change).kind === "user";
}

/** True for what concerns a Team. */
export function isTeamChange(change: Change): change is TeamChange {
  return subjectOf(change).kind === "team";
}

const order: readonly Change["kind"][] = [
  "user-missing",
  "user-invite-pending",
  "user-inactive",
  "user-banned",
  "user-renamed",
  "user-attribute-differs",
  "user-link-broken",
  "user-never-linked",
  "user-duplicate",
  "user-left-over",
  "team-missing",
  "team-renamed",
  "team-members-differ",
  "team-link-broken",
  "team-left-over",
];

/** Sorts by kind, then by name, then by attribute: the same differences always stand in the same order. */
export function sortChanges<Item extends Change>(changes: readonly Item[]): readonly Item[] {
  const rank = new Map(order.map((kind, at) => [kind, at]));
  return changes
    .map((change) => ({ change, rank: rank.get(change.kind) ?? 0, ...sortKeys(change) }))
    .sort((a, b) => a.rank - b.rank || compare(a.key, b.key) || compare(a.detail, b.detail))
    .map(({ change }) => change);
}

function sortKeys(change: Change): { readonly key: string; readonly detail: string } {
  const { key } = subjectOf(change);
  if (change.kind === "user-attribute-differs") return { key, detail: change.attribute };
  return { key, detail: resourceOf(change)?.scimId ?? "" };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
