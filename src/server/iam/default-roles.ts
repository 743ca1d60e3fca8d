/** The roles that every organization has (Astro docs: User permissions). Which permissions each has is not published as a list. */

import {
  dagRoles,
  deploymentRoles,
  organizationRoles,
  workspaceRoles,
  type OrganizationRole,
  type WorkspaceRoleName,
} from "../../astro/roles.ts";

export type ScopeType = "ORGANIZATION" | "WORKSPACE" | "DEPLOYMENT" | "DAG";

export interface DefaultRole {
  readonly name: string;
  readonly scopeType: ScopeType;
  readonly description: string;
}

type DefaultRoleName =
  | OrganizationRole
  | WorkspaceRoleName
  | (typeof deploymentRoles)[number]
  | (typeof dagRoles)[number];

const descriptions: Readonly<Record<DefaultRoleName, string>> = {
  ORGANIZATION_OWNER: "Manages the Organization, its users, Teams and API tokens, and all of its Workspaces.",
  ORGANIZATION_BILLING_ADMIN: "Manages billing, besides what an Organization Member may do.",
  ORGANIZATION_OBSERVE_ADMIN: "Manages Astro Observe, besides what an Organization Member may do.",
  ORGANIZATION_OBSERVE_MEMBER: "Uses Astro Observe, besides what an Organization Member may do.",
  ORGANIZATION_MEMBER: "Views the Organization and its membership.",
  WORKSPACE_OWNER: "Manages a Workspace and its members.",
  WORKSPACE_OPERATOR: "Manages the Deployments of a Workspace.",
  WORKSPACE_AUTHOR: "Deploys code to the Deployments of a Workspace.",
  WORKSPACE_MEMBER: "Views a Workspace and its Deployments.",
  WORKSPACE_ACCESSOR: "Sees that a Workspace exists; Deployment roles give the rest.",
  DEPLOYMENT_ADMIN: "Manages a Deployment.",
  DEPLOYMENT_ACCESSOR: "Sees that a Deployment exists; Dag roles give the rest.",
  DAG_AUTHOR: "Views and runs Dags.",
  DAG_VIEWER: "Views Dags.",
};

const rolesOf = (scopeType: ScopeType, names: readonly DefaultRoleName[]): readonly DefaultRole[] =>
  names.map((name) => ({ name, scopeType, description: descriptions[name] }));

export const defaultRoles: readonly DefaultRole[] = [
  ...rolesOf("ORGANIZATION", organizationRoles),
  ...rolesOf("WORKSPACE", workspaceRoles),
  ...rolesOf("DEPLOYMENT", deploymentRoles),
  ...rolesOf("DAG", dagRoles),
];
