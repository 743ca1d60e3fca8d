/** How an operation on an account is undone. */

import { externalIdPath, isSameValue } from "../astro/compared-value.ts";
import { attributeLabel } from "../astro/attributes.ts";
import type { HeldUser } from "../astro/held.ts";
import {
  isUserOperation,
  type ActivateUser,
  type CreateUser,
  type DeactivateUser,
  type DeleteUser,
  type RenameUser,
  type RestoreUserRoles,
  type UpdateUser,
  type UserOperation,
} from "../drift/plan/operations/operation.ts";
import { deactivateUser, deleteUser } from "../drift/plan/operations/user-operations.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import { nameList } from "../ground/text/name-list.ts";
import type { RecordedOperation } from "../runs/run.ts";
import { giveRolesBack, rolesSince } from "./undo-roles.ts";
import { isMadeAgain, subjectOfTeam, subjectOfUser, type Putting, type UserBefore } from "./putting.ts";

export function undoUser({ operation, before }: RecordedOperation, put: Putting): void {
  if (!isUserOperation(operation)) return;
  if (operation.kind === "create-user") undoCreation(operation, put);
  else if (before?.kind === "user") {
    if (operation.kind === "delete-user") undoDeletion(operation, before, put);
    // Roles that the run gave back end with the account that it created or activated.
    else if (operation.kind !== "restore-user-roles") undoChange(operation, before, put);
  }
}

function undoChange(
  operation: Exclude<UserOperation, CreateUser | DeleteUser | RestoreUserRoles>,
  before: UserBefore,
  put: Putting,
): void {
  const held = put.now.users.get(before.scimId);
  if (held === undefined) put.leave("undo-changed", operation.subject, "is gone since");
  else if (operation.kind === "update-user") undoUpdate(operation, { before, held }, put);
  else if (operation.kind === "rename-user") undoRename(operation, { before, held }, put);
  else if (operation.kind === "deactivate-user") undoDeactivation(operation, { before, held }, put);
  else undoActivation(operation, { before, held }, put);
}

function undoCreation({ subject }: CreateUser, put: Putting): void {
  const held = put.now.users.get(put.idOf(subject) ?? "");
  if (held === undefined) return;
  const why = whyKept(held, put);
  if (why !== undefined) put.leave("undo-changed", subject, `was created by the run, and ${why}`);
  else {
    const reason = `created by run ${put.run.run}`;
    put.add({ ...deleteUser({ held, reason }), createdByRun: true });
  }
}

/** Why an account is not taken away to which the run gave access; undefined where it is as the run left it. */
function whyKept(
  held: HeldUser,
  put: Putting,
  teamsBefore: ReadonlySet<string> = new Set(),
): string | undefined {
  if (!put.isUnchanged("user", held)) return "has changed since";
  const roles = rolesSince(held.iam, put.givenRoles("user", held.scimId));
  if (roles.length > 0) return `has roles now: ${nameList(roles)}`;
  const others = (put.now.teamsOf.get(held.scimId) ?? []).filter(
    ({ scimId }) => !teamsBefore.has(scimId) && !put.wasAdded(held.key, scimId),
  );
  if (others.length === 0) return undefined;
  return `is in Teams now to which the run did not add it: ${nameList(others.map(({ displayName }) => displayName))}`;
}

/** Deactivating ends the account's memberships and roles, so it is for an account that got none from anybody else. */
function undoActivation(
  { subject }: ActivateUser,
  { before, held }: { readonly before: UserBefore; readonly held: HeldUser },
  put: Putting,
): void {
  if (!held.active) return;
  const why = whyKept(held, put, new Set(before.teams ?? []));
  if (why !== undefined) {
    put.leave("undo-changed", subject, `was activated by the run, and stays active: it ${why}`);
    return;
  }
  const reason = `activated by run ${put.run.run}`;
  put.add(deactivateUser({ held, reason }, put.now.teamsOf.get(held.scimId) ?? []));
}

function undoDeactivation(
  { subject, teamIds, roles }: DeactivateUser,
  { before, held }: { readonly before: UserBefore; readonly held: HeldUser },
  put: Putting,
): void {
  if (held.active) return;
  if (!put.isToActivate(held)) {
    put.leave("undo-changed", subject, "was deactivated by the run, and has changed since");
    return;
  }
  const id = `activate-user ${held.scimId}`;
  const asNow = subjectOfUser(held);
  put.add({
    id,
    kind: "activate-user",
    subject: asNow,
    dependsOn: [],
    summary: `activate the account ${held.userName}`,
  });
  giveRolesBack(roles, { subject: asNow, after: [id] }, put);
  for (const teamId of before.teams ?? teamIds) {
    const team = put.now.teams.get(teamId);
    if (team === undefined || team.memberIds.has(held.scimId)) continue;
    const { key, userName, scimId } = held;
    put.addMember(subjectOfTeam(team), { key, userName, scimId, after: id });
  }
}

function undoUpdate(
  { subject, attributes }: UpdateUser,
  { before, held }: { readonly before: UserBefore; readonly held: HeldUser },
  put: Putting,
): void {
  const back: Record<string, string | null> = {};
  for (const [path, written] of Object.entries(attributes)) {
    const now = path === externalIdPath ? held.externalId : held.attributes[path];
    const old = (path === externalIdPath ? before.externalId : before.attributes[path]) ?? null;
    if (isSameValue(path, now, written ?? undefined)) back[path] = old;
    else if (!isSameValue(path, now, old ?? undefined)) {
      put.leave("undo-changed", subject, `keeps its ${attributeLabel(path)}, which has changed since`);
    }
  }
  const labels = Object.keys(back).map((path) => attributeLabel(path));
  if (labels.length === 0) return;
  put.add({
    id: `update-user ${held.scimId}`,
    kind: "update-user",
    subject: subjectOfUser(held),
    dependsOn: [],
    summary: `set ${nameList(labels)} of ${held.userName} back`,
    attributes: back,
  });
}

function undoRename(
  { userName }: RenameUser,
  { before, held }: { readonly before: UserBefore; readonly held: HeldUser },
  put: Putting,
): void {
  if (held.key === before.key) return;
  if (held.key !== foldCase(userName)) {
    put.leave("undo-changed", subjectOfUser(held), "has been renamed since");
    return;
  }
  put.add({
    id: `rename-user ${held.scimId}`,
    kind: "rename-user",
    subject: subjectOfUser(held),
    dependsOn: [],
    summary: `rename the account ${held.userName} to ${before.userName}`,
    userName: before.userName,
  });
}

function undoDeletion({ subject, roles, teamIds }: DeleteUser, before: UserBefore, put: Putting): void {
  const { key, userName, externalId, attributes, teams } = before;
  if (!isMadeAgain(before, put.now)) {
    const reason = before.active
      ? "exists again"
      : "was inactive, and is not made again: a new account would be active";
    put.leave("undo-changed", subject, reason);
    return;
  }
  const id = `create-user ${key}`;
  const made = { kind: "user", key, name: userName, scimId: null, fingerprint: null } as const;
  put.add({
    id,
    kind: "create-user",
    subject: made,
    dependsOn: [],
    summary: `create the account ${userName} again`,
    userName,
    externalId,
    attributes,
  });
  put.leave("undo-lost", subject, "gets a new SCIM ID, and the provider stays linked to the old one");
  giveRolesBack(roles, { subject: made, after: [id] }, put);
  const ids = teams ?? teamIds;
  if (ids === undefined)
    put.leave("undo-lost", subject, "may have been in Teams: the server did not show them");
  for (const teamId of ids ?? []) {
    const team = put.now.teams.get(teamId);
    // Of a Team that the run deleted, the members are known from that.
    if (team !== undefined) {
      put.addMember(subjectOfTeam(team), { key, userName, scimId: null, after: id });
    }
  }
}
