/** `/oauth2/v1/token`: client credentials with a signed JWT (Okta: Implement OAuth for Okta with a service app). */

import * as z from "zod";
import type { EmulatedAnswer, EmulatedRequest } from "../../http/emulated-api.ts";
import type { OktaSwitches } from "../switches.ts";
import { appPrincipal, type ServiceApp } from "./credentials.ts";
import { checkProof } from "./dpop.ts";
import { isSignedBy, parseJwt, readPublicKey, type Jwt } from "./jwt.ts";
import type { Sessions } from "./sessions.ts";

export const tokenPath = "/oauth2/v1/token";

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

const form = z.looseObject({
  grant_type: z.string(),
  scope: z.string().optional(),
  client_assertion_type: z.string().optional(),
  client_assertion: z.string().optional(),
});

export interface TokenEndpoint {
  readonly serviceApps: readonly ServiceApp[];
  readonly sessions: Sessions;
  readonly switches: OktaSwitches;
}

/** Errors are those of OAuth (RFC 6749 §5.2), not of the management API. */
export function answerTokenRequest(request: EmulatedRequest, endpoint: TokenEndpoint): EmulatedAnswer {
  const { sessions, switches } = endpoint;
  const read = form.safeParse(request.body);
  if (!read.success) return refuse(400, "invalid_request", "The token request is malformed.");
  const { grant_type: grantType, scope = "" } = read.data;
  if (grantType !== "client_credentials") {
    return refuse(
      400,
      "unsupported_grant_type",
      "The authorization grant type is not supported by the authorization server.",
    );
  }
  const authenticated = authenticate(request, read.data, endpoint);
  if (typeof authenticated === "string") return refuse(401, "invalid_client", authenticated);
  const asked = scope.split(" ").filter((one) => one !== "");
  if (asked.length === 0)
    return refuse(
      400,
      "invalid_scope",
      "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
    );
  const granted = asked.filter((one) => authenticated.scopes.includes(one));
  if (granted.length === 0)
    return refuse(400, "consent_required", "You are not allowed any of the requested scopes.");
  const proof = proofOf(request, endpoint);
  if ("status" in proof) return proof;
  const { thumbprint } = proof;
  return {
    status: 200,
    headers: { "cache-control": "no-cache, no-store" },
    body: {
      token_type: thumbprint === undefined ? "Bearer" : "DPoP",
      expires_in: switches.tokenSeconds,
      access_token: sessions.begin(appPrincipal(authenticated, granted, thumbprint)),
      scope: granted.join(" "),
    },
  };
}

/** Where the app does not have to prove anything, a proof is ignored: Okta's own SDK always sends one. */
function proofOf(
  request: EmulatedRequest,
  { sessions, switches }: TokenEndpoint,
): EmulatedAnswer | { readonly thumbprint: string | undefined } {
  if (!switches.dpop) return { thumbprint: undefined };
  const nonce = switches.dpopNonce ? sessions.nonce() : undefined;
  const proof = checkProof(request, { nonce, accessToken: undefined }, sessions);
  if (proof.kind === "valid") return { thumbprint: proof.thumbprint };
  const answer = refuse(400, proof.error, proof.why);
  return nonce === undefined ? answer : { ...answer, headers: { ...answer.headers, "dpop-nonce": nonce } };
}

/** The app, or why it is not authenticated. */
function authenticate(
  request: EmulatedRequest,
  { client_assertion_type: type, client_assertion: assertion = "" }: z.infer<typeof form>,
  { serviceApps, sessions }: TokenEndpoint,
): ServiceApp | string {
  if (type !== assertionType)
    return "Client authentication failed. No client_assertion of the type jwt-bearer was sent.";
  const jwt = parseJwt(assertion);
  if (jwt === undefined) return "The client_assertion token is not a valid JWT.";
  const { iss, sub } = jwt.claims;
  const app = serviceApps.find(({ clientId }) => clientId === iss);
  if (app === undefined || sub !== iss) return "Invalid value for 'client_id' parameter.";
  if (!isSignedByApp(jwt, app)) return "The client_assertion signature is invalid.";
  return wrongClaim(jwt.claims, request, sessions) ?? app;
}

/** By one of its keys; of those with a `kid` only by the one that the JWT names. */
function isSignedByApp(jwt: Jwt, { publicKeys }: ServiceApp): boolean {
  const { kid } = jwt.header;
  return publicKeys.some((jwk) => {
    if (kid !== undefined && jwk["kid"] !== undefined && kid !== jwk["kid"]) return false;
    const key = readPublicKey(jwk);
    return key !== undefined && isSignedBy(jwt, key);
  });
}

/** Okta: Build a JWT for client authentication. */
function wrongClaim(
  { aud, exp, jti }: Jwt["claims"],
  { origin }: EmulatedRequest,
  sessions: Sessions,
): string | undefined {
  // The issuer counts, too: newer clients name it in place of the endpoint (draft-ietf-oauth-rfc7523bis).
  const audiences: readonly unknown[] = [`${origin}${tokenPath}`, origin];
  if (!audiences.includes(aud))
    return "The audience claim for client_assertion must be the endpoint invoked for the request.";
  const nowMs = sessions.nowMs();
  if (typeof exp !== "number" || exp * 1000 <= nowMs) return "The client_assertion token is expired.";
  if (exp * 1000 > nowMs + longestAssertionMs)
    return "The client_assertion token has an expiration too far into the future.";
  const isUsedAgain = typeof jti === "string" && !sessions.isFirstUse(`assertion ${jti}`);
  return isUsedAgain ? "The client_assertion token has already been used." : undefined;
}

/** An hour, and what the clocks may differ. */
const longestAssertionMs = 3_600_000 + 60_000;

function refuse(status: number, error: string, description: string): EmulatedAnswer {
  return { status, body: { error, error_description: description } };
}
