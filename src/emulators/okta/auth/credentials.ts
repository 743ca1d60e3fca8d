/** Who may call the emulated Okta: API tokens, and service apps with their keys and scopes. */

import type { JsonObject } from "../../../ground/json.ts";

/** What reading the app with everything that belongs to it needs (Okta API: OAuth 2.0 scopes). */
export const readScopes = [
  "okta.apps.read",
  "okta.groups.read",
  "okta.users.read",
  "okta.profileMappings.read",
  "okta.schemas.read",
  "okta.logs.read",
] as const;

/** A token of an administrator, made under Security > API. */
export interface ApiToken {
  readonly token: string;
  /** `read-only`: the administrator may read and change nothing; `none`: the role has no permissions at all. */
  readonly role?: "super-admin" | "read-only" | "none";
  /** Scopes whose calls the role does not reach all the same: `okta.groups.read`. */
  readonly without?: readonly string[];
}

/** An "API Services" app of the organization. */
export interface ServiceApp {
  readonly clientId: string;
  /** JWKs. */
  readonly publicKeys: readonly JsonObject[];
  /** Those that were granted under Okta API Scopes. */
  readonly scopes: readonly string[];
  /** Whether it has an admin role: scopes alone allow nothing; true by default. */
  readonly hasAdminRole?: boolean;
}

export interface OktaCredentials {
  readonly apiTokens?: readonly ApiToken[];
  readonly serviceApps?: readonly ServiceApp[];
}

/** The caller. */
export interface Principal {
  /** As the System Log names it. */
  readonly name: string;
  /** Why a call with these scopes is refused; undefined where it is allowed. */
  readonly refuses: (scopes: readonly string[]) => { readonly lacks: "role" | "scope" } | undefined;
  /** The key to which the token is bound; undefined for one that is not. */
  readonly boundTo: string | undefined;
  /** Of OAuth. */
  readonly isOAuth: boolean;
}

export function tokenPrincipal({ role = "super-admin", without = [] }: ApiToken): Principal {
  const mayDo = (scope: string): boolean =>
    !without.includes(scope) && (role === "super-admin" || (role === "read-only" && scope.endsWith(".read")));
  return {
    name: "admin@example.com",
    refuses: (scopes) => (scopes.every(mayDo) ? undefined : { lacks: "role" }),
    boundTo: undefined,
    isOAuth: false,
  };
}

export function appPrincipal(
  { clientId, hasAdminRole = true }: ServiceApp,
  granted: readonly string[],
  boundTo: string | undefined,
): Principal {
  return {
    name: clientId,
    refuses: (scopes) => {
      if (!scopes.every((scope) => includes(granted, scope))) return { lacks: "scope" };
      return hasAdminRole ? undefined : { lacks: "role" };
    },
    boundTo,
    isOAuth: true,
  };
}

/** `okta.apps.manage` includes `okta.apps.read` (Okta: OAuth 2.0 scopes). */
function includes(granted: readonly string[], scope: string): boolean {
  return granted.includes(scope) || granted.includes(scope.replace(/\.read$/, ".manage"));
}
