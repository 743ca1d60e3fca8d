/** Which of two roles is the more privileged (Astro docs: User permissions reference). */

import { dagRoles, deploymentRoles, organizationRoles, workspaceRoles } from "../roles.ts";

/** Every role that is not custom. */
export const defaultRoleNames: readonly string[] = [
  ...organizationRoles,
  ...workspaceRoles,
  ...deploymentRoles,
  ...dagRoles,
];

/**
 * Chains of roles, each more privileged than those behind it. Documented for Organizations: Owner, Billing Admin, Member; for
 * Workspaces: Owner to Accessor. Inferred from their names: Owner before the roles of Observe, and the chains of Deployments
 * and Dags. How the roles of Observe compare with Billing Admin and Member is not documented, so neither is above the other.
 */
const chains: readonly (readonly string[])[] = [
  ["ORGANIZATION_OWNER", "ORGANIZATION_BILLING_ADMIN", "ORGANIZATION_MEMBER"],
  ["ORGANIZATION_OWNER", "ORGANIZATION_OBSERVE_ADMIN", "ORGANIZATION_OBSERVE_MEMBER"],
  workspaceRoles,
  deploymentRoles,
  dagRoles,
];

/** Whether the first is known to be more privileged than the second. False for custom roles: nothing says so. */
export function outranks(role: string, other: string): boolean {
  return chains.some((chain) => {
    const at = chain.indexOf(role);
    return at !== -1 && chain.indexOf(other) > at;
  });
}
