/** A token that is good, and not for this organization. */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import { ScimError } from "../../scim/error.ts";
import type { Caller } from "./caller.ts";

/** @throws ScimError 403 or 404, as the behaviour says, unless the token is for this organization */
export function refuseOutsider(
  { organizationIds, scope }: Caller,
  organizationId: string,
  { foreignToken }: Pick<Behaviour, "foreignToken">,
): void {
  if (organizationIds.includes(organizationId) && scope === "ORGANIZATION") return;
  const status = foreignToken === "forbidden" ? 403 : 404;
  if (scope === "ORGANIZATION") {
    throw new ScimError(status, `the API token is for another organization than ${organizationId}`);
  }
  const what = scope === "WORKSPACE" ? "a Workspace" : "a Deployment";
  throw new ScimError(status, `the API token is for ${what}; use an Organization API token`);
}
