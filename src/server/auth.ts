/** Who may call: one bearer token, compared in constant time; and a token in Astro's form where none is given. */

import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { ScimError } from "../scim/error.ts";
import type { RandomBytes } from "./store/cuid.ts";

/** Checks an `Authorization` header; keeps only a digest of the token. */
export interface Authenticator {
  /** @throws ScimError 401, with a detail that says what is wrong with the header and never what it holds. */
  check(authorization: string | undefined): void;
}

export function createAuthenticator(token: string): Authenticator {
  const expected = digest(token);
  // Node reads header values as Latin-1, a byte a character.
  const usual = Buffer.from(`Bearer ${token}`, "latin1");
  const presentedBytes = Buffer.alloc(usual.length);
  const isUsual = (authorization: string): boolean => {
    presentedBytes.write(authorization, "latin1");
    return timingSafeEqual(presentedBytes, usual);
  };
  return {
    check(authorization) {
      if (authorization?.length === usual.length && isUsual(authorization)) return;
      if (authorization === undefined || authorization === "") {
        throw new ScimError(401, "no Authorization header; send: Authorization: Bearer <API token>");
      }
      const presented = /^Bearer +/i.exec(authorization)?.[0];
      if (presented === undefined) {
        throw new ScimError(401, "the Authorization header does not start with 'Bearer '");
      }
      const rest = authorization.slice(presented.length);
      if (timingSafeEqual(digest(rest), expected)) return;
      // Some guides tell Okta administrators to type the prefix into a field to which Okta adds it again.
      const doubled = /^Bearer +/i.test(rest);
      throw new ScimError(
        401,
        doubled
          ? "the Authorization header has 'Bearer' twice; enter the token without it in the identity provider"
          : "the API token is not valid for this organization",
      );
    },
  };
}

/**
 * A token as Astro makes them: a JWT whose claims name the organization (astro CLI: `permissions`,
 * `apiTokenId`, `isAstronomerGenerated`). It is signed with a key that is not kept: for local use only.
 */
export function astroFormToken(
  organizationId: string,
  issuer: { readonly now: Date; readonly newId: () => string; readonly randomBytes: RandomBytes },
): string {
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
    exp: issuedAt + 365 * 24 * 3600,
  };
  const head = `${base64Url({ alg: "HS256", typ: "JWT", kid: "local" })}.${base64Url(claims)}`;
  const signature = createHmac("sha256", issuer.randomBytes(32)).update(head).digest("base64url");
  return `${head}.${signature}`;
}

function base64Url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** Digests are of one length, so the comparison tells nothing of the token's. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
