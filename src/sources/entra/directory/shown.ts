/**
 * Objects of which Microsoft Graph shows nothing but the id: that is how it answers, with 200, where a permission is missing
 * (Microsoft Graph: List members, limited information returned for inaccessible member objects).
 */

import { AppError } from "../../../ground/errors.ts";
import { plural } from "../../../ground/text/plural.ts";
import { graphPermissions } from "../../../management/graph/permissions.ts";

interface Named {
  readonly userPrincipalName?: string | null | undefined;
  readonly displayName?: string | null | undefined;
}

/**
 * `where` ends a sentence: `in the group Engineering`.
 * @throws AppError source-incomplete, naming User.Read.All
 */
export function requireShownUsers(users: readonly Named[], where: string): void {
  const hidden = users.filter(
    ({ userPrincipalName }) => userPrincipalName == null || userPrincipalName === "",
  );
  if (hidden.length === 0) return;
  throw new AppError(
    "source-incomplete",
    `Microsoft Graph shows nothing but the id of ${plural(hidden.length, "user")} ${where}.`,
    { hint: grant(graphPermissions.user) },
  );
}

/** @throws AppError source-incomplete, naming GroupMember.Read.All */
export function requireShownGroups(groups: readonly Named[], where: string): void {
  const hidden = groups.filter(({ displayName }) => displayName == null || displayName === "");
  if (hidden.length === 0) return;
  throw new AppError(
    "source-incomplete",
    `Microsoft Graph shows nothing but the id of ${plural(hidden.length, "group")} ${where}.`,
    { hint: grant(graphPermissions.groupMember) },
  );
}

/** What to do where a permission is missing. */
export function grant(permission: string): string {
  return `Grant the application permission ${permission} of Microsoft Graph to the app that reads, with admin consent.`;
}
