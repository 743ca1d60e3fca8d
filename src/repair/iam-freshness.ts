/** What a deletion takes away is what the plan said: an owner, a Team that Astro manages, or other roles end it. */

import type { UserRecord } from "../astro/records/record.ts";
import { isOrganizationOwner } from "../drift/compare/owner.ts";
import { isDeletion, type DeleteTeam, type DeleteUser, type Operation } from "../drift/plan/operation.ts";
import { rolesInPlan } from "../drift/plan/roles-lost.ts";
import type { IamLook } from "./executor.ts";

/**
 * Why an operation is not carried out, as IAM shows its subject now; undefined where nothing speaks against it, and for
 * operations of plans that were made without IAM.
 * @throws AppError where IAM cannot be read
 */
export async function staleInIam(
  operation: Operation,
  iam: IamLook | undefined,
): Promise<string | undefined> {
  if (!isDeletion(operation) || operation.roles === undefined) return undefined;
  return operation.kind === "delete-user" ? staleUser(operation, iam) : staleTeam(operation, iam);
}

async function staleUser(
  { subject, roles }: DeleteUser,
  iam: IamLook | undefined,
): Promise<string | undefined> {
  if (iam === undefined) return unread;
  const user = await iam.user(subject.scimId ?? "");
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

/** The role of a user is the highest of the direct one and those of the Teams (Astro docs, User permissions). */
function isOwner({ roles }: Pick<UserRecord, "roles">): boolean {
  return isOrganizationOwner(roles?.organizationRole ?? "");
}

const owner = "it is an Organization Owner; repairs never delete or rename owners";
const gone = "the IAM API does not show it any more";
const unread = "its roles cannot be read again before it is deleted";
const changed = "its roles have changed since the plan was made";

function isSame(one: readonly string[], other: readonly string[] = []): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
