/** Roles as Astro's own API shows them: those lists that are empty are left out. */

import type { SubjectRoles } from "../../../astro/roles.ts";
import type { JsonObject } from "../../../ground/json.ts";

/** `SubjectRoles` of the Astro API reference, a part of users and Teams too. */
export function rolesJson(roles: SubjectRoles): JsonObject {
  const { organizationRole, workspaceRoles, deploymentRoles, dagRoles } = roles;
  return {
    ...(organizationRole === undefined ? {} : { organizationRole }),
    ...(workspaceRoles.length === 0 ? {} : { workspaceRoles: workspaceRoles.map((role) => ({ ...role })) }),
    ...(deploymentRoles.length === 0
      ? {}
      : { deploymentRoles: deploymentRoles.map((role) => ({ ...role })) }),
    ...(dagRoles.length === 0 ? {} : { dagRoles: dagRoles.map((role) => ({ ...role })) }),
  };
}
