/** The columns of the consoles' exports, by which they are recognised. */

/** Headers differ in case, spaces and underscores: "Object ID", objectId, object_id. */
export function columnKey(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** Names that one column has had; the first is the one that messages show. */
export type ColumnNames = readonly [shown: string, ...others: string[]];

/** Whether a header has one of these columns. */
export function hasColumn(keys: ReadonlySet<string>, names: ColumnNames): boolean {
  return names.some((name) => keys.has(columnKey(name)));
}

/**
 * Okta, Reports > Application Access Audit > Current Assignments: the fields of the CSV file (Okta help: Current Assignments
 * report). "Login" is the Okta username, "Application login" the one in the app.
 */
export const currentAssignments = {
  login: ["Login"],
  appLogin: ["Application login"],
  application: ["Application instance"],
  applicationName: ["Application name"],
  unassignedOn: ["Unassigned on"],
} as const satisfies Readonly<Record<string, ColumnNames>>;

/** The CSV file of the report beside it (Okta help: Recent Unassignments report). */
export const recentUnassignments = {
  login: ["assigneeOktaUsername"],
  appLogin: ["assigneeAppUsername"],
  id: ["assigneeOktaId"],
  status: ["appUserStatus", "Assignment Status"],
} as const satisfies Readonly<Record<string, ColumnNames>>;

/**
 * Reports > Entitlements and Access > Group membership, "CSV Export". Okta documents the fields of its filter (Okta help: Group
 * Membership report) and not the header, so the usual spellings are accepted.
 */
export const oktaGroupMembers = {
  group: ["Group name", "Group"],
  login: ["Okta username", "Username", "Login"],
  status: ["Okta user status", "User status", "Status"],
} as const satisfies Readonly<Record<string, ColumnNames>>;

/**
 * Entra: Users > All users > Download users (Microsoft: Download a list of users in the Azure portal); newer files have `id`
 * in place of `objectId`. In the preview the columns are those of the view, with the names that the view shows.
 */
export const entraUsers = {
  userPrincipalName: ["userPrincipalName"],
  mail: ["mail", "Email"],
  id: ["objectId", "id"],
  displayName: ["displayName"],
  givenName: ["givenName", "First name"],
  surname: ["surname", "Last name"],
  jobTitle: ["jobTitle"],
  department: ["department"],
  userType: ["userType"],
  accountEnabled: ["accountEnabled"],
} as const satisfies Readonly<Record<string, ColumnNames>>;

/**
 * Entra: Groups > the group > Members > Download members: Object ID, User principal name, Display name, Member type
 * (Microsoft: Bulk download group members); files have id, userPrincipalName, displayName, objectType.
 */
export const entraGroupMembers = {
  id: ["id", "Object ID"],
  userPrincipalName: ["userPrincipalName"],
  displayName: ["displayName"],
  type: ["objectType", "Member type"],
} as const satisfies Readonly<Record<string, ColumnNames>>;

/** By which of its columns a list of the members of one group names them, the first that is there. */
export const memberNames: readonly ColumnNames[] = [
  ["mail"],
  ["email", "Primary email"],
  ["userPrincipalName"],
  ["login", "Okta username", "Username"],
  ["user"],
];
