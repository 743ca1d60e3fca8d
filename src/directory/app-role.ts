/** App roles: what users of an enterprise application of Entra can be assigned to. */

import { guidOf } from "../ground/guid.ts";

/** As Microsoft Graph has it (Microsoft Graph: appRole). */
export interface AppRole {
  readonly id: string;
  /** By which a user's `appRoleAssignments` name the role here. */
  readonly value: string;
  readonly displayName: string;
}

/** The role of that value; one that is defined nowhere is called as its value, and its id is made of it. */
export function appRoleIn(roles: readonly AppRole[], value: string): AppRole {
  return roles.find((role) => role.value === value) ?? undefinedAppRole(value);
}

/** What a role without a definition is: the same at every reading. */
export function undefinedAppRole(value: string): AppRole {
  return { id: guidOf(["app role", value]), value, displayName: value };
}

/** The attribute of a user that lists the values of the app roles assigned to the user. */
export const appRoleAssignments = "appRoleAssignments";
