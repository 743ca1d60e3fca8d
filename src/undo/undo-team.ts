/** How an operation on a Team is undone. */

import type { HeldTeam } from "../astro/held.ts";
import {
  isUserOperation,
  type ChangeMembers,
  type CreateTeam,
  type DeleteTeam,
  type RenameTeam,
} from "../drift/plan/operations/operation.ts";
import { isProviderOperation } from "../drift/plan/operations/provider-operation.ts";
import { deleteTeam } from "../drift/plan/operations/team-operations.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import { nameList } from "../ground/text/name-list.ts";
import { plural } from "../ground/text/plural.ts";
import type { RecordedOperation } from "../runs/run.ts";
import { giveRolesBack, rolesSince } from "./undo-roles.ts";
import { subjectOfTeam, type Putting, type TeamBefore } from "./putting.ts";

export function undoTeam({ operation, before }: RecordedOperation, put: Putting): void {
  if (isUserOperation(operation) || isProviderOperation(operation)) return;
  if (operation.kind === "create-team") undoCreation(operation, put);
  else if (before?.kind === "team") {
    if (operation.kind === "delete-team") undoDeletion(operation, before, put);
    // What the run itself created is removed as a whole, or stays as it is.
    // Roles that the run gave back go with the Team that it created.
    else if (operation.kind !== "restore-team-roles" && !put.isCreated("team", before.scimId))
      undoChange(operation, before, put);
  }
}

function undoChange(operation: RenameTeam | ChangeMembers, before: TeamBefore, put: Putting): void {
  const held = put.now.teams.get(before.scimId);
  if (held === undefined) put.leave("undo-changed", operation.subject, "is gone since");
  else if (operation.kind === "rename-team") undoRename(operation, { before, held }, put);
  else undoMembers(operation, { before, held }, put);
}

function undoCreation({ subject }: CreateTeam, put: Putting): void {
  const held = put.now.teams.get(put.idOf(subject) ?? "");
  if (held === undefined) return;
  const roles = rolesSince(held.iam, put.givenRoles("team", held.scimId));
  if (!put.isUnchanged("team", held)) {
    put.leave("undo-changed", subject, "was created by the run, and has changed since");
  } else if (roles.length > 0) {
    put.leave("undo-changed", subject, `was created by the run, and has roles now: ${nameList(roles)}`);
  } else put.add({ ...deleteTeam(held, "unknown"), createdByRun: true });
}

function undoRename(
  { displayName }: RenameTeam,
  { before, held }: { readonly before: TeamBefore; readonly held: HeldTeam },
  put: Putting,
): void {
  if (held.key === before.key) return;
  if (held.key !== foldCase(displayName)) {
    put.leave("undo-changed", subjectOfTeam(held), "has been renamed since");
    return;
  }
  put.add({
    id: `rename-team ${held.scimId}`,
    kind: "rename-team",
    subject: subjectOfTeam(held),
    dependsOn: [],
    summary: `rename the Team ${held.displayName} to ${before.displayName}`,
    displayName: before.displayName,
  });
}

/** Membership by membership: what others have added or removed since stays. */
function undoMembers(
  { kind, members, unknownMembers }: ChangeMembers,
  { before, held }: { readonly before: TeamBefore; readonly held: HeldTeam },
  put: Putting,
): void {
  const subject = subjectOfTeam(held);
  const wasMember = new Set(before.members);
  for (const member of members) {
    const scimId = put.idOf({ ...subject, kind: "user", key: member.key, scimId: member.scimId });
    if (scimId === undefined) continue;
    if (kind === "remove-members") {
      if (wasMember.has(scimId) && !held.memberIds.has(scimId))
        addBack(scimId, member.userName, { held, put });
    } else if (!wasMember.has(scimId) && held.memberIds.has(scimId)) {
      const account = put.now.users.get(scimId);
      // An account that goes takes its memberships along.
      if (account !== undefined && !put.isCreated("user", scimId)) {
        const { key, userName } = account;
        put.removeMember(subject, { key, userName, scimId, after: null });
      }
    }
  }
  if (kind === "remove-members" && unknownMembers.length > 0) {
    const what = plural(unknownMembers.length, "member");
    put.leave("undo-lost", subject, `does not get ${what} back that no list showed`);
  }
}

function addBack(
  scimId: string,
  name: string,
  { held, put }: { readonly held: HeldTeam; readonly put: Putting },
): void {
  const member = put.memberOf(scimId);
  if (member !== undefined) put.addMember(subjectOfTeam(held), member);
  else {
    const reason = `has no active account, so cannot be added to the Team ${held.displayName}`;
    put.leave("member-without-account", { kind: "user", name }, reason);
  }
}

function undoDeletion({ subject, roles }: DeleteTeam, before: TeamBefore, put: Putting): void {
  const { key, displayName } = before;
  if (put.now.teamNames.has(key)) {
    put.leave("undo-changed", subject, "exists again");
    return;
  }
  const id = `create-team ${key}`;
  const made = { kind: "team", key, name: displayName, scimId: null, fingerprint: null } as const;
  put.add({
    id,
    kind: "create-team",
    subject: made,
    dependsOn: [],
    summary: `create the Team ${displayName} again`,
    displayName,
  });
  put.leave("undo-lost", subject, "gets a new SCIM ID, and the provider stays linked to the old one");
  giveRolesBack(roles, { subject: made, after: [id] }, put);
  for (const scimId of before.members) {
    const member = put.memberOf(scimId);
    if (member !== undefined) put.addMember(made, member, [id]);
    else {
      const reason = `has no active account, so cannot be added to the Team ${displayName}`;
      put.leave("member-without-account", { kind: "user", name: scimId }, reason);
    }
  }
}
