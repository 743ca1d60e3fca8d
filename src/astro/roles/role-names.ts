/** The roles that Astro has by default, and which of two is the more privileged (Astro docs: User permissions reference). */

/** In the order of the published description of the API (v1, August 2026). */
export const organizationRoleNames = [
  "ORGANIZATION_OWNER",
  "ORGANIZATION_OBSERVE_ADMIN",
  "ORGANIZATION_OBSERVE_MEMBER",
  "ORGANIZATION_BILLING_ADMIN",
  "ORGANIZATION_MEMBER",
] as const;

/** Most privileged first. */
export const workspaceRoleNames = [
  "WORKSPACE_OWNER",
  "WORKSPACE_OPERATOR",
  "WORKSPACE_AUTHOR",
  "WORKSPACE_MEMBER",
  "WORKSPACE_ACCESSOR",
] as const;

/** Those that are not custom; most privileged first. */
export const deploymentRoleNames = ["DEPLOYMENT_ADMIN", "DEPLOYMENT_ACCESSOR"] as const;

/** Those that are not custom; most privileged first. */
export const dagRoleNames = ["DAG_AUTHOR", "DAG_VIEWER"] as const;

/** Every role that is not custom. */
export const defaultRoleNames: readonly string[] = [
  ...organizationRoleNames,
  ...workspaceRoleNames,
  ...deploymentRoleNames,
  ...dagRoleNames,
];

/**
 * Chains of roles, each more privileged than those behind it. Documented for Organizations: Owner, Billing Admin, Member; for
 * Workspaces: Owner to Accessor. Inferred from their names: Owner before the roles of Observe, and the chains of Deployments
 * and Dags. How the roles of Observe compare with Billing Admin and Member is not documented, so neither is above the other.
 */
const chains: readonly (readonly string[])[] = [
  ["ORGANIZATION_OWNER", "ORGANIZATION_BILLING_ADMIN", "ORGANIZATION_MEMBER"],
  ["ORGANIZATION_OWNER", "ORGANIZATION_OBSERVE_ADMIN", "ORGANIZATION_OBSERVE_MEMBER"],
  workspaceRoleNames,
  deploymentRoleNames,
  dagRoleNames,
];

/** Whether the first is known to be more privileged than the second. False for custom roles: nothing says so. */
export function outranks(role: string, other: string): boolean {
  return chains.some((chain) => {
    const at = chain.indexOf(role);
    return at !== -1 && chain.indexOf(other) > at;
  });
}
