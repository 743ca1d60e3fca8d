/** The roles that a user or a Team holds itself, as Astro's IAM API shows them. */

export interface WorkspaceRole {
  readonly workspaceId: string;
  readonly role: string;
}

export interface DeploymentRole {
  readonly deploymentId: string;
  /** A default role, or the name of a custom one. */
  readonly role: string;
}

/** Of one Dag, or of all with a tag. */
export interface DagRole {
  readonly deploymentId: string;
  readonly dagId?: string | undefined;
  readonly dagTag?: string | undefined;
  readonly role: string;
}

export interface SubjectRoles {
  /** Undefined where it has none. */
  readonly organizationRole: string | undefined;
  readonly workspaceRoles: readonly WorkspaceRole[];
  readonly deploymentRoles: readonly DeploymentRole[];
  readonly dagRoles: readonly DagRole[];
}

/** The names of all roles, each once. */
export function roleNamesOf(roles: SubjectRoles): readonly string[] {
  const names = [...roles.workspaceRoles, ...roles.deploymentRoles, ...roles.dagRoles].map(
    ({ role }) => role,
  );
  return [...new Set(roles.organizationRole === undefined ? names : [roles.organizationRole, ...names])];
}

/** How many roles these are, the Organization role included. */
export function countRoles(roles: SubjectRoles): number {
  const { organizationRole, workspaceRoles, deploymentRoles, dagRoles } = roles;
  return (
    (organizationRole === undefined ? 0 : 1) +
    workspaceRoles.length +
    deploymentRoles.length +
    dagRoles.length
  );
}
