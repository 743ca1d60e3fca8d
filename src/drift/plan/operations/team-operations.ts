/** Changes of Teams turned into operations. */

import type { HeldTeam, HeldUser, UnseenMember } from "../../../astro/held.ts";
import { rolesLostInWords, rolesLostWithTeam } from "./roles-lost.ts";
import { plural } from "../../../ground/text/plural.ts";
import type { AstroTeam } from "../../../astro/state.ts";
import type { Member, TeamChange, TeamMembersDiffer, TeamMissing } from "../../compare/change.ts";
import type { Drift } from "../../compare/diff.ts";
import type { LeftOut } from "../left-out/left-out.ts";
import {
  membersSummary,
  type ChangeMembers,
  type DeleteTeam,
  type Operation,
  type OperationMember,
  type OperationSubject,
} from "./operation.ts";
import { isSelected, namesOf, type Names } from "../selection.ts";
import { accountOperationId } from "./user-operations.ts";

export interface TeamRepair {
  readonly operations: readonly Operation[];
  /** Members who cannot be added, because they have no active account and the plan makes none. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * The operations that make Teams what the directory says; left-over Teams stay.
 * @param accountOperations ids of the plan's operations that make or activate accounts.
 */
export function repairTeams(
  changes: readonly TeamChange[],
  accountOperations: ReadonlySet<string>,
): TeamRepair {
  const repairs = changes.map((change) => repairTeam(change, accountOperations));
  return {
    operations: repairs.flatMap((repair) => repair.operations),
    leftOut: repairs.flatMap((repair) => repair.leftOut),
  };
}

/** The deletion of a Team, whose roles go with it. */
export function deleteTeam(
  held: HeldTeam,
  management: DeleteTeam["management"],
  accounts: ReadonlyMap<string, HeldUser> = new Map(),
): DeleteTeam {
  const roles = held.iam && rolesLostWithTeam(held, held.iam, accounts);
  return {
    id: `delete-team ${held.scimId}`,
    kind: "delete-team",
    subject: subjectOfTeam(held),
    dependsOn: [],
    summary: `delete the Team ${held.displayName} with its roles (${membersOf(held)})${roles === undefined ? "" : `; ${rolesLostInWords(roles)}`}`,
    management,
    memberIds: [...held.memberIds],
    ...(roles === undefined ? {} : { roles }),
  };
}

/**
 * What is done about Teams whose members the target does not show: one that was asked for by name is filled, for adding who is
 * there already changes nothing (RFC 7644 §3.5.2.1), and nobody is taken out. The others stay as they are.
 */
export function unseenTeams(
  { cannotTell }: Pick<Drift, "cannotTell">,
  teams: Names,
  accountOperations: ReadonlySet<string>,
): TeamRepair {
  const names = namesOf(teams);
  const repairs = cannotTell.map(({ team, held, members }): TeamRepair => {
    const isAskedFor = isSelected(names, team, held);
    if (!isAskedFor) {
      return { operations: [], leftOut: teams === "all" ? [unseenTeam(team)] : [] };
    }
    const { addable, leftOut } = addableMembers(team, members, accountOperations);
    const operations = addMembers(subjectOfTeam(held), addable, []);
    return operations.length + leftOut.length === 0
      ? { operations, leftOut: [unseenTeam(team)] }
      : { operations, leftOut };
  });
  return {
    operations: repairs.flatMap(({ operations }) => operations),
    leftOut: repairs.flatMap(({ leftOut }) => leftOut),
  };
}

function unseenTeam({ displayName }: AstroTeam): LeftOut {
  return {
    code: "members-not-shown",
    kind: "team",
    name: displayName,
    reason:
      "is not changed: the server does not show who is in its Teams; push-group with its name adds the missing members",
  };
}

function repairTeam(change: TeamChange, accountOperations: ReadonlySet<string>): TeamRepair {
  switch (change.kind) {
    case "team-missing":
      return createTeam(change, accountOperations);
    case "team-renamed": {
      const { team, held, evidence } = change;
      const inferred = evidence === "same-members" ? " (inferred: it has the same members)" : "";
      const summary = `rename the Team ${held.displayName} to ${team.displayName}${inferred}`;
      const id = `rename-team ${held.scimId}`;
      const subject = subjectOfTeam(held);
      return {
        operations: [
          { id, kind: "rename-team", subject, dependsOn: [], summary, displayName: team.displayName },
        ],
        leftOut: [],
      };
    }
    case "team-members-differ":
      return changeMembers(change, accountOperations);
    case "team-link-broken":
    case "team-left-over":
      return { operations: [], leftOut: [] };
  }
}

function createTeam({ team, members }: TeamMissing, accountOperations: ReadonlySet<string>): TeamRepair {
  const create: Operation = {
    id: `create-team ${team.key}`,
    kind: "create-team",
    subject: { kind: "team", key: team.key, name: team.displayName, scimId: null, fingerprint: null },
    dependsOn: [],
    summary: `create the Team ${team.displayName}`,
    displayName: team.displayName,
  };
  const { addable, leftOut } = addableMembers(team, members, accountOperations);
  const additions = addMembers(create.subject, addable, [create.id]);
  return { operations: [create, ...additions], leftOut };
}

function changeMembers(change: TeamMembersDiffer, accountOperations: ReadonlySet<string>): TeamRepair {
  const subject = subjectOfTeam(change.held);
  const { addable, leftOut } = addableMembers(change.team, change.missing, accountOperations);
  const removable = change.leftOver.map((member) => operationMember(member, null));
  return {
    operations: [
      ...addMembers(subject, addable, []),
      ...removeMembers(subject, removable, change.unknownMembers),
    ],
    leftOut: [...leftOut, ...change.unseenMembers.map((member) => unseenMember(member, change.held))],
  };
}

function unseenMember({ scimId, is }: UnseenMember, team: HeldTeam): LeftOut {
  return {
    code: "unseen-member",
    kind: "user",
    name: scimId,
    reason: `stays in the Team ${team.displayName}: ${unseenReasons[is]}`,
  };
}

const unseenReasons: Readonly<Record<UnseenMember["is"], string>> = {
  hidden: "the account exists, but the list of users does not show it",
  group: "it is a group, not a user",
  unreadable: "the list of users does not show it, and reading it failed",
};

function addableMembers(
  team: AstroTeam,
  members: readonly Member[],
  accountOperations: ReadonlySet<string>,
): { readonly addable: readonly OperationMember[]; readonly leftOut: readonly LeftOut[] } {
  const addable: OperationMember[] = [];
  const leftOut: LeftOut[] = [];
  for (const member of members) {
    const after = accountOperationId(member);
    if (member.account === "active") addable.push(operationMember(member, null));
    else if (accountOperations.has(after)) addable.push(operationMember(member, after));
    else leftOut.push(withoutAccount(member, team));
  }
  return { addable, leftOut };
}

function withoutAccount(member: Member, team: AstroTeam): LeftOut {
  const state = member.account === "missing" ? "has no account" : "has an account that is not active";
  return {
    code: "member-without-account",
    kind: "user",
    name: member.userName,
    reason: `${state}, so cannot be added to the Team ${team.displayName}`,
  };
}

function addMembers(
  subject: OperationSubject,
  members: readonly OperationMember[],
  dependsOn: readonly string[],
): readonly ChangeMembers[] {
  return members.length === 0
    ? []
    : [changeMembersOf({ kind: "add-members", subject, dependsOn, members, unknownMembers: [] })];
}

function removeMembers(
  subject: OperationSubject,
  members: readonly OperationMember[],
  unknownMembers: readonly string[],
): readonly ChangeMembers[] {
  return members.length + unknownMembers.length === 0
    ? []
    : [changeMembersOf({ kind: "remove-members", subject, dependsOn: [], members, unknownMembers })];
}

function changeMembersOf(change: Omit<ChangeMembers, "id" | "summary">): ChangeMembers {
  const { kind, subject } = change;
  return { ...change, id: `${kind} ${subject.scimId ?? subject.key}`, summary: membersSummary(change) };
}

function operationMember(member: Member, after: string | null): OperationMember {
  return { key: member.key, userName: member.userName, scimId: member.scimId ?? null, after };
}

/** The Team as it is seen now. */
export function subjectOfTeam(held: HeldTeam): OperationSubject {
  const { key, displayName, scimId, fingerprint } = held;
  return { kind: "team", key, name: displayName, scimId, fingerprint };
}

function membersOf({ areMembersUnknown, memberIds }: HeldTeam): string {
  return areMembersUnknown === true
    ? "the server does not show its members"
    : plural(memberIds.size, "member");
}
