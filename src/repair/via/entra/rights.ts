/** Whether the credentials may provision on demand, as their token says: nothing is sent that could change something. */

import { graphPermissions } from "../../../management/graph/permissions.ts";
import type { TokenClaims } from "../../../management/graph/token-claims.ts";
import type { WriteRights } from "../provider-ways.ts";

const needed = graphPermissions.changeSynchronization;

/** Delegated permissions with which a person in one of the roles may write to a job; the Azure CLI's token has the last two. */
const delegated: ReadonlySet<string> = new Set([
  needed,
  "Application.ReadWrite.All",
  "Directory.AccessAsUser.All",
]);

/** Microsoft Entra built-in roles that may write to a job, by their template ids. */
const directoryRoles: ReadonlySet<string> = new Set([
  "62e90394-69f5-4237-9190-012177145e10", // Global Administrator
  "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", // Application Administrator
  "158c047a-c907-4556-b7ef-446551a6b5f7", // Cloud Application Administrator
]);

/** `undefined`: the token cannot be looked into. */
export function rightsOf(claims: TokenClaims | undefined): WriteRights {
  if (claims === undefined) {
    return {
      kind: "missing",
      why: `the token does not show whether it has the application permission ${needed} of Microsoft Graph`,
    };
  }
  const { scp } = claims;
  if (scp == null || scp === "") {
    return claims.roles?.includes(needed) === true
      ? { kind: "proved" }
      : {
          kind: "missing",
          why: `the app registration does not have the application permission ${needed} of Microsoft Graph`,
        };
  }
  if (!scp.split(" ").some((permission) => delegated.has(permission))) {
    return {
      kind: "missing",
      why: `the token does not have the delegated permission ${needed} of Microsoft Graph`,
    };
  }
  return claims.wids?.some((role) => directoryRoles.has(role.toLowerCase())) === true
    ? { kind: "proved" }
    : {
        kind: "missing",
        why: "the signed-in user has neither of the roles Application Administrator and Cloud Application Administrator",
      };
}
