/** Credentials that are a token which somebody made: Okta's API token, or an access token that another program has. */

import type { Authorizer } from "../../wire/authorizer.ts";

/**
 * `SSWS` for Okta's API tokens (Okta API: Authentication), `Bearer` for an access token. A token that is not accepted is not
 * tried again.
 */
export function fixedToken(scheme: "SSWS" | "Bearer", token: string): Authorizer {
  const secrets = [token];
  return {
    headersFor: async () => ({ Authorization: `${scheme} ${token}` }),
    mustRepeat: () => false,
    secrets: () => secrets,
  };
}
