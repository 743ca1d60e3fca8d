/** An operation of a saved plan on an account, made again from the account as it is now. */

import { externalIdPath, isSameValue } from "../../astro/compared-value.ts";
import { allTeams, teamsByMember, type HeldUser } from "../../astro/held.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import type {
  CreateUser,
  DeactivateUser,
  DeleteUser,
  OperationSubject,
  UserOperation,
} from "../plan/operations/operation.ts";
import type { RolesLost } from "../plan/operations/roles-lost.ts";
import { namesOf } from "../plan/selection.ts";
import {
  deactivateUser,
  deleteUser,
  subjectOfUser,
  updateSummary,
} from "../plan/operations/user-operations.ts";
import { changed, hasChanged, isGone, kept, settled, type Again, type Now } from "./now.ts";

/** Without what the file says of anything but the change itself. */
export function userAgain(operation: UserOperation, now: Now): Again {
  if (operation.kind === "create-user") return createAgain(operation, now);
  const { subject } = operation;
  const held = now.users.get(subject.scimId ?? "");
  if (operation.kind === "restore-user-roles") return rolesNotGiven(subject);
  if (held === undefined) {
    return operation.kind === "delete-user"
      ? settled(subject, "is already deleted")
      : changed(subject, isGone);
  }
  const asNow = subjectOfUser(held);
  if (held.fingerprint !== subject.fingerprint) return changed(asNow, hasChanged);
  const base = { id: `${operation.kind} ${held.scimId}`, subject: asNow, dependsOn: [] };
  switch (operation.kind) {
    case "activate-user":
      return kept({ ...base, kind: "activate-user", summary: `activate the account ${held.userName}` });
    case "rename-user": {
      const { userName } = operation;
      const summary = `rename the account ${held.userName} to ${userName}`;
      return kept({ ...base, kind: "rename-user", summary, userName });
    }
    case "update-user": {
      const { attributes } = operation;
      return kept({ ...base, kind: "update-user", summary: updateSummary(held, attributes), attributes });
    }
    case "deactivate-user":
      return deactivateAgain(operation, held, now);
    case "delete-user":
      return deleteAgain(operation, held, now);
  }
}

/** A file gives nobody roles: anyone who can edit it could make an owner. Only `undo` gives back what its journal has. */
export function rolesNotGiven(subject: OperationSubject): Again {
  return changed(subject, "is given no roles: a plan in a file cannot give any, only undo does");
}

function deactivateAgain({ reason, roles }: DeactivateUser, held: HeldUser, { drift }: Now): Again {
  if (!held.active) return settled(subjectOfUser(held), "is already inactive");
  const again = deactivateUser({ held, reason }, teamsByMember(drift.held).get(held.scimId) ?? []);
  return hasSameRoles(roles, again.roles) ? kept(again) : changed(subjectOfUser(held), rolesChanged);
}

function createAgain(operation: CreateUser, { usersNamed }: Now): Again {
  const { userName, externalId, attributes, attributesNotKept } = operation;
  const key = foldCase(userName);
  const subject = { kind: "user", key, name: userName, scimId: null, fingerprint: null } as const;
  const [held] = usersNamed.get(key) ?? [];
  if (held !== undefined) {
    return isAsWanted(held, attributes)
      ? settled(subject, "has had an account since the plan was saved")
      : changed(
          subject,
          "has had an account since the plan was saved, and it is not as the plan would create it",
        );
  }
  return kept({
    id: `create-user ${key}`,
    kind: "create-user",
    subject,
    dependsOn: [],
    summary: `create the account ${userName}`,
    userName,
    externalId,
    attributes,
    ...(attributesNotKept === undefined ? {} : { attributesNotKept }),
  });
}

function isAsWanted(held: HeldUser, attributes: CreateUser["attributes"]): boolean {
  const isSame = ([path, value]: readonly [string, string]): boolean =>
    isSameValue(path, value, path === externalIdPath ? held.externalId : held.attributes[path]);
  return held.active && held.isHiddenFromScim !== true && Object.entries(attributes).every(isSame);
}

function deleteAgain({ reason, roles }: DeleteUser, held: HeldUser, now: Now): Again {
  const asNow = subjectOfUser(held);
  const namesakes = now.usersNamed.get(held.key) ?? [];
  if (namesakes.length > 1 && !namesOf(now.selection.users).includes(held.scimId)) {
    const why = `is the userName of several accounts: to delete the one with the id ${held.scimId}, add --user ${held.scimId}`;
    return {
      operations: [],
      leftOut: [{ code: "ambiguous-name", kind: "user", name: held.userName, reason: why }],
    };
  }
  const teams = allTeams(now.drift.held).filter(({ memberIds }) => memberIds.has(held.scimId));
  const again = deleteUser({ held, reason }, teams);
  return hasSameRoles(roles, again.roles) ? kept(again) : changed(asNow, rolesChanged);
}

/** What a reviewer agreed to take away is what goes: where the plan says nothing of roles, nothing was agreed to. */
export function hasSameRoles(saved: RolesLost | undefined, now: RolesLost | undefined): boolean {
  return saved === undefined || JSON.stringify(saved.roles) === JSON.stringify(now?.roles);
}

export const rolesChanged = "has other roles than when the plan was saved";
