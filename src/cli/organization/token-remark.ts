/** Why a token was probably refused, as far as it says so itself. */

import { AppError } from "../../ground/errors.ts";
import { readTokenClaims } from "../../astro/token-claims.ts";
import type { Connected } from "../connected.ts";

const refusals: ReadonlySet<string> = new Set(["unauthorized", "not-scim", "not-astro"]);

/** The error of a refused request, with what the token says of itself as the advice. */
export function explainRefusal(error: unknown, connected: Connected): unknown {
  if (!(error instanceof AppError) || !refusals.has(error.code)) return error;
  const remark = tokenRemark(connected);
  if (remark === undefined) return error;
  return new AppError(error.code, error.message, { hint: remark, cause: error });
}

/** One or two sentences; undefined where the token says nothing that would explain a refusal. */
function tokenRemark({ io, target }: Connected): string | undefined {
  if (target.kind === "in-process") return undefined;
  const claims = readTokenClaims(target.token);
  if (claims === undefined) return undefined;
  const token = `The token from ${target.tokenSource}`;
  if (claims.expiresAt !== undefined && claims.expiresAt <= io.clock.now()) {
    return `${token} expired at ${claims.expiresAt.toISOString()}. Create a new Organization API token in Astro.`;
  }
  if (claims.scope === "WORKSPACE" || claims.scope === "DEPLOYMENT") {
    const scope = claims.scope === "WORKSPACE" ? "Workspace" : "Deployment";
    return `${token} is a ${scope} API token, which cannot read the users and Teams of an organization. Use an Organization API token.`;
  }
  const { organizationId } = target;
  const { organizationId: claimed } = claims;
  if (claimed === undefined || organizationId === undefined || claimed === organizationId) return undefined;
  return `${token} belongs to organization ${claimed}, not to ${organizationId}.`;
}
