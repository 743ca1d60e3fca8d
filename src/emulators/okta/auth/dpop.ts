/** DPoP proofs: a client shows that it holds the key to which its token is bound (RFC 9449). */

import type { JsonObject } from "../../../ground/json.ts";
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

export function checkProof(request: EmulatedRequest, rules: ProofRules, sessions: Sessions): Proof {
  const text = request.headers["dpop"];
  if (text === undefined) return refused("The DPoP proof JWT header is missing.");
  const jwt = parseJwt(text);
  const key = readPublicKey(jwt?.header["jwk"]);
  if (jwt === undefined || key === undefined || jwt.header["typ"] !== "dpop+jwt" || !isSignedBy(jwt, key)) {
    return refused("The DPoP proof JWT is invalid.");
  }
  const { claims } = jwt;
  const why = notForThis(claims, request, sessions) ?? notBound(claims, rules);
  if (why !== undefined) return refused(why);
  if (rules.nonce !== undefined && claims["nonce"] !== rules.nonce) return needsNonce;
  if (!isNew(claims, sessions)) return refused("The DPoP proof JWT has no jti, or was used before.");
  return { kind: "valid", thumbprint: key.thumbprint };
}

function isNew({ jti }: JsonObject, sessions: Sessions): boolean {
  return typeof jti === "string" && sessions.isFirstUse(`dpop ${jti}`);
}

const needsNonce: Proof = {
  kind: "refused",
  error: "use_dpop_nonce",
  why: "Authorization server requires nonce in DPoP proof.",
};

/** Method, address and time. */
function notForThis(
  { htm, htu, iat }: JsonObject,
  { method, origin, path }: EmulatedRequest,
  sessions: Sessions,
): string | undefined {
  if (htm !== method || htu !== `${origin}${path}`) return "The DPoP proof JWT is for another request.";
  const isNow = Math.abs(Number(iat) * 1000 - sessions.nowMs()) <= slackMs;
  return isNow ? undefined : "The DPoP proof JWT is not of this time.";
}

function notBound({ ath }: JsonObject, { accessToken }: ProofRules): string | undefined {
  if (accessToken === undefined || ath === sha256(accessToken)) return undefined;
  return "The DPoP proof JWT is for another access token.";
}

function refused(why: string): Proof {
  return { kind: "refused", error: "invalid_dpop_proof", why };
}
