/** App roles: what users of an enterprise application of Entra can be assigned to. */

/** As Microsoft Graph has it (Microsoft Graph: appRole). */
export interface AppRole {
  readonly id: string;
  /** By which a user's `appRoleAssignments` name the role here. */
  readonly value: string;
  readonly displayName: string;
}

/** The role of that value; one that the app does not have is called by its value in every way. */
export function appRoleIn(roles: readonly AppRole[], value: string): AppRole {
  return roles.find((role) => role.value === value) ?? { id: value, value, displayName: value };
}

/** The attribute of a user that lists the values of the app roles assigned to the user. */
export const appRoleAssignments = "appRoleAssignments";
