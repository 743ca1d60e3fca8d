/**
 * The sentences of Okta's console, Dashboard > Tasks and Push Groups > Errors. Quoted where Okta or a vendor
 * documents them, made by the same grammar where marked.
 */

/** The label of the app, as the setup page names it. */
export const appLabel = "Astro";

/** `label` of a user is its userName; `displayName` is what the directory shows. */
export interface UserNames {
  readonly userName: string;
  readonly displayName: string;
}

/** Okta: "Okta and SCIM Version 2.0"; Astro is the app's label here and below. */
export function provisioningFailed({ userName }: UserNames, cause: string): string {
  return `Automatic provisioning of user ${userName} to app ${appLabel} failed: ${cause}`;
}

/** Support article "Existing SCIM User Being Created at Assignment". */
export function matchingUserNotFound(names: UserNames): string {
  return provisioningFailed(names, "Matching user not found.");
}

export function verifyingFailed(names: UserNames): string {
  return provisioningFailed(names, `Error while verifying if user ${names.userName} exists`);
}

export function creatingFailed(names: UserNames): string {
  return provisioningFailed(names, `Error while creating user ${names.displayName}`);
}

/** Seen for a 409 at creation, which Okta does not follow by another look-up. */
export const conflictAtCreation = "Push new user to external application FAILURE";

/** Inferred, by the grammar of the others. */
export function reactivatingFailed(names: UserNames): string {
  return provisioningFailed(names, `Error while reactivating user ${names.userName}`);
}

/** snipe-it #14481 and suna #4244: the answer to the request that activates the account says that it is inactive. */
export function reactivationDelayed(names: UserNames): string {
  return provisioningFailed(
    names,
    `User ${names.userName} provision to app failed due to delay in reactivating remote User. Rescheduling provision job.`,
  );
}

/** The profile push that ends an assignment to an account that was found (fleet #53446 quotes it). */
export function linkingFailed(names: UserNames): string {
  return provisioningFailed(names, `Error while trying to push profile update for ${names.userName}`);
}

/** AWS IAM Identity Center, "Troubleshooting Okta", for this and the next. */
export function profilePushFailed({ userName }: UserNames): string {
  return (
    `Automatic profile push of user ${userName} to app ${appLabel} failed: ` +
    `Error while trying to push profile update for ${userName}`
  );
}

/** The account that Okta is linked to is gone. */
export function noUserReturned(names: UserNames, scimId: string): string {
  return `${profilePushFailed(names)}: No user returned for user ${scimId}`;
}

/** The name of the System Log event, as captures show it. */
export const deactivationFailed = "Push user deactivation to external application FAILURE";

/** What stands before each cause on Push Groups > Errors. */
function mappingFailed(group: string, cause: string): string {
  return `Unable to update Group Push mapping target App group ${group}: ${cause}`;
}

/** Inferred, by the grammar of the others. */
export function searchingGroupFailed(group: string): string {
  return mappingFailed(group, `Error while searching for group ${group}`);
}

export function creatingGroupFailed(group: string): string {
  return mappingFailed(group, `Error while creating user group ${group}`);
}

export function gettingGroupFailed(group: string, scimId: string): string {
  return mappingFailed(group, `Error while trying to get the group ${group} with the externalId ${scimId}`);
}

export function updatingMembersFailed(group: string): string {
  return mappingFailed(group, `Error while updating user group membership for group ${group}`);
}

/** Inferred, by the grammar of the others. */
export function renamingGroupFailed(group: string): string {
  return mappingFailed(group, `Error while updating user group ${group}`);
}

/** AWS IAM Identity Center, "Troubleshooting Okta": the group that Okta is linked to is gone. */
export const linkedGroupMissing = `Linked group is missing in ${appLabel}. Change the linked group to resume pushing group memberships.`;

/** Inferred: Okta refuses a second mapping to one name (System Log: grouppush.mapping warning duplicate name). */
export function duplicateGroupName(group: string, holder: string): string {
  return mappingFailed(group, `The group ${holder} is already pushed under that name.`);
}

export function deletingGroupFailed(group: string): string {
  return (
    `Unable to delete Group Push mapping target App group ${group}: ` +
    `Error while deleting user group ${group}`
  );
}

/** The connection test of the Provisioning tab. */
export const authenticatingFailed = "Error authenticating";

/** Inferred, by the grammar of the others: the Import tab. */
export function importFailed(what: "users" | "groups"): string {
  return `Automatic import of ${what} from app ${appLabel} failed: Error while downloading all ${what}`;
}

/** Inferred: the System Log names it system.import.roadblock (Okta: Import safeguards). */
export const importStopped = `The import from app ${appLabel} was stopped by the import safeguard`;
