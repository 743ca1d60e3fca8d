/** What each finding of a live provider counts for: a row for each kind. */

import type { FindingKind } from "../../directory/provider-finding.ts";
import type { Change } from "../compare/change.ts";

interface FindingRule {
  readonly about: "user" | "group" | "app";
  /** A `problem` counts as a difference does: exit status 2. `information` is listed and not counted. */
  readonly weight: "problem" | "information";
  /** The reason for its weight. */
  readonly why: string;
  /** Differences of the same user or Team that have the same cause: the finding is shown in their row and not counted again. */
  readonly shownWith: readonly Change["kind"][];
}

const ofAccount = [
  "user-missing",
  "user-invite-pending",
  "user-banned",
  "user-inactive",
  "user-link-broken",
  "user-never-linked",
  "user-renamed",
  "user-attribute-differs",
] as const satisfies readonly Change["kind"][];

const ofTeam = [
  "team-missing",
  "team-link-broken",
  "team-renamed",
  "team-members-differ",
] as const satisfies readonly Change["kind"][];

/** In the order in which they are listed: what stops everything comes first. */
export const findingKinds = {
  "job-in-quarantine": {
    about: "app",
    weight: "problem",
    why: "Provisioning runs once a day at most, and stops after four weeks.",
    shownWith: [],
  },
  "job-not-running": {
    about: "app",
    weight: "problem",
    why: "Nothing is sent: nobody gets an account, and nobody loses one.",
    shownWith: [],
  },
  "toggle-off": {
    about: "app",
    weight: "problem",
    why: "Something is never sent, so Astro keeps what it has even when the directory changes.",
    shownWith: [],
  },
  "user-not-provisioned": {
    about: "user",
    weight: "problem",
    why: "The user is assigned and has no access; if an account exists anyway, it has no link and stays active when the user leaves.",
    shownWith: ofAccount,
  },
  "user-not-in-sync": {
    about: "user",
    weight: "problem",
    why: "A change was not pushed, and later ones are not pushed either until the task is resolved.",
    shownWith: [...ofAccount, "user-left-over"],
  },
  "user-in-escrow": {
    about: "user",
    weight: "problem",
    why: "The last export failed, and the retries end after four weeks.",
    shownWith: [...ofAccount, "user-left-over"],
  },
  "user-skipped": {
    about: "user",
    weight: "problem",
    why: "The user should be provisioned, and the provider skips the user for a reason that astro-scim cannot see.",
    shownWith: ofAccount,
  },
  "user-without-mail": {
    about: "user",
    weight: "problem",
    why: "The user is assigned and can get no account until the attribute has a value.",
    shownWith: [],
  },
  "group-in-escrow": {
    about: "group",
    weight: "problem",
    why: "The last export failed, and the retries end after four weeks.",
    shownWith: ofTeam,
  },
  "push-mapping-failed": {
    about: "group",
    weight: "problem",
    why: "After a failed push nothing more is pushed to the Team.",
    shownWith: ofTeam,
  },
  "push-mapping-inactive": {
    about: "group",
    weight: "problem",
    why: "The Team keeps members that the group loses. Okta also deactivates a mapping by itself, for example when its group is renamed.",
    shownWith: [...ofTeam, "team-left-over"],
  },
  "members-cut-off": {
    about: "group",
    weight: "problem",
    why: "Pushing again does not help while a server keeps or shows only so many members, and still answers 200.",
    shownWith: ["team-members-differ"],
  },
  "user-only-nested": {
    about: "user",
    weight: "information",
    why: "The provider never provisions members of nested groups, so Astro holds what it should until the groups are changed. An active account of such a user is a difference of its own.",
    shownWith: ["user-left-over", "user-never-linked", "user-duplicate"],
  },
  "user-is-guest": {
    about: "user",
    weight: "information",
    why: "Guests are provisioned as other users are.",
    shownWith: [],
  },
  "group-assigned-not-pushed": {
    about: "group",
    weight: "information",
    why: "A group can be assigned for access alone, without a Team.",
    shownWith: [],
  },
  "group-pushed-not-assigned": {
    about: "group",
    weight: "information",
    why: "The assignment decides who gets access. An active account of such a member is a difference of its own.",
    shownWith: [],
  },
} as const satisfies Readonly<Record<FindingKind, FindingRule>>;

/** The rule of a kind, for code that does not know which it is. */
export function findingRule(kind: FindingKind): FindingRule {
  return findingKinds[kind];
}

/** In the order of the table. */
export const findingKindNames: readonly FindingKind[] = Object.keys(findingKinds).filter(isFindingKind);

function isFindingKind(name: string): name is FindingKind {
  return Object.hasOwn(findingKinds, name);
}
