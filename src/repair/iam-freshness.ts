/**
 * What is taken away is what the plan said: an owner, a Team that Astro manages, or other roles end it. Roles are given back only
 * where nobody has given others since.
 */

import { areAmong, heldRoles } from "../astro/records/held-roles.ts";
import type { UserRecord } from "../astro/records/record.ts";
import { isOrganizationOwner } from "../drift/compare/users/owner.ts";
import {
  isRestoringRoles,
  takesAway,
  type DeactivateUser,
  type DeleteTeam,
  type DeleteUser,
  type Operation,
  type RestoreRoles,
} from "../drift/plan/operations/operation.ts";
import type { RenewAssignment } from "../drift/plan/operations/provider-operation.ts";
import { rolesInPlan } from "../drift/plan/operations/roles-lost.ts";
import type { IamLook } from "./executor.ts";

/**
 * Why an operation is not carried out, as IAM shows its subject now; undefined where nothing speaks against it, and for
 * operations of plans that were made without IAM.
 * @throws AppError where IAM cannot be read
 */
export async function staleInIam(
  operation: Operation,
  scimId: string,
  iam: IamLook | undefined,
): Promise<string | undefined> {
  if (isRestoringRoles(operation)) return staleRoles(operation, scimId, iam);
  if (!takesAway(operation) || operation.roles === undefined) return undefined;
  return operation.kind === "delete-team" ? staleTeam(operation, iam) : staleUser(operation, scimId, iam);
}

async function staleUser(
  operation: DeleteUser | DeactivateUser | RenewAssignment,
  scimId: string,
  iam: IamLook | undefined,
): Promise<string | undefined> {
  const { roles } = operation;
  if (iam === undefined) return unread;
  const user = await iam.user(scimId);
  if (user === undefined) return gone;
  if (isOwner(user)) return owner;
  const teams = await iam.teamsOf(user.id);
  if (teams === undefined) return gone;
  if (teams.some(isOwner)) return owner;
  return isSame(rolesInPlan(user), roles?.roles) ? undefined : changed;
}

async function staleTeam(
  { subject, roles, management }: DeleteTeam,
  iam: IamLook | undefined,
): Promise<string | undefined> {
  if (iam === undefined) return unread;
  const team = await iam.team(subject.scimId ?? "");
  if (team === undefined) return gone;
  if (management === "managed" && team.isIdpManaged === false) {
    return "the identity provider does not manage it, as reading it by its id shows";
  }
  return isSame(rolesInPlan(team), roles?.roles) ? undefined : changed;
}

/** All roles are replaced at once, so those that somebody has given since would be lost. */
async function staleRoles(
  { kind, granted }: RestoreRoles,
  scimId: string,
  iam: IamLook | undefined,
): Promise<string | undefined> {
  if (iam === undefined) return "its roles cannot be given back: the IAM API cannot be used";
  const found = await (kind === "restore-user-roles" ? iam.user(scimId) : iam.team(scimId));
  if (found === undefined) return gone;
  if (found.roles === undefined) return "the IAM API does not show all its roles";
  return areAmong(heldRoles(found.roles), granted) ? undefined : "it has been given other roles";
}

/** The role of a user is the highest of the direct one and those of the Teams (Astro docs, User permissions). */
function isOwner({ roles }: Pick<UserRecord, "roles">): boolean {
  return isOrganizationOwner(roles?.organizationRole ?? "");
}

const owner = "it is an Organization Owner; repairs never delete, deactivate or rename owners";
const gone = "the IAM API does not show it any more";
const unread = "its roles cannot be read again before they are taken away";
const changed = "its roles have changed since the plan was made";

function isSame(one: readonly string[], other: readonly string[] = []): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
