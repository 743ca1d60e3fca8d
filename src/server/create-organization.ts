/** The organization that a server holds: made at its start, and made again when it is reset. */

import type { AstroSeed } from "../astro/seed.ts";
import type { BehaviourChoice } from "../astro/behaviour/table.ts";
import { resolveBehaviour } from "../astro/behaviour/resolve.ts";
import type { ResettableOrganization } from "./control/control.ts";
import { createOperations } from "./organization/operations.ts";
import type { Operations } from "./organization/outcome.ts";
import { createCursors } from "./scim/list/cursors.ts";
import type { Organization } from "./scim/organization.ts";
import { shortcuts } from "./scim/shortcuts/shortcuts.ts";
import { loadSeed } from "./seed.ts";
import type { ServerWorld } from "./api/server-world.ts";
import type { Origin } from "./store/event.ts";
import { MemoryRows } from "./store/memory/memory-rows.ts";

export interface OrganizationOptions extends BehaviourChoice {
  /** What Astro holds beforehand. */
  readonly seed?: AstroSeed;
}

export interface OrganizationParts {
  readonly world: ServerWorld;
  readonly newId: () => string;
  readonly maxBodyBytes: number;
}

export interface OrganizationHandle extends ResettableOrganization {
  readonly current: () => Organization;
  moveTo(baseUrl: string): void;
}

/** The organization as requests see it: replaced as a whole, so that one which is under way keeps what it began with. */
export async function createOrganization(
  options: OrganizationOptions,
  { world, newId, maxBodyBytes }: OrganizationParts,
): Promise<OrganizationHandle> {
  const { seed } = options;
  const { now } = world.clock;
  const { yieldToOthers } = world.timers;
  const cursors = createCursors(world.random.bytes(32), now);
  const behaviour = resolveBehaviour(options, seed);
  const renewed = async (): Promise<Pick<Organization, "rows" | "operations">> => {
    const rows = new MemoryRows(now().getTime(), yieldToOthers);
    const operationsOf = (origin: Origin): Operations =>
      createOperations({ rows, rules: behaviour, origin, now, newId });
    if (seed !== undefined) await loadSeed(operationsOf({ api: "seed", actor: "seed" }), seed, behaviour);
    return { rows, operations: operationsOf({ api: "scim", actor: "API token" }) };
  };
  let current: Organization = {
    ...(await renewed()),
    shortcuts,
    baseUrl: "",
    behaviour,
    cursors,
    newId,
    yieldToOthers,
    maxBodyBytes,
  };
  return {
    current: () => current,
    renew: async () => {
      const held = await renewed();
      current = { ...current, ...held };
    },
    moveTo: (baseUrl) => {
      current = { ...current, baseUrl };
    },
  };
}
