/** The roles of Astro: which there are, and what a user, a Team or an API token may hold (Astro docs: User permissions; Astro API reference). */

export const organizationRoles = [
  "ORGANIZATION_OWNER",
  "ORGANIZATION_BILLING_ADMIN",
  "ORGANIZATION_OBSERVE_ADMIN",
  "ORGANIZATION_OBSERVE_MEMBER",
  "ORGANIZATION_MEMBER",
] as const;

export const workspaceRoles = [
  "WORKSPACE_OWNER",
  "WORKSPACE_OPERATOR",
  "WORKSPACE_AUTHOR",
  "WORKSPACE_MEMBER",
  "WORKSPACE_ACCESSOR",
] as const;

export const deploymentRoles = ["DEPLOYMENT_ADMIN", "DEPLOYMENT_ACCESSOR"] as const;
export const dagRoles = ["DAG_AUTHOR", "DAG_VIEWER"] as const;

export type OrganizationRole = (typeof organizationRoles)[number];
export type WorkspaceRoleName = (typeof workspaceRoles)[number];

export interface WorkspaceRole {
  readonly workspaceId: string;
  readonly role: WorkspaceRoleName;
}

export interface DeploymentRole {
  readonly deploymentId: string;
  /** One of `deploymentRoles`, or the name of a custom role. */
  readonly role: string;
}

/** Of one Dag, or of all that have a tag. */
export interface DagRole {
  readonly deploymentId: string;
  /** One of `dagRoles`, or the name of a custom role. */
  readonly role: string;
  readonly dagId?: string;
  readonly dagTag?: string;
}

/** All roles that are given to a user or a Team directly. */
export interface SubjectRoles {
  /** Undefined for a user who is a member of the organization no more. */
  readonly organizationRole: OrganizationRole | undefined;
  readonly workspaceRoles: readonly WorkspaceRole[];
  readonly deploymentRoles: readonly DeploymentRole[];
  readonly dagRoles: readonly DagRole[];
}

/** This role in the organization, and no others. */
export function onlyOrganizationRole(organizationRole: OrganizationRole | undefined): SubjectRoles {
  return { organizationRole, workspaceRoles: [], deploymentRoles: [], dagRoles: [] };
}

/** Inferred: what comes over SCIM starts with it, users and Teams alike (default of the astro CLI's invitations). */
export const memberRoles: SubjectRoles = onlyOrganizationRole("ORGANIZATION_MEMBER");

/** Roles as far as they are counted: a newer Astro may have others than those above. */
type CountedRoles = Readonly<
  Record<"workspaceRoles" | "deploymentRoles" | "dagRoles", readonly unknown[]>
> & {
  readonly organizationRole: string | undefined;
};

/** How many roles there are, the organization's included (`rolesCount` of a Team). */
export function countRoles(roles: CountedRoles): number {
  const ofOrganization = roles.organizationRole === undefined ? 0 : 1;
  return ofOrganization + roles.workspaceRoles.length + roles.deploymentRoles.length + roles.dagRoles.length;
}
