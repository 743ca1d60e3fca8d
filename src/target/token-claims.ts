/** What a token says of itself. It is read without checking the signature: a help for the user, never a permission. */

import { isJsonArray, isJsonObject } from "../ground/json.ts";
import { parseJsonText } from "../wire/parse-json-text.ts";

export interface TokenClaims {
  /** The organization of an Astro API token (claim `permissions`: `organizationId:…`; astro-cli, cmd/cloud/setup.go). */
  readonly organizationId: string | undefined;
  /** RFC 7519 §4.1.4 `exp`. */
  readonly expiresAt: Date | undefined;
  /** False where the issuer is not an https URL, as in the tokens of a local server: no public server knows it. */
  readonly isFromPublicIssuer: boolean;
}

/** The claims of a JWT (RFC 7519); undefined where the token is not one. */
export function readTokenClaims(token: string): TokenClaims | undefined {
  const parts = token.split(".");
  const payload = parts[1];
  if (parts.length !== 3 || payload === undefined || !/^[\w-]+$/.test(payload)) return undefined;
  const claims = parseJsonText(Buffer.from(payload, "base64url").toString("utf8"));
  if (!isJsonObject(claims)) return undefined;
  const { exp, iss, permissions } = claims;
  return {
    organizationId: isJsonArray(permissions) ? organizationIn(permissions) : undefined,
    expiresAt: typeof exp === "number" && Number.isFinite(exp) ? dateOf(exp) : undefined,
    isFromPublicIssuer: iss === undefined || (typeof iss === "string" && iss.startsWith("https://")),
  };
}

function organizationIn(permissions: readonly unknown[]): string | undefined {
  const prefix = "organizationId:";
  const named = permissions.find((each) => typeof each === "string" && each.startsWith(prefix));
  return typeof named === "string" ? named.slice(prefix.length) : undefined;
}

/** Seconds since 1970; undefined for what no calendar holds. */
function dateOf(seconds: number): Date | undefined {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
