/** The organization itself at the start of a server. */

import type { Behaviour } from "../astro/behaviour/table.ts";
import type { AstroSeed } from "../astro/seed.ts";
import type { OrganizationRow } from "./store/organization-row.ts";
import type { Subject } from "./store/subject.ts";

export interface StartingOptions {
  readonly id: string;
  readonly actor: Subject;
  readonly nowMs: number;
  readonly newId: () => string;
  readonly behaviour: Pick<Behaviour, "scimIntegration">;
}

export function startingOrganization(
  _seed: AstroSeed | undefined,
  { id, actor, nowMs, newId, behaviour }: StartingOptions,
): OrganizationRow {
  return {
    id,
    name: "Local Astro",
    billingEmail: undefined,
    productPlanId: newId(),
    isScimEnabled: behaviour.scimIntegration === "on",
    createdMs: nowMs,
    lastModifiedMs: nowMs,
    createdBy: actor,
    updatedBy: actor,
    managedDomains: [],
    workspaces: [],
    deployments: [],
    customRoles: [],
  };
}
