/** `/oauth2/v1/token`: client credentials with a signed JWT (Okta: Implement OAuth for Okta with a service app). */

import * as z from "zod";
import type { EmulatedAnswer, EmulatedRequest } from "../../http/emulated-api.ts";
import type { OktaSwitches } from "../switches.ts";
import { appPrincipal, type ServiceApp } from "./credentials.ts";
import { checkProof } from "./dpop.ts";
import { isSignedBy, parseJwt, readPublicKey } from "./jwt.ts";
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

/** A proof binds the token, whether it has to be there or not. */
function proofOf(
  request: EmulatedRequest,
  { sessions, switches }: TokenEndpoint,
): EmulatedAnswer | { readonly thumbprint: string | undefined } {
  if (!switches.dpop && request.headers["dpop"] === undefined) return { thumbprint: undefined };
  const nonce = switches.dpopNonce ? sessions.nonce() : undefined;
  const proof = checkProof(request, { nonce, accessToken: undefined }, sessions);
  if (proof.kind === "valid") return { thumbprint: proof.thumbprint };
  const answer = refuse(400, proof.error, proof.why);
  return nonce === undefined ? answer : { ...answer, headers: { ...answer.headers, "dpop-nonce": nonce } };
}

/** The app, or why it is not authenticated. */
function authenticate(
  { origin }: EmulatedRequest,
  { client_assertion_type: type, client_assertion: assertion = "" }: z.infer<typeof form>,
  { serviceApps, sessions }: TokenEndpoint,
): ServiceApp | string {
  if (type !== assertionType)
    return "Client authentication failed. No client_assertion of the type jwt-bearer was sent.";
  const jwt = parseJwt(assertion);
  if (jwt === undefined) return "The client_assertion token is not a valid JWT.";
  const { iss, sub, aud, exp, jti } = jwt.claims;
  const app = serviceApps.find(({ clientId }) => clientId === iss);
  if (app === undefined || sub !== iss) return "Invalid value for 'client_id' parameter.";
  const isSigned = app.publicKeys.some((jwk) => {
    const { kid } = jwt.header;
    if (kid !== undefined && jwk["kid"] !== undefined && kid !== jwk["kid"]) return false;
    const key = readPublicKey(jwk);
    return key !== undefined && isSignedBy(jwt, key);
  });
  if (!isSigned) return "The client_assertion signature is invalid.";
  // The issuer of the org authorization server is accepted as well (RFC 7523bis; oauth4webapi sends it).
  if (aud !== `${origin}${tokenPath}` && aud !== origin)
    return "The audience claim for client_assertion must be the endpoint invoked for the request.";
  const nowMs = sessions.nowMs();
  if (typeof exp !== "number" || exp * 1000 <= nowMs) return "The client_assertion token is expired.";
  if (exp * 1000 > nowMs + 3_600_000 + 5000)
    return "The client_assertion token has an expiration too far into the future.";
  if (typeof jti === "string" && !sessions.isFirstUse(`assertion ${jti}`))
    return "The client_assertion token has already been used.";
  return app;
}

function refuse(status: number, error: string, description: string): EmulatedAnswer {
  return { status, body: { error, error_description: description } };
}
