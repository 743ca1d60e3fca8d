/** A token as Astro makes them: a JWT whose claims name the organization. */

import { createHmac } from "node:crypto";

export interface TokenIssuer {
  readonly now: Date;
  readonly newId: () => string;
  readonly randomBytes: (count: number) => Uint8Array;
}

const secondsOfYear = 365 * 24 * 3600;

/**
 * For an organization, valid for a year (claims: astro CLI, pkg/util/util.go). It is signed with a random key that is not
 * kept: the server compares tokens as a whole.
 */
export function madeUpToken(organizationId: string, issuer: TokenIssuer): string {
  const apiTokenId = issuer.newId();
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
    exp: issuedAt + secondsOfYear,
  };
  const head = `${base64Url({ alg: "HS256", typ: "JWT", kid: "local" })}.${base64Url(claims)}`;
  const signature = createHmac("sha256", issuer.randomBytes(32)).update(head).digest("base64url");
  return `${head}.${signature}`;
}

function base64Url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
