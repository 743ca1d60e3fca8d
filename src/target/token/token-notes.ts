/** What a token says of itself, held against the target that it is for. */

import { readTokenClaims } from "../../astro/token-claims.ts";
import { AppError } from "../../ground/errors.ts";
import type { FoundToken } from "./find-token.ts";

export interface TokenUse {
  readonly isLoopback: boolean;
  /** In the base URL of the target. */
  readonly organizationId: string | undefined;
  readonly now: Date;
}

/**
 * Sentences for the user.
 * @throws AppError unauthorized, for an expired token, and at Astro for one of a Workspace or a Deployment
 */
export function tokenNotes(
  found: FoundToken,
  { isLoopback, organizationId, now }: TokenUse,
): readonly string[] {
  return [
    ...expiryNotes(found, isLoopback, now),
    ...scopeNotes(found, !isLoopback && organizationId !== undefined),
    ...organizationNotes(found, organizationId),
  ];
}

/** @throws AppError unauthorized: a server would answer 401. On loopback it is only said: a test server may not mind. */
function expiryNotes({ token, source }: FoundToken, isLoopback: boolean, now: Date): readonly string[] {
  const expiresAt = readTokenClaims(token)?.expiresAt;
  if (expiresAt === undefined || expiresAt > now) return [];
  const message = `The token from ${source} has expired (${expiresAt.toISOString()}).`;
  if (isLoopback) return [message];
  throw new AppError("unauthorized", message, {
    hint: "Create a new Organization API token in Astro. If the identity provider uses the same token, update it there, too.",
  });
}

/** @throws AppError unauthorized, for a token that Astro does not let into SCIM; to other servers it is only said */
function scopeNotes(found: FoundToken, isAstro: boolean): readonly string[] {
  const explanation = narrowToken(found);
  if (explanation === undefined) return [];
  if (isAstro) throw new AppError("unauthorized", explanation, { hint: organizationTokenHint });
  return [explanation];
}

/** What to use instead of a token that is not for an organization. */
export const organizationTokenHint =
  "Use an Organization API token: Organization Settings > API Tokens in Astro.";

/** What is wrong with a token that is not for an organization; undefined where nothing is. */
export function narrowToken({ token, source }: FoundToken): string | undefined {
  const scope = readTokenClaims(token)?.scope;
  if (scope === undefined || scope === "ORGANIZATION") return undefined;
  const kind = scope === "WORKSPACE" ? "Workspace" : "Deployment";
  return `The token from ${source} is a ${kind} API token: it gives no access to the organization's users and Teams.`;
}

function organizationNotes(
  { token, source }: FoundToken,
  organizationId: string | undefined,
): readonly string[] {
  const claimed = readTokenClaims(token)?.organizationId;
  if (claimed === undefined || organizationId === undefined || claimed === organizationId) return [];
  return [`The token from ${source} is for organization ${claimed}, but the target is ${organizationId}.`];
}
