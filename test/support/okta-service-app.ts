/** A service app of an Okta, and how it gets an access token: JWTs that it signs itself. */

import { createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import type { ServiceApp } from "../../src/emulators/okta/auth/credentials.ts";
import type { JsonObject } from "../../src/ground/json.ts";
import type { EmulatedOkta, OktaAnswer } from "./emulated-okta.ts";

export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicJwk: JsonObject;
}

export function newKey(type: "rsa" | "ec" = "ec"): SigningKey {
  const { privateKey, publicKey } =
    type === "ec"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    privateKey,
    publicJwk: JSON.parse(JSON.stringify(publicKey.export({ format: "jwk" }))) as JsonObject,
  };
}

export function serviceAppWithKey(
  app: Omit<ServiceApp, "publicKeys">,
  type?: "rsa" | "ec",
): { readonly app: ServiceApp; readonly key: SigningKey } {
  const key = newKey(type);
  return { app: { ...app, publicKeys: [{ ...key.publicJwk, kid: "k1" }] }, key };
}

/** A JWT of these claims. */
export function signedJwt(key: SigningKey, claims: object, header: object = {}): string {
  const alg = key.publicJwk["kty"] === "RSA" ? "RS256" : "ES256";
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg, ...header })}.${part(claims)}`;
  const signature = sign("sha256", Buffer.from(text), { key: key.privateKey, dsaEncoding: "ieee-p1363" });
  return `${text}.${signature.toString("base64url")}`;
}

let count = 0;

/** The claims of a client assertion that is right. */
export function assertionClaims(url: string, clientId: string): Record<string, unknown> {
  count += 1;
  const exp = Math.floor(Date.now() / 1000) + 300;
  return { iss: clientId, sub: clientId, aud: `${url}/oauth2/v1/token`, exp, jti: `assertion ${count}` };
}

/** A DPoP proof; `claims` are added, or take the place of others. */
export function dpopProof(key: SigningKey, method: string, url: string, claims: object = {}): string {
  count += 1;
  const own = { htm: method, htu: url, iat: Math.floor(Date.now() / 1000), jti: `proof ${count}` };
  return signedJwt(key, { ...own, ...claims }, { typ: "dpop+jwt", jwk: key.publicJwk });
}

/** The `ath` of a proof. */
export function hashOf(accessToken: string): string {
  return createHash("sha256").update(accessToken).digest("base64url");
}

export interface TokenRequest {
  readonly clientId: string;
  readonly key: SigningKey;
  readonly scopes: readonly string[];
  /** In place of the right ones. */
  readonly claims?: object;
  readonly form?: Readonly<Record<string, string>>;
  readonly dpop?: string;
}

/** Asks for a token as the client that is described. */
export function askForToken(emulated: EmulatedOkta, asked: TokenRequest): Promise<OktaAnswer> {
  const claims = { ...assertionClaims(emulated.okta.url, asked.clientId), ...asked.claims };
  const form = {
    grant_type: "client_credentials",
    scope: asked.scopes.join(" "),
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: signedJwt(asked.key, claims, { kid: "k1" }),
    ...asked.form,
  };
  return emulated.send("POST", "/oauth2/v1/token", {
    body: new URLSearchParams(form).toString(),
    authorization: "",
    ...(asked.dpop === undefined ? {} : { headers: { dpop: asked.dpop } }),
  });
}

/** The access token. */
export async function tokenOf(emulated: EmulatedOkta, asked: TokenRequest): Promise<string> {
  return (await askForToken(emulated, asked)).body.access_token;
}
