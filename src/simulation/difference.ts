/** A change of a comparison in the words in which a fixture expects it. */

import type { Difference } from "../directory/difference.ts";
import type { BrokenLink } from "../drift/compare/broken-links.ts";
import { isBrokenLink } from "../drift/plan/left-out/links-left.ts";
import {
  isTeamChange,
  subjectOf,
  type Change,
  type Member,
  type TeamChange,
  type UserChange,
  type UserNeverLinked,
} from "../drift/compare/change.ts";

/** The kinds of `Change` are those of `differenceKinds`: where one is missing there, or here, this does not compile. */
export function differenceOf(change: Change): Difference {
  return { kind: change.kind, name: subjectOf(change).name, details: detailsOf(change) };
}

function detailsOf(change: Change): Difference["details"] {
  return isBrokenLink(change) ? { problem: change.problem.kind } : differenceIn(change);
}

function differenceIn(change: Exclude<Change, BrokenLink>): Difference["details"] {
  return isTeamChange(change) ? teamDifference(change) : userDifference(change);
}

function userDifference(change: Exclude<UserChange, BrokenLink>): Difference["details"] {
  switch (change.kind) {
    case "user-missing":
    case "user-invite-pending":
    case "user-inactive":
    case "user-banned":
      return {};
    case "user-renamed":
      return { expected: change.user.userName, held: change.held.userName, evidence: change.evidence };
    case "user-attribute-differs": {
      const { attribute, expectedValue, heldValue } = change;
      return { attribute, expected: expectedValue ?? null, held: heldValue ?? null };
    }
    case "user-never-linked":
      return neverLinkedDifference(change);
    case "user-duplicate":
      return { user: change.user.userName, evidence: change.evidence, reason: change.reason };
    case "user-left-over":
      return { reason: change.reason };
  }
}

function neverLinkedDifference({ user, evidence, reason }: UserNeverLinked): Difference["details"] {
  return { user: user?.userName ?? null, evidence, reason: reason === "" ? null : reason };
}

function teamDifference(change: Exclude<TeamChange, BrokenLink>): Difference["details"] {
  switch (change.kind) {
    case "team-missing":
      return { members: namesOf(change.members) };
    case "team-renamed":
      return { expected: change.team.displayName, held: change.held.displayName, evidence: change.evidence };
    case "team-members-differ":
      return {
        missing: namesOf(change.missing),
        leftOver: namesOf(change.leftOver),
        unknownMembers: change.unknownMembers,
        unseenMembers: change.unseenMembers.map(({ scimId }) => scimId),
      };
    case "team-left-over":
      return { evidence: change.evidence };
  }
}

function namesOf(members: readonly Member[]): readonly string[] {
  return members.map(({ userName }) => userName);
}
