/** The organizations of one server: their IDs and tokens, and what each holds. */

import type { Behaviour } from "../astro/behaviour/table.ts";
import type { AstroSeed } from "../astro/seed.ts";
import { AppError } from "../ground/errors.ts";
import type { Guest } from "./api/caller.ts";
import type { ResettableOrganization } from "./control/control.ts";
import {
  createOrganization,
  type OrganizationHandle,
  type OrganizationParts,
} from "./create-organization.ts";
import { identityOf, type Identity, type IdentityOptions } from "./identity.ts";

/** One organization of a server. */
export interface OrganizationOptions extends IdentityOptions {
  /** What Astro holds beforehand. */
  readonly seed?: AstroSeed;
}

export interface HeldOrganization extends Pick<Identity, "organizationId">, Pick<Guest, "token"> {
  readonly handle: OrganizationHandle;
}

export interface Organizations extends ResettableOrganization {
  /** The first one is that which the server's own options describe. */
  readonly all: readonly [HeldOrganization, ...HeldOrganization[]];
  /** Undefined for one that is not here. */
  readonly find: (id: string) => OrganizationHandle | undefined;
  /** The tokens that are let in. */
  readonly guests: readonly Guest[];
}

/** @throws AppError usage for two organizations with one ID */
export async function createOrganizations(
  [first, ...more]: readonly [OrganizationOptions, ...OrganizationOptions[]],
  behaviour: Behaviour,
  parts: OrganizationParts,
): Promise<Organizations> {
  const guests = new Map<string, Guest & { readonly caller: { organizationIds: string[] } }>();
  const byId = new Map<string, OrganizationHandle>();
  const hold = async (options: OrganizationOptions): Promise<HeldOrganization> => {
    const { organizationId, guest } = identityOf(options, parts.world, parts.newId);
    const { token, caller } = guest;
    if (byId.has(organizationId)) {
      throw new AppError("usage", `Two organizations have the ID ${organizationId}.`);
    }
    const known = guests.get(token) ?? { token, caller: { ...caller, organizationIds: [] } };
    // A token without permissions is for each organization that it is given for.
    known.caller.organizationIds = [...new Set([...known.caller.organizationIds, ...caller.organizationIds])];
    guests.set(token, known);
    const handle = await createOrganization(
      { organizationId, owner: known.caller, seed: options.seed, behaviour },
      parts,
    );
    byId.set(organizationId, handle);
    return { organizationId, token, handle };
  };
  const all: [HeldOrganization, ...HeldOrganization[]] = [await hold(first)];
  for (const options of more) all.push(await hold(options));
  return {
    all,
    find: (id) => byId.get(id),
    guests: [...guests.values()],
    current: () => all[0].handle.current(),
    renew: async () => {
      for (const { handle } of all) await handle.renew();
    },
  };
}
