/** The roles that a user or a Team has after an update. Pure. */

import {
  dagRoles,
  deploymentRoles,
  organizationRoles,
  workspaceRoles,
  type SubjectRoles,
  type WorkspaceRole,
} from "../../astro/roles.ts";
import type { OrganizationRow } from "../store/organization-row.ts";
import type { DirectRefusal, RolesUpdate } from "./direct/direct-outcome.ts";
import { isKnownDeployment, isKnownWorkspace } from "./known-scopes.ts";
import type { OrganizationRules } from "./rules.ts";

/** All roles after the update: they are replaced as a whole, unless the rules keep what is not named. */
export function rolesAfter(
  current: SubjectRoles,
  update: RolesUpdate,
  organization: OrganizationRow,
  { omittedRoles }: OrganizationRules,
): SubjectRoles {
  const omitted =
    omittedRoles === "kept" ? current : { workspaceRoles: [], deploymentRoles: [], dagRoles: [] };
  const roles = {
    organizationRole: update.organizationRole ?? current.organizationRole,
    workspaceRoles: update.workspaceRoles ?? omitted.workspaceRoles,
    deploymentRoles: update.deploymentRoles ?? omitted.deploymentRoles,
    dagRoles: update.dagRoles ?? omitted.dagRoles,
  };
  return { ...roles, workspaceRoles: withAccessors(roles, organization) };
}

/**
 * A Deployment role without a role in the Deployment's Workspace adds the least one there (Astro docs: Customize Deployment
 * roles).
 */
function withAccessors(
  { workspaceRoles: given, deploymentRoles: ofDeployments }: SubjectRoles,
  { deployments }: OrganizationRow,
): readonly WorkspaceRole[] {
  const added = new Set<string>();
  for (const { deploymentId } of ofDeployments) {
    const workspaceId = deployments.find(({ id }) => id === deploymentId)?.workspaceId;
    if (workspaceId !== undefined && !given.some((role) => role.workspaceId === workspaceId)) {
      added.add(workspaceId);
    }
  }
  return [
    ...given,
    ...Array.from(added, (workspaceId) => ({ workspaceId, role: "WORKSPACE_ACCESSOR" as const })),
  ];
}

/** Undefined where all that an update names exists. */
export function unknownIn(
  {
    workspaceRoles: ofWorkspaces = [],
    deploymentRoles: ofDeployments = [],
    dagRoles: ofDags = [],
  }: RolesUpdate,
  organization: OrganizationRow,
  rules: OrganizationRules,
): DirectRefusal | undefined {
  for (const [at, { workspaceId }] of ofWorkspaces.entries()) {
    if (!isKnownWorkspace(organization, workspaceId, rules)) {
      const field = `workspaceRoles[${at}].workspaceId`;
      return { kind: "unknown-workspace", field, value: workspaceId };
    }
  }
  for (const [list, roles] of [
    ["deploymentRoles", ofDeployments],
    ["dagRoles", ofDags],
  ] as const) {
    for (const [at, { deploymentId, role }] of roles.entries()) {
      if (!isKnownDeployment(organization, deploymentId, rules)) {
        return { kind: "unknown-deployment", field: `${list}[${at}].deploymentId`, value: deploymentId };
      }
      if (!isKnownRole(role, list, organization)) {
        return { kind: "unknown-role", field: `${list}[${at}].role`, value: role };
      }
    }
  }
  return undefined;
}

const defaultNames = {
  deploymentRoles: new Set<string>(deploymentRoles),
  dagRoles: new Set<string>(dagRoles),
} as const;

const allDefaultNames: ReadonlySet<string> = new Set([
  ...organizationRoles,
  ...workspaceRoles,
  ...deploymentRoles,
  ...dagRoles,
]);

/** Any other name may be that of a custom role, unless the organization declares which there are. */
function isKnownRole(
  name: string,
  list: keyof typeof defaultNames,
  { customRoles }: Pick<OrganizationRow, "customRoles">,
): boolean {
  if (defaultNames[list].has(name)) return true;
  if (allDefaultNames.has(name)) return false;
  const scopeType = list === "dagRoles" ? "DAG" : "DEPLOYMENT";
  return (
    customRoles.length === 0 || customRoles.some((role) => role.name === name && role.scopeType === scopeType)
  );
}
