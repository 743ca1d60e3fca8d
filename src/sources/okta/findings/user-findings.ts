/** Users whose provisioning did not happen, or whose last change was not pushed. */

import { assignedUserKeys } from "../../../directory/directory.ts";
import type { FoundUser, ProviderFinding } from "../../../directory/provider-finding.ts";
import { isAssignment, isForSsoAlone, type BuiltDirectory } from "../directory/build-directory.ts";
import type { AssignedUser } from "../directory/read-assignments.ts";
import type { ReadErrors } from "./read-errors.ts";

/** Whether any of them has an error of which the log may say more. */
export function haveErrors(assigned: readonly AssignedUser[]): boolean {
  return assigned.some((one) => isNotProvisioned(one) || isNotInSync(one));
}

export function userFindings(
  assigned: readonly AssignedUser[],
  built: BuiltDirectory,
  errors: ReadErrors,
): readonly ProviderFinding[] {
  return [
    ...assigned.flatMap((one): ProviderFinding[] => {
      if (isNotProvisioned(one)) return [{ kind: "user-not-provisioned", ...aboutUser(one, errors) }];
      return isNotInSync(one) ? [{ kind: "user-not-in-sync", ...aboutUser(one, errors) }] : [];
    }),
    ...withoutAppUser(assigned, built),
  ];
}

/** Okta provisions a user once it is active; a suspended one keeps what it has (Okta: Understanding SCIM). */
function isNotProvisioned({ appUser, user }: AssignedUser): boolean {
  if (isLinked(appUser) || !isAssignment(appUser) || isForSsoAlone(appUser)) return false;
  return user.status !== "STAGED" && user.status !== "SUSPENDED" && user.status !== "DEPROVISIONED";
}

/** `REVOKED`: taken away, and the deactivation has not happened (Okta API: AppUserStatus). */
function isNotInSync({ appUser }: AssignedUser): boolean {
  const { syncState, status } = appUser;
  if (!isLinked(appUser)) return false;
  return syncState === "ERROR" || syncState === "OUT_OF_SYNC" || status === "REVOKED";
}

function isLinked({ externalId }: AssignedUser["appUser"]): boolean {
  return (externalId ?? "") !== "";
}

function aboutUser(
  { appUser, user }: AssignedUser,
  errors: ReadErrors,
): { user: FoundUser; status: string; error?: string; since?: string } {
  const { id, statusChanged, lastUpdated, credentials } = appUser;
  const failed = errors.of(appUser, user);
  const since = failed?.at ?? statusChanged ?? lastUpdated ?? undefined;
  return {
    user: { objectId: id, name: credentials?.userName ?? user.profile.login },
    status: statusOf(appUser),
    ...(failed === undefined ? {} : { error: failed.error }),
    ...(since === undefined ? {} : { since }),
  };
}

/** Okta's word for what is wrong: the state of the synchronization, or how far the assignment has come. */
function statusOf(appUser: AssignedUser["appUser"]): string {
  const { status, syncState } = appUser;
  if (status === "REVOKED") return status;
  if (isLinked(appUser)) return syncState ?? status;
  return syncState === "ERROR" ? "ERROR" : status;
}

/** Members of assigned groups to whom Okta has not given the app. */
function withoutAppUser(
  assigned: readonly AssignedUser[],
  { directory }: BuiltDirectory,
): readonly ProviderFinding[] {
  const known = new Set(assigned.map(({ appUser }) => appUser.id));
  return [...assignedUserKeys(directory)].flatMap((key): ProviderFinding[] => {
    const user = directory.users.get(key);
    if (user === undefined || user.status !== "active" || known.has(user.objectId)) return [];
    const { objectId } = user;
    return [{ kind: "user-not-provisioned", user: { objectId, name: key }, status: "not assigned yet" }];
  });
}
