/** Who may call: one bearer token, compared in constant time. */

import { createHash, timingSafeEqual } from "node:crypto";
import { ScimError } from "../../scim/error.ts";

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

/** Digests are of one length, so the comparison tells nothing of the token's. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
