/** The roles that a user or a Team holds itself, as an API shows them: a newer Astro may have roles that are not known here. */

export interface ShownWorkspaceRole {
  readonly workspaceId: string;
  readonly role: string;
}

export interface ShownDeploymentRole {
  readonly deploymentId: string;
  /** A default role, or the name of a custom one. */
  readonly role: string;
}

/** Of one Dag, or of all with a tag. */
export interface ShownDagRole {
  readonly deploymentId: string;
  readonly dagId?: string | undefined;
  readonly dagTag?: string | undefined;
  readonly role: string;
}

export interface ShownRoles {
  /** Undefined where it has none. */
  readonly organizationRole: string | undefined;
  readonly workspaceRoles: readonly ShownWorkspaceRole[];
  readonly deploymentRoles: readonly ShownDeploymentRole[];
  readonly dagRoles: readonly ShownDagRole[];
}

/** The names of all roles, each once. */
export function roleNamesOf(roles: ShownRoles): readonly string[] {
  const names = [...roles.workspaceRoles, ...roles.deploymentRoles, ...roles.dagRoles].map(
    ({ role }) => role,
  );
  return [...new Set(roles.organizationRole === undefined ? names : [roles.organizationRole, ...names])];
}
