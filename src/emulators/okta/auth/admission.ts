/** Who makes a call, and whether it may be made. */

import type { EmulatedRequest } from "../../http/emulated-api.ts";
import { OktaError } from "../errors.ts";
import { tokenPrincipal, type ApiToken, type Principal } from "./credentials.ts";
import { checkProof } from "./dpop.ts";
import type { Sessions } from "./sessions.ts";

export interface Admission {
  readonly apiTokens: readonly ApiToken[];
  readonly sessions: Sessions;
}

/** @throws OktaError E0000011 without valid credentials, E0000006 where they do not allow the call */
export function requireAllowed(
  request: EmulatedRequest,
  scopes: readonly string[],
  admission: Admission,
): void {
  const principal = principalOf(request, admission);
  if (principal === undefined) throw new OktaError("E0000011");
  requireProof(request, principal, admission.sessions);
  const refused = principal.refuses(scopes);
  if (refused === undefined) return;
  const headers =
    refused.lacks === "scope"
      ? challenge(request, {
          scope: scopes.join(" "),
          error: "insufficient_scope",
          why: "The access token provided does not contain the required scopes.",
        })
      : {};
  throw new OktaError("E0000006", { headers });
}

/** Undefined without valid credentials. */
export function principalOf(
  { headers }: EmulatedRequest,
  { apiTokens, sessions }: Admission,
): Principal | undefined {
  const [scheme = "", token = ""] = (headers["authorization"] ?? "").split(/ +(.*)/);
  if (scheme.toLowerCase() === "ssws") {
    const held = apiTokens.find((one) => one.token === token);
    return held && tokenPrincipal(held);
  }
  const isOAuth = ["bearer", "dpop"].includes(scheme.toLowerCase());
  return isOAuth ? sessions.principalOf(token) : undefined;
}

/** A token that is bound to a key comes with a proof, and with the scheme DPoP (RFC 9449 §7). */
function requireProof(request: EmulatedRequest, { boundTo }: Principal, sessions: Sessions): void {
  if (boundTo === undefined) return;
  const [scheme = "", token = ""] = (request.headers["authorization"] ?? "").split(/ +(.*)/);
  const refuse = (why: string): OktaError =>
    new OktaError("E0000011", {
      headers: challenge(request, { scope: undefined, error: "invalid_dpop_proof", why }),
    });
  if (scheme.toLowerCase() !== "dpop")
    throw refuse("The access token is bound to a key: the scheme must be DPoP.");
  const proof = checkProof(request, { nonce: undefined, accessToken: token }, sessions);
  if (proof.kind === "refused") throw refuse(proof.why);
  if (proof.thumbprint !== boundTo) throw refuse("The proof is of another key than the access token.");
}

/** Okta support: "insufficient_scope" Error when Making a Request to an OAuth or Management Endpoint. */
function challenge(
  { origin, path, headers }: EmulatedRequest,
  { scope, error, why }: { readonly scope: string | undefined; readonly error: string; readonly why: string },
): Readonly<Record<string, string>> {
  const scheme = (headers["authorization"] ?? "").toLowerCase().startsWith("dpop") ? "DPoP" : "Bearer";
  const parts = [
    `authorization_uri="${origin}/oauth2/v1/authorize"`,
    `realm="${origin}"`,
    ...(scope === undefined ? [] : [`scope="${scope}"`]),
    `error="${error}"`,
    `error_description="${why}"`,
    `resource="${path}"`,
  ];
  return { "www-authenticate": `${scheme} ${parts.join(", ")}` };
}
