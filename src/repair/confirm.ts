/** Reading back: whether a resource shows what an operation has written. */

import type { HeldUser, TeamAsRead } from "../astro/held.ts";
import { heldRoles, showsRoles } from "../astro/records/held-roles.ts";
import type { Reader } from "../astro/writer.ts";
import { externalIdPath, isSameValue } from "../astro/compared-value.ts";
import {
  isDeletion,
  isRestoringRoles,
  isUserOperation,
  type DeleteTeam,
  type DeleteUser,
  type Operation,
  type RestoreRoles,
  type TeamOperation,
  type UserOperation,
} from "../drift/plan/operations/operation.ts";
import {
  isProviderOperation,
  isProviderTeamOperation,
  type ProviderOperation,
} from "../drift/plan/operations/provider-operation.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import type { IamLook } from "./executor.ts";
import { sideEffectOf } from "./side-effects.ts";
import { readResource, type Resource } from "./resource.ts";

/** Waits before each reading: a server may take its time to show what it has accepted. */
const waitsMs: readonly number[] = [0, 250, 1000];

export interface Confirmation {
  readonly holds: boolean;
  /** The server does not show what would tell: reading it again is no use. */
  readonly cannotTell?: true;
  /** What changed that was not asked for, as a clause; undefined where nothing did. */
  readonly sideEffect: string | undefined;
  /** As it was read last; undefined where there is no such resource. */
  readonly resource: Resource | undefined;
}

export interface ConfirmOptions {
  readonly scimId: string;
  /** How it was right before the write; undefined for what was made. */
  readonly before: Resource | undefined;
  /** Of an operation on members: their ids. */
  readonly memberIds: readonly string[];
  /** The server accepted the write: some keep a deleted account, inactive. */
  readonly isAccepted: boolean;
  /** Shows roles, where some are given. */
  readonly iam?: IamLook | undefined;
  readonly signal: AbortSignal;
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

/**
 * Reads until the resource shows it and nothing else has changed, three times at most.
 * @throws AppError where the server cannot be read.
 */
export async function confirm(
  operation: Operation,
  reader: Reader,
  options: ConfirmOptions,
): Promise<Confirmation> {
  let resource: Resource | undefined;
  let sideEffect: string | undefined;
  for (const waitMs of waitsMs) {
    if (waitMs > 0) await options.pause(waitMs, options.signal);
    resource = await readResource(reader, operation.subject.kind, options.scimId);
    sideEffect = resource === undefined ? undefined : sideEffectOf(operation, resource, options);
    if (isHidden(operation, resource, options.before)) {
      const told = await groupsTell(operation.kind === "add-members", { ...options, reader });
      if (told === undefined) return { holds: false, cannotTell: true, sideEffect, resource };
      if (told && sideEffect === undefined) return { holds: true, sideEffect, resource };
    } else if (sideEffect === undefined && (await holds(operation, resource, { ...options, reader })))
      return { holds: true, sideEffect, resource };
    if (options.signal.aborted) break;
  }
  return { holds: false, sideEffect, resource };
}

/** Whether the Team says nothing of members, which the operation has changed. One that did before is empty now. */
function isHidden({ kind }: Operation, now: Resource | undefined, before: Resource | undefined): boolean {
  if (kind !== "add-members" && kind !== "remove-members") return false;
  if (before?.kind === "team" && before.seen.showsMembers) return false;
  return now?.kind === "team" && !now.seen.showsMembers;
}

/** What the groups of each member say; undefined where one of them says nothing of groups. */
async function groupsTell(
  shouldBeIn: boolean,
  { reader, memberIds, scimId }: Question,
): Promise<boolean | undefined> {
  let asExpected = true;
  let isAnyShown = false;
  for (const id of memberIds) {
    const groups = (await reader.readUser(id))?.groupIds;
    if (groups !== undefined) isAnyShown = true;
    asExpected &&= (groups?.has(scimId) ?? false) === shouldBeIn;
  }
  // An account that is in no group may show nothing; where no account shows any, nothing is known.
  return isAnyShown ? asExpected : undefined;
}

type Question = ConfirmOptions & { readonly reader: Reader };

async function holds(
  operation: Operation,
  resource: Resource | undefined,
  question: Question,
): Promise<boolean> {
  if (isDeletion(operation)) return isGone(operation, resource, question);
  if (resource === undefined) return false;
  if (isProviderOperation(operation)) return providerHolds(operation, resource, question.memberIds);
  if (isRestoringRoles(operation)) return await rolesHold(operation, question);
  if (isUserOperation(operation)) return resource.kind === "user" && userHolds(operation, resource.seen);
  return resource.kind === "team" && teamHolds(operation, resource.seen, question.memberIds);
}

/** Gone: the server has it neither by its id nor in its list; or it keeps the account, inactive. */
async function isGone(
  { kind, subject }: DeleteTeam | DeleteUser,
  resource: Resource | undefined,
  { reader, scimId, isAccepted }: Question,
): Promise<boolean> {
  if (resource === undefined)
    return !(await reader.isListed({ kind: subject.kind, name: subject.name, scimId }));
  return kind === "delete-user" && resource.kind === "user" && isAccepted && !resource.seen.active;
}

/** What the provider was to do: an active account with the name, or a Team with exactly the members that were to come. */
function providerHolds(
  operation: ProviderOperation,
  resource: Resource,
  addedIds: readonly string[],
): boolean {
  if (!isProviderTeamOperation(operation)) {
    return resource.kind === "user" && resource.seen.active && isNamed(resource.seen, operation.userName);
  }
  if (resource.kind !== "team" || !isNamed(resource.seen, operation.displayName)) return false;
  const { memberIds } = resource.seen;
  return (
    addedIds.every((id) => memberIds.has(id)) &&
    !operation.removed.some(({ scimId }) => scimId !== null && memberIds.has(scimId))
  );
}

/** Roles are seen in IAM alone. */
async function rolesHold({ kind, granted }: RestoreRoles, { iam, scimId }: Question): Promise<boolean> {
  const found = await (kind === "restore-user-roles" ? iam?.user(scimId) : iam?.team(scimId));
  return found?.roles !== undefined && showsRoles(heldRoles(found.roles), granted);
}

function userHolds(operation: Exclude<UserOperation, DeleteUser | RestoreRoles>, user: HeldUser): boolean {
  switch (operation.kind) {
    case "create-user":
      return user.active && isNamed(user, operation.userName) && hasValues(user, operation.attributes);
    case "activate-user":
      return user.active;
    case "deactivate-user":
      return !user.active;
    case "update-user":
      return hasValues(user, operation.attributes);
    case "rename-user":
      return isNamed(user, operation.userName);
  }
}

function teamHolds(
  operation: Exclude<TeamOperation, DeleteTeam | RestoreRoles>,
  team: TeamAsRead,
  memberIds: readonly string[],
): boolean {
  switch (operation.kind) {
    case "create-team":
    case "rename-team":
      return isNamed(team, operation.displayName);
    case "add-members":
      return memberIds.every((id) => team.memberIds.has(id));
    case "remove-members":
      return !memberIds.some((id) => team.memberIds.has(id));
  }
}

function isNamed(one: { readonly key: string }, name: string): boolean {
  return one.key === foldCase(name);
}

function hasValues(user: HeldUser, wanted: Readonly<Record<string, string | null>>): boolean {
  return Object.entries(wanted).every(([path, value]) => {
    const held = path === externalIdPath ? user.externalId : user.attributes[path];
    return isSameValue(path, value ?? undefined, held);
  });
}
