/** Teams that a plan would leave without a member. */

import { allTeams, allUsers, type HeldState, type HeldTeam, type UnseenMember } from "../../../astro/held.ts";
import {
  membersAdded,
  membersRemoved,
  type Operation,
  type OperationMember,
} from "../operations/operation.ts";

/** A Team that has members now and would have none. */
export interface EmptiedTeam {
  readonly name: string;
  readonly scimId: string;
}

/**
 * Counts every operation together: members that are removed, accounts that are deleted or deactivated, members that are added. An
 * inactive account has no access, so it does not count as a member, nor does a member that cannot be read. An active one
 * that the list of users hides counts, and so does a nested group. A Team that the plan deletes is not emptied.
 */
export function emptiedTeams(operations: readonly Operation[], held: HeldState): readonly EmptiedTeam[] {
  const effect = effectOf(operations);
  if (effect.deletedUsers.size + effect.removed.size === 0) return [];
  const inactive = new Set(
    allUsers(held)
      .filter(({ active }) => !active)
      .map(({ scimId }) => scimId),
  );
  return allTeams(held)
    .filter(({ scimId }) => !effect.deletedTeams.has(scimId) && !effect.filled.has(scimId))
    .filter((team) => isEmptied(team, effect, inactive))
    .map(({ displayName, scimId }) => ({ name: displayName, scimId }));
}

interface Effect {
  readonly deletedUsers: ReadonlySet<string>;
  readonly deletedTeams: ReadonlySet<string>;
  /** Ids of members that are removed, by the id of their Team. */
  readonly removed: ReadonlyMap<string, ReadonlySet<string>>;
  /** Teams that get a new member who stays. */
  readonly filled: ReadonlySet<string>;
}

function effectOf(operations: readonly Operation[]): Effect {
  const deletedUsers = new Set<string>();
  const deletedTeams = new Set<string>();
  const removed = new Map<string, ReadonlySet<string>>();
  const added = new Map<string, readonly OperationMember[]>();
  for (const operation of operations) {
    const { scimId } = operation.subject;
    if (scimId === null) continue;
    if (operation.kind === "delete-user" && operation.createdByRun !== true) deletedUsers.add(scimId);
    if (operation.kind === "deactivate-user") deletedUsers.add(scimId);
    if (operation.kind === "delete-team") deletedTeams.add(scimId);
    const [coming, going] = [membersAdded(operation), idsRemoved(operation)];
    if (coming.length > 0) added.set(scimId, coming);
    if (going.length > 0) removed.set(scimId, new Set(going));
  }
  const isGoing = (team: string, id: string): boolean =>
    deletedUsers.has(id) || removed.get(team)?.has(id) === true;
  const filled = [...added].filter(([team, members]) =>
    members.some(({ scimId }) => scimId === null || !isGoing(team, scimId)),
  );
  return { deletedUsers, deletedTeams, removed, filled: new Set(filled.map(([team]) => team)) };
}

function idsRemoved(operation: Operation): readonly string[] {
  const ids = membersRemoved(operation).flatMap((member) => member.scimId ?? []);
  return operation.kind === "remove-members" ? [...ids, ...operation.unknownMembers] : ids;
}

function isEmptied(team: HeldTeam, effect: Effect, inactive: ReadonlySet<string>): boolean {
  const removed = effect.removed.get(team.scimId);
  const isDeleted = ({ scimId }: UnseenMember): boolean => effect.deletedUsers.has(scimId);
  if (team.unseenMembers.some((member) => isFilling(member) && !isDeleted(member))) return false;
  const unseen = new Set(team.unseenMembers.map(({ scimId }) => scimId));
  const counted = [
    ...[...team.memberIds].filter((id) => !inactive.has(id) && !unseen.has(id)),
    // A server may call an account a group: with the account that member goes, too.
    ...team.unseenMembers.filter(isDeleted).map(({ scimId }) => scimId),
  ];
  const isLeft = (id: string): boolean => !effect.deletedUsers.has(id) && removed?.has(id) !== true;
  return counted.length > 0 && !counted.some(isLeft);
}

function isFilling({ is, account }: UnseenMember): boolean {
  return is === "group" || (is === "hidden" && account?.active !== false);
}

/**
 * The same operations; where only the members that are added would be left in a Team, they are added before others are
 * removed.
 */
export function fillBeforeEmptying(operations: readonly Operation[], held: HeldState): readonly Operation[] {
  const unfilled = emptiedTeams(
    operations.filter(({ kind }) => kind !== "add-members"),
    held,
  );
  const emptied = new Set(unfilled.map(({ scimId }) => scimId));
  const fillers = new Map(
    operations.filter(({ kind }) => kind === "add-members").map(({ subject, id }) => [subject.scimId, id]),
  );
  return operations.map((operation) => {
    const { kind, subject, dependsOn } = operation;
    const filler = fillers.get(subject.scimId);
    const waits = kind === "remove-members" && filler !== undefined && emptied.has(subject.scimId ?? "");
    return waits ? { ...operation, dependsOn: [...dependsOn, filler] } : operation;
  });
}
