/** Who is assigned to the app, as Microsoft Graph shows it (Microsoft Graph: appRoleAssignment). */

import { appRoleAssignments, appRoleIn } from "../../../directory/app-role.ts";
import type { DirectoryGroup, DirectoryUser } from "../../../directory/directory.ts";
import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { Company } from "../../company/company.ts";
import { isDeleted, type DirectoryView } from "../directory-view.ts";
import { shortIdOf } from "../graph-ids.ts";

/** The default access, which is no role of the app. */
export const defaultAccess = "00000000-0000-0000-0000-000000000000";

export type Assignee =
  | { readonly kind: "user"; readonly user: DirectoryUser }
  | { readonly kind: "group"; readonly group: DirectoryGroup };

export interface AppRoleAssignment {
  readonly id: string;
  readonly assignee: Assignee;
  readonly roleId: string;
}

/** All of them, sorted by id; a user has one for each role. Those of deleted users are hidden. */
export function assignmentsIn(
  { directory }: DirectoryView,
  { appRoles }: EntraAppSettings,
  company: Company,
): readonly AppRoleAssignment[] {
  const users = [...directory.assignedUsers].flatMap((key) => directory.users.get(key) ?? []);
  const groups = [...directory.assignedGroups].flatMap((key) => directory.groups.get(key) ?? []);
  return [
    ...users
      .filter((user) => !isDeleted(user))
      .flatMap((user) =>
        rolesOf(user).map((role) => assignment({ kind: "user", user }, appRoleId(role, appRoles), company)),
      ),
    ...groups.map((group) => assignment({ kind: "group", group }, defaultAccess, company)),
  ].toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** The values of the app roles of a user; undefined for the default access. */
function rolesOf({ profile }: DirectoryUser): readonly (string | undefined)[] {
  const roles = profile[appRoleAssignments] ?? null;
  if (roles === null) return [undefined];
  const values = typeof roles === "object" ? roles : [String(roles)];
  return values.length === 0 ? [undefined] : values;
}

function appRoleId(value: string | undefined, roles: EntraAppSettings["appRoles"]): string {
  return value === undefined ? defaultAccess : appRoleIn(roles, value).id;
}

function assignment(assignee: Assignee, roleId: string, company: Company): AppRoleAssignment {
  const principalId = idOfAssignee(assignee);
  const relation = company.assignmentOf(principalId)?.id ?? principalId;
  const id = roleId === defaultAccess ? relation : shortIdOf(relation, roleId);
  return { id, assignee, roleId };
}

export function idOfAssignee(assignee: Assignee): string {
  return assignee.kind === "user" ? assignee.user.objectId : assignee.group.objectId;
}

export function assignmentObject({ id, assignee, roleId }: AppRoleAssignment, company: Company): JsonObject {
  const principalId = idOfAssignee(assignee);
  const name = assignee.kind === "user" ? assignee.user.profile["displayName"] : assignee.group.name;
  return {
    id,
    deletedDateTime: null,
    appRoleId: roleId,
    createdDateTime: company.assignmentOf(principalId)?.since.toISOString() ?? null,
    principalDisplayName: typeof name === "string" ? name : null,
    principalId,
    principalType: assignee.kind === "user" ? "User" : "Group",
    resourceDisplayName: company.appName,
    resourceId: company.appId,
  };
}
