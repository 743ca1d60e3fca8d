/** What a plan leaves alone because it is protected, and lists; the rest goes on. */

import { foldCase } from "../../../ground/text/fold-case.ts";
import { nameList } from "../../../ground/text/name-list.ts";
import { plural } from "../../../ground/text/plural.ts";
import {
  isUserToRemove,
  subjectOf,
  type Change,
  type Member,
  type TeamMembersDiffer,
} from "../../compare/change.ts";
import type { Drift } from "../../compare/diff.ts";
import type { LeftOut } from "./left-out.ts";
import {
  membersRemoved,
  membersSummary,
  nameGiven,
  type ChangeMembers,
  type Operation,
  type OperationMember,
} from "../operations/operation.ts";
import { isProviderOperation } from "../operations/provider-operation.ts";
import { isProtectedUser } from "../../safety/protect.ts";
import type { Protection } from "../../safety/protection.ts";
import { isNamed, namesOf, selects, type PlanCommand, type Selection } from "../selection.ts";

export interface WithoutProtected {
  readonly operations: readonly Operation[];
  readonly leftOut: readonly LeftOut[];
}

/** Every operation is checked by the ids that it would write to, members included. */
export function leaveOutProtected(
  operations: readonly Operation[],
  protection: Protection,
): WithoutProtected {
  const kept: Operation[] = [];
  const leftOut: LeftOut[] = [];
  for (const operation of operations) {
    const why = whyLeftOut(operation, protection);
    if (why !== undefined) {
      leftOut.push(why);
    } else if ("members" in operation) {
      const { open, skipped } = splitMembers(operation, protection);
      if (open !== undefined) kept.push(open);
      leftOut.push(...skipped);
    } else {
      kept.push(operation);
    }
  }
  return { operations: kept, leftOut };
}

function whyLeftOut(operation: Operation, protection: Protection): LeftOut | undefined {
  const { subject, named } = operation;
  const about = (code: LeftOut["code"], reason: string): LeftOut => {
    return { code, kind: subject.kind, name: subject.name, reason };
  };
  if (isProtectedSubject(operation, protection))
    return about("protected", "is protected: repairs do not change it");
  const isForbidden = ["delete-user", "deactivate-user", "rename-user", "renew-assignment"].includes(
    operation.kind,
  );
  if (isForbidden && accountIds(operation).some((id) => protection.ownerIds.has(id))) {
    const reason = "is an Organization Owner: repairs never delete, deactivate or rename owners";
    return about(named === true ? "protected" : "owner", reason);
  }
  const stopped = membersRemoved(operation).filter((member) => isProtectedUser(member, protection));
  if (isProviderOperation(operation) && stopped.length > 0) {
    const names = nameList(stopped.map(({ userName }) => userName));
    return about("protected", `is not pushed: protected members would fall out (${names})`);
  }
  if (operation.kind !== "delete-team") return undefined;
  const protectedMembers = operation.memberIds.filter((id) => protection.userIds.has(id)).length;
  if (protectedMembers === 0) return undefined;
  const reason = `has ${protectedMembers === 1 ? "a protected member" : plural(protectedMembers, "protected member")}: it is not deleted`;
  return about(named === true ? "protected" : "protected-apart", reason);
}

/** The subject by its id, by its name, or by the name that it would be given. */
function isProtectedSubject(operation: Operation, protection: Protection): boolean {
  const { subject } = operation;
  const { userIds, teamIds, keys } = protection;
  const ids = subject.kind === "user" ? userIds : teamIds;
  const given = nameGiven(operation);
  return (
    keys.has(subject.key) ||
    accountIds(operation).some((id) => ids.has(id)) ||
    (given !== undefined && keys.has(foldCase(given)))
  );
}

/** SCIM ids of what an operation changes: its subject, and the account that a provider would deactivate. */
function accountIds(operation: Operation): readonly string[] {
  const { subject } = operation;
  const linked = operation.kind === "renew-assignment" ? [operation.linkedId] : [];
  return [...(subject.scimId === null ? [] : [subject.scimId]), ...linked];
}

function splitMembers(
  operation: ChangeMembers,
  protection: Protection,
): { readonly open: ChangeMembers | undefined; readonly skipped: readonly LeftOut[] } {
  const isSkipped = (member: OperationMember): boolean => isProtectedUser(member, protection);
  const members = operation.members.filter((member) => !isSkipped(member));
  if (members.length === operation.members.length) return { open: operation, skipped: [] };
  const verb = operation.kind === "add-members" ? "added to" : "removed from";
  const skipped = operation.members.filter(isSkipped).map((member): LeftOut => {
    const reason = `is protected, so is not ${verb} the Team ${operation.subject.name}`;
    const code = member.named === true ? "protected" : "protected-apart";
    return { code, kind: "user", name: member.userName, reason };
  });
  if (members.length + operation.unknownMembers.length === 0) return { open: undefined, skipped };
  return { open: { ...operation, members, summary: membersSummary({ ...operation, members }) }, skipped };
}

/**
 * The differences that the command would have repaired if they were not about protected accounts, Teams or memberships.
 * What was asked for by name is explained elsewhere.
 */
export function protectedDifferences(
  command: PlanCommand,
  { protectedSkipped, protection }: Drift,
  selection: Selection,
): readonly LeftOut[] {
  const isProtectedTeam = ({ team, held }: TeamMembersDiffer): boolean =>
    protection.teamIds.has(held.scimId) || protection.keys.has(team.key);
  const found = protectedSkipped
    .filter((change) => isFor[command](change) && selects(selection, change))
    .flatMap((change) =>
      change.kind === "team-members-differ" && !isProtectedTeam(change)
        ? membershipsLeft(change)
        : [subjectLeftOut(change)],
    )
    .filter((one) => !isNamedIn(selection, one));
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

const isLeftOver = (change: Change): boolean => isUserToRemove(change) || change.kind === "team-left-over";

const isLinkedLeaver = (change: Change): boolean => "link" in change && change.link === "linked";

const isFor: Readonly<Record<PlanCommand, (change: Change) => boolean>> = {
  delete: isLeftOver,
  resync: (change) => !isLeftOver(change) || isLinkedLeaver(change),
  "push-group": (change) => !isLeftOver(change) && subjectOf(change).kind === "team",
  // It joins plans that list them.
  diff: () => false,
  cleanup: () => false,
  undo: () => false,
};

function subjectLeftOut(change: Change): LeftOut {
  const { kind, name } = subjectOf(change);
  return { code: "protected-apart", kind, name, reason: "is protected: repairs do not change it" };
}

function membershipsLeft(change: TeamMembersDiffer): readonly LeftOut[] {
  const { name } = subjectOf(change);
  const about = ({ userName }: Member, verb: string): LeftOut => {
    const reason = `is protected, so is not ${verb} the Team ${name}`;
    return { code: "protected-apart", kind: "user", name: userName, reason };
  };
  return [
    ...change.missing.map((member) => about(member, "added to")),
    ...change.leftOver.map((member) => about(member, "removed from")),
  ];
}

function isNamedIn(selection: Selection, { kind, name }: LeftOut): boolean {
  const names = namesOf(kind === "user" ? selection.users : selection.teams);
  return isNamed(names, { key: foldCase(name), scimId: undefined });
}
