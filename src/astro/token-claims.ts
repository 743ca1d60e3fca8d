/** What a token says of itself. It is read without checking the signature: a help for the user, never a permission. */

import { isJsonArray, isJsonObject, type JsonObject } from "../ground/json.ts";

/** What an Astro API token is for (Astro API reference: `scope` of an API token). */
export type TokenScope = "ORGANIZATION" | "WORKSPACE" | "DEPLOYMENT";

export interface TokenClaims {
  /** The organization of an Astro API token (claim `permissions`: `organizationId:…`; astro-cli, cmd/cloud/setup.go). */
  readonly organizationId: string | undefined;
  /** All that its permissions name. */
  readonly organizationIds: readonly string[];
  /** The narrowest that its permissions name: a Workspace's token may name its organization, too. Undefined where they name none. */
  readonly scope: TokenScope | undefined;
  /** Claim `apiTokenId`: its id in the IAM API. */
  readonly apiTokenId: string | undefined;
  /** RFC 7519 §4.1.6 `iat`. */
  readonly issuedAt: Date | undefined;
  /** RFC 7519 §4.1.4 `exp`. */
  readonly expiresAt: Date | undefined;
  /** False where the issuer is no https URL, as in the tokens of a local server: no public server knows it. */
  readonly isFromPublicIssuer: boolean;
}

/** The kinds of permission, the narrowest first. */
const kindsOfScope: readonly (readonly [TokenScope, string])[] = [
  ["DEPLOYMENT", "deploymentId"],
  ["WORKSPACE", "workspaceId"],
  ["ORGANIZATION", "organizationId"],
];

/** The claims of a JWT (RFC 7519); undefined where the token is not one. */
export function readTokenClaims(token: string): TokenClaims | undefined {
  const claims = claimsOf(token);
  if (claims === undefined) return undefined;
  const { exp, iat, iss, apiTokenId } = claims;
  const permissions = textsIn(claims["permissions"]);
  const organizationIds = permitted(permissions, "organizationId");
  return {
    organizationId: organizationIds[0],
    organizationIds,
    scope: scopeOf(permissions),
    apiTokenId: typeof apiTokenId === "string" ? apiTokenId : undefined,
    issuedAt: dateOf(iat),
    expiresAt: dateOf(exp),
    isFromPublicIssuer: iss === undefined || (typeof iss === "string" && iss.startsWith("https://")),
  };
}

function claimsOf(token: string): JsonObject | undefined {
  const parts = token.split(".");
  const payload = parts[1];
  if (parts.length !== 3 || payload === undefined || !/^[\w-]+$/.test(payload)) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    return isJsonObject(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

function textsIn(value: unknown): readonly string[] {
  return isJsonArray(value) ? value.filter((each) => typeof each === "string") : [];
}

/** The ids in the permissions of a kind. */
function permitted(permissions: readonly string[], kind: string): readonly string[] {
  return permissions.filter((each) => each.startsWith(`${kind}:`)).map((each) => each.slice(kind.length + 1));
}

function scopeOf(permissions: readonly string[]): TokenScope | undefined {
  return kindsOfScope.find(([, kind]) => permitted(permissions, kind).length > 0)?.[0];
}

/** Seconds since 1970; undefined for what is no number, and for what no calendar holds. */
function dateOf(seconds: unknown): Date | undefined {
  if (typeof seconds !== "number") return undefined;
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
