/** Who may call: bearer tokens, compared in constant time. */

import { createHash, timingSafeEqual } from "node:crypto";
import { HttpError } from "../../ground/http-error.ts";
import type { Caller } from "./caller.ts";

/** Checks an `Authorization` header; keeps only digests of the tokens. */
export interface Authenticator {
  /** Who calls. @throws HttpError 401, with a detail that says what is wrong with the header and never what it holds. */
  check(authorization: string | undefined): Caller;
}

/** A token that is let in, and who calls with it. */
export interface Guest {
  readonly token: string;
  readonly caller: Caller;
}

export function createAuthenticator(guests: readonly Guest[]): Authenticator {
  const known = guests.map(({ token, caller }) => ({
    caller,
    expected: digest(token),
    isUsual: usualHeader(token),
  }));
  return {
    check(authorization) {
      const usual = known.find(({ isUsual }) => isUsual(authorization));
      if (usual !== undefined) return usual.caller;
      if (authorization === undefined || authorization === "") {
        throw new HttpError(401, "no Authorization header; send: Authorization: Bearer <API token>");
      }
      const presented = /^Bearer +/i.exec(authorization)?.[0];
      if (presented === undefined) {
        throw new HttpError(401, "the Authorization header does not start with 'Bearer '");
      }
      const rest = authorization.slice(presented.length);
      const presentedDigest = digest(rest);
      const guest = known.find(({ expected }) => timingSafeEqual(presentedDigest, expected));
      if (guest !== undefined) return guest.caller;
      // Some guides tell Okta administrators to type the prefix into a field to which Okta adds it again.
      const doubled = /^Bearer +/i.test(rest);
      throw new HttpError(
        401,
        doubled
          ? "the Authorization header has 'Bearer' twice; enter the token without it in the identity provider"
          : "the API token is not valid for this organization",
      );
    },
  };
}

/** Whether a header is the one that nearly every request has: a comparison without a digest. */
function usualHeader(token: string): (authorization: string | undefined) => boolean {
  // Node reads header values as Latin-1, a byte a character.
  const usual = Buffer.from(`Bearer ${token}`, "latin1");
  const presentedBytes = Buffer.alloc(usual.length);
  return (authorization) => {
    if (authorization?.length !== usual.length) return false;
    presentedBytes.write(authorization, "latin1");
    return timingSafeEqual(presentedBytes, usual);
  };
}

/** Digests are of one length, so the comparison tells nothing of the token's. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
