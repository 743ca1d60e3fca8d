/** What makes a server an organization of its own: an id and a token, made up where none is given, and the ids that it gives. */

import { createHmac } from "node:crypto";
import type { Caller } from "./api/caller.ts";
import { cuidGenerator } from "./cuid.ts";
import type { ServerWorld } from "./api/server-world.ts";

export interface IdentityOptions {
  /** Organization ID in the path; made up when none is given. */
  readonly organizationId?: string;
  /** The bearer token that is let in; made up in Astro's form when none is given. */
  readonly token?: string;
}

export interface Identity {
  readonly organizationId: string;
  readonly token: string;
  /** Who calls with the token. */
  readonly caller: Caller;
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
  const organizationId = options.organizationId ?? newId();
  const id = newId();
  const issuer = { now: clock.now(), apiTokenId: id, randomBytes: random.bytes };
  const token = options.token ?? astroFormToken(organizationId, issuer);
  return {
    organizationId,
    token,
    caller: { id, name: "local API token", organizationIds: [organizationId] },
  };
}

interface Issuer {
  readonly now: Date;
  readonly apiTokenId: string;
  readonly randomBytes: (count: number) => Uint8Array;
}

/**
 * A token as Astro makes them: a JWT whose claims name the organization (astro CLI: `permissions`,
 * `apiTokenId`, `isAstronomerGenerated`). It is signed with a key that is not kept: for local use only.
 */
function astroFormToken(organizationId: string, issuer: Issuer): string {
  const { apiTokenId } = issuer;
  const issuedAt = Math.floor(issuer.now.getTime() / 1000);
  const permissions = [`apiTokenId:${apiTokenId}`, `organizationId:${organizationId}`];
  const claims = {
    permissions,
    apiTokenId,
    isAstronomerGenerated: true,
    scope: permissions.join(" "),
    kid: "local",
    version: "v1",
    iss: "astro-scim local server",
    aud: "astronomer-ee",
    iat: issuedAt,
    exp: issuedAt + 365 * 24 * 3600,
  };
  const head = `${base64Url({ alg: "HS256", typ: "JWT", kid: "local" })}.${base64Url(claims)}`;
  const signature = createHmac("sha256", issuer.randomBytes(32)).update(head).digest("base64url");
  return `${head}.${signature}`;
}

function base64Url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
