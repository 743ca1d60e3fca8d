/** The organization itself at the start of a server, with the Workspaces, Deployments and custom roles of its seed. */

import type { Behaviour } from "../astro/behaviour/table.ts";
import type { AstroSeed } from "../astro/seed.ts";
import type { OrganizationRow } from "./store/organization-row.ts";
import type { Subject } from "./store/subject.ts";

export interface StartingOptions {
  readonly id: string;
  /** Who made it, as far as anyone asks. */
  readonly actor: Subject;
  readonly nowMs: number;
  readonly newId: () => string;
  readonly behaviour: Pick<Behaviour, "scimIntegration">;
}

export function startingOrganization(
  seed: Pick<AstroSeed, "organization" | "workspaces" | "customRoles">,
  { id, actor, nowMs, newId, behaviour }: StartingOptions,
): OrganizationRow {
  const { organization = {}, workspaces = [], customRoles = [] } = seed;
  const { name = "Local Astro", billingEmail, isScimEnabled, managedDomains = [] } = organization;
  const held = workspaces.map((workspace) => ({ id: workspace.id ?? newId(), ...workspace }));
  return {
    id,
    name,
    billingEmail,
    productPlanId: newId(),
    isScimEnabled: isScimEnabled ?? behaviour.scimIntegration === "on",
    createdMs: nowMs,
    lastModifiedMs: nowMs,
    createdBy: actor,
    updatedBy: actor,
    managedDomains: managedDomains.map((domain) => ({ id: newId(), ...domain })),
    workspaces: held.map((workspace) => ({ id: workspace.id, name: workspace.name })),
    deployments: held.flatMap(({ id: workspaceId, deployments = [] }) =>
      deployments.map((one) => ({ id: one.id ?? newId(), name: one.name, workspaceId })),
    ),
    customRoles: customRoles.map(({ name: role, scopeType, description, permissions = [] }) => ({
      id: newId(),
      name: role,
      scopeType,
      description,
      permissions,
    })),
  };
}
