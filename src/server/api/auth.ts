/** Who may call: bearer tokens, compared in constant time. */

import { createHash, timingSafeEqual } from "node:crypto";
import { HttpError } from "../../ground/http-error.ts";
import type { Caller, Guest } from "./caller.ts";

/** Checks an `Authorization` header. */
export interface Authenticator {
  /** @throws HttpError 401, with a detail that says what is wrong with the header and never what it holds. */
  check(authorization: string | undefined): Caller;
  /** Those whose tokens are accepted. */
  readonly callers: readonly Caller[];
  /** When a token was last accepted; undefined before. */
  lastUsedAt(id: string): Date | undefined;
}

/** An accepted token, ready to be compared. */
interface Comparable {
  readonly caller: Caller;
  readonly endsAtMs: number;
  /** The header as clients usually write it. */
  readonly usual: Buffer;
  /** Room for a header of that length. */
  readonly presented: Buffer;
  readonly digest: Buffer;
  lastUsedAtMs: number | undefined;
}

/** Of a JWT only its claims `exp` and `permissions` are judged, the first one here; that it is known is what counts. */
export function createAuthenticator(guests: readonly Guest[], now: () => Date): Authenticator {
  const tokens = guests.map(comparable);
  return {
    callers: guests.map(({ caller }) => caller),
    check(authorization) {
      const token = usualToken(tokens, authorization) ?? presentedToken(tokens, authorization);
      const nowMs = now().getTime();
      if (nowMs >= token.endsAtMs) {
        throw new HttpError(401, `the API token expired at ${new Date(token.endsAtMs).toISOString()}`);
      }
      token.lastUsedAtMs = nowMs;
      return token.caller;
    },
    lastUsedAt(id) {
      const usedAtMs = tokens.find(({ caller }) => caller.id === id)?.lastUsedAtMs;
      return usedAtMs === undefined ? undefined : new Date(usedAtMs);
    },
  };
}

function comparable({ token, caller }: Guest): Comparable {
  // Node reads header values as Latin-1, a byte a character.
  const usual = Buffer.from(`Bearer ${token}`, "latin1");
  return {
    caller,
    endsAtMs: caller.endAt?.getTime() ?? Infinity,
    usual,
    presented: Buffer.alloc(usual.length),
    digest: digest(token),
    lastUsedAtMs: undefined,
  };
}

/** The token of a header in the usual spelling; undefined for any other header. */
function usualToken(
  tokens: readonly Comparable[],
  authorization: string | undefined,
): Comparable | undefined {
  if (authorization === undefined) return undefined;
  return tokens.find(({ usual, presented }) => {
    if (authorization.length !== usual.length) return false;
    presented.write(authorization, "latin1");
    return timingSafeEqual(presented, usual);
  });
}

/** The token of a header in any other spelling. @throws HttpError 401 */
function presentedToken(tokens: readonly Comparable[], authorization: string | undefined): Comparable {
  if (authorization === undefined || authorization === "") {
    throw new HttpError(401, "no Authorization header; send: Authorization: Bearer <API token>");
  }
  const scheme = /^Bearer +/i.exec(authorization)?.[0];
  if (scheme === undefined) {
    throw new HttpError(401, "the Authorization header does not start with 'Bearer '");
  }
  const rest = authorization.slice(scheme.length);
  const restDigest = digest(rest);
  const token = tokens.find((each) => timingSafeEqual(each.digest, restDigest));
  if (token !== undefined) return token;
  // Some guides tell Okta administrators to type the prefix into a field to which Okta adds it again.
  const doubled = /^Bearer +/i.test(rest);
  throw new HttpError(
    401,
    doubled
      ? "the Authorization header has 'Bearer' twice; enter the token without it in the identity provider"
      : "the API token is not valid for this organization",
  );
}

/** Digests are of one length, so the comparison tells nothing of the token's. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
