/** What makes a server an organization of its own: an id and a token, made up where none is given, and the ids that it gives. */

import { readTokenClaims, type TokenClaims } from "../astro/token-claims.ts";
import { cuidGenerator } from "./cuid.ts";
import { madeUpToken } from "./made-up-token.ts";
import type { Caller, Guest } from "./api/caller.ts";
import type { ServerWorld } from "./api/server-world.ts";

export interface IdentityOptions {
  /** Organization ID in the path; without it the one that the token names, or else a made-up one. */
  readonly organizationId?: string;
  /**
   * The bearer token that is let in, of any form; made up in Astro's form when none is given. Of a JWT, `exp` and
   * `permissions` are judged with each request.
   */
  readonly token?: string;
}

export interface Identity {
  readonly organizationId: string;
  readonly guest: Guest;
}

/** The ids that a server gives. */
export function idsOf({ clock, random }: ServerWorld): () => string {
  return cuidGenerator(clock.now, random.bytes);
}

export function identityOf(
  options: IdentityOptions,
  { clock, random }: ServerWorld,
  newId: () => string,
): Identity {
  const now = clock.now();
  const organizationId = options.organizationId ?? namedOrganization(options.token) ?? newId();
  const token = options.token ?? madeUpToken(organizationId, { now, newId, randomBytes: random.bytes });
  const claims = readTokenClaims(token);
  const caller: Caller = {
    id: claims?.apiTokenId ?? newId(),
    name: "local API token",
    ...permissionsOf(claims, organizationId),
    startAt: claims?.issuedAt ?? now,
    endAt: claims?.expiresAt,
  };
  return { organizationId, guest: { token, caller } };
}

/** Unless it is none that can be in a path. */
function namedOrganization(token: string | undefined): string | undefined {
  const named = token === undefined ? undefined : readTokenClaims(token)?.organizationId;
  return named !== undefined && /^[\w.~-]{1,100}$/.test(named) ? named : undefined;
}

/** A token without permissions is in no form of Astro's: it is for the organization that it was given for. */
function permissionsOf(
  claims: TokenClaims | undefined,
  organizationId: string,
): Pick<Caller, "organizationIds" | "scope"> {
  if (claims?.scope === undefined) return { organizationIds: [organizationId], scope: "ORGANIZATION" };
  const { organizationIds, scope } = claims;
  return { organizationIds: scope === "ORGANIZATION" ? organizationIds : [], scope };
}
