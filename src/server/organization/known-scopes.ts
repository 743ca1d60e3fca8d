/** Which Workspaces and Deployments roles can be given for. Pure. */

import type { OrganizationRow } from "../store/organization-row.ts";
import type { OrganizationRules } from "./rules.ts";

type ScopeRules = Pick<OrganizationRules, "unknownScope">;

export function isKnownWorkspace(organization: OrganizationRow, id: string, rules: ScopeRules): boolean {
  return isUnjudged(organization, rules) || organization.workspaces.some((workspace) => workspace.id === id);
}

export function isKnownDeployment(organization: OrganizationRow, id: string, rules: ScopeRules): boolean {
  return (
    isUnjudged(organization, rules) || organization.deployments.some((deployment) => deployment.id === id)
  );
}

/** Where an organization declares none at all, nothing can be told of any. */
function isUnjudged({ workspaces }: OrganizationRow, { unknownScope }: ScopeRules): boolean {
  return unknownScope === "accept" || (unknownScope === "if-undeclared" && workspaces.length === 0);
}
