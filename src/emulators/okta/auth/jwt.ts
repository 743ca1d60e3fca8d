/** JSON Web Tokens that a client signed (RFC 7515, RFC 7519). */

import { createHash, createPublicKey, verify, type JsonWebKey, type KeyObject } from "node:crypto";
import * as z from "zod";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../ground/json.ts";

export interface Jwt {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  readonly signed: string;
  readonly signature: Uint8Array;
}

/** Undefined for what is no JWT. */
export function parseJwt(text: string): Jwt | undefined {
  const [header, claims, signature, ...more] = text.split(".");
  if (header === undefined || claims === undefined || signature === undefined || more.length > 0)
    return undefined;
  const [read, held] = [decoded(header), decoded(claims)];
  if (read === undefined || held === undefined) return undefined;
  return {
    header: read,
    claims: held,
    signed: `${header}.${claims}`,
    signature: Buffer.from(signature, "base64url"),
  };
}

function decoded(part: string): JsonObject | undefined {
  try {
    const value: JsonValue = JSON.parse(Buffer.from(part, "base64url").toString());
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const publicKey = z.union([
  z.looseObject({ kty: z.literal("RSA"), n: z.string(), e: z.string() }),
  z.looseObject({ kty: z.literal("EC"), crv: z.string(), x: z.string(), y: z.string() }),
]);

/** A public key of the client; undefined for what is none, or holds a private one. */
export function readPublicKey(value: JsonValue | undefined): PublicKey | undefined {
  const read = publicKey.safeParse(value);
  if (!read.success || "d" in read.data) return undefined;
  const { data } = read;
  const jwk: JsonWebKey =
    data.kty === "RSA"
      ? { kty: "RSA", n: data.n, e: data.e }
      : { kty: "EC", crv: data.crv, x: data.x, y: data.y };
  try {
    return { key: createPublicKey({ key: jwk, format: "jwk" }), thumbprint: thumbprintOf(jwk) };
  } catch {
    return undefined;
  }
}

export interface PublicKey {
  readonly key: KeyObject;
  /** RFC 7638. */
  readonly thumbprint: string;
}

/** Required members alone, in the order of their names (RFC 7638 §3.2). */
function thumbprintOf(jwk: JsonWebKey): string {
  const members = Object.entries(jwk).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return sha256(JSON.stringify(Object.fromEntries(members)));
}

/** In base64url. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** Algorithms that Okta takes of a client's key (Okta: Build a JWT for client authentication). */
const hashes: ReadonlyMap<JsonValue | undefined, string> = new Map([
  ["RS256", "sha256"],
  ["RS384", "sha384"],
  ["RS512", "sha512"],
  ["ES256", "sha256"],
  ["ES384", "sha384"],
  ["ES512", "sha512"],
]);

export function isSignedBy({ header, signed, signature }: Jwt, { key }: PublicKey): boolean {
  const { alg } = header;
  const hash = hashes.get(alg);
  if (hash === undefined || typeof alg !== "string") return false;
  if ((key.asymmetricKeyType === "rsa") !== alg.startsWith("RS")) return false;
  return verify(hash, Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" }, signature);
}
