/** DPoP proofs: a client shows that it holds the key to which its token is bound (RFC 9449). */

import type { EmulatedRequest } from "../../http/emulated-api.ts";
import { isSignedBy, parseJwt, readPublicKey, sha256 } from "./jwt.ts";
import type { Sessions } from "./sessions.ts";

export type Proof =
  | { readonly kind: "valid"; readonly thumbprint: string }
  | {
      readonly kind: "refused";
      readonly error: "invalid_dpop_proof" | "use_dpop_nonce";
      readonly why: string;
    };

export interface ProofRules {
  /** The nonce that it must have; undefined where it needs none. */
  readonly nonce: string | undefined;
  /** The access token that it is for; undefined at the token endpoint. */
  readonly accessToken: string | undefined;
}

/** How far a client's clock may be from the server's. */
const slackMs = 5 * 60_000;

export function checkProof(
  request: EmulatedRequest,
  { nonce, accessToken }: ProofRules,
  sessions: Sessions,
): Proof {
  const text = request.headers["dpop"];
  if (text === undefined) return refused("The DPoP proof JWT header is missing.");
  const jwt = parseJwt(text);
  const key = readPublicKey(jwt?.header["jwk"]);
  if (jwt === undefined || key === undefined || jwt.header["typ"] !== "dpop+jwt" || !isSignedBy(jwt, key)) {
    return refused("The DPoP proof JWT is invalid.");
  }
  const { claims } = jwt;
  if (claims["htm"] !== request.method || claims["htu"] !== `${request.origin}${request.path}`) {
    return refused("The DPoP proof JWT is for another request.");
  }
  const issuedMs = Number(claims["iat"]) * 1000;
  if (!(Math.abs(issuedMs - sessions.nowMs()) <= slackMs))
    return refused("The DPoP proof JWT is not of this time.");
  if (nonce !== undefined && claims["nonce"] !== nonce) {
    return {
      kind: "refused",
      error: "use_dpop_nonce",
      why: "Authorization server requires nonce in DPoP proof.",
    };
  }
  if (accessToken !== undefined && claims["ath"] !== sha256(accessToken)) {
    return refused("The DPoP proof JWT is for another access token.");
  }
  const { jti } = claims;
  if (typeof jti !== "string" || !sessions.isFirstUse(`dpop ${jti}`)) {
    return refused("The DPoP proof JWT has no jti, or was used before.");
  }
  return { kind: "valid", thumbprint: key.thumbprint };
}

function refused(why: string): Proof {
  return { kind: "refused", error: "invalid_dpop_proof", why };
}
