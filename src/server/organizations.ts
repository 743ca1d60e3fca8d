/** The organizations of one server: their IDs and tokens, and what each holds. */

import type { Behaviour } from "../astro/behaviour/table.ts";
import type { AstroSeed } from "../astro/seed.ts";
import { AppError } from "../ground/errors.ts";
import type { Guest } from "./api/auth.ts";
import type { Caller } from "./api/caller.ts";
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

export interface HeldOrganization extends Pick<Identity, "organizationId" | "token"> {
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
  const guests = new Map<string, Guest & { readonly caller: Caller & { organizationIds: string[] } }>();
  const byId = new Map<string, OrganizationHandle>();
  const hold = async (options: OrganizationOptions): Promise<HeldOrganization> => {
    const { organizationId, token, caller } = identityOf(options, parts.world, parts.newId);
    if (byId.has(organizationId)) {
      throw new AppError("usage", `Two organizations have the ID ${organizationId}.`);
    }
    const guest = guests.get(token) ?? { token, caller: { ...caller, organizationIds: [] } };
    guest.caller.organizationIds.push(organizationId);
    guests.set(token, guest);
    const handle = await createOrganization(
      { organizationId, owner: guest.caller, seed: options.seed, behaviour },
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
