/** Whether this organization answers SCIM requests of this token at all. */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import { ScimError } from "../../scim/error.ts";

/** @throws ScimError 403 or 404, as the behaviour says, for another organization and for one that does not admit requests. */
export function refuseUnadmitted(asked: string | undefined, organizationId: string, rules: Behaviour): void {
  if (asked !== organizationId) {
    const status = rules.unknownOrganization === "forbidden" ? 403 : 404;
    throw new ScimError(status, `organization ${asked ?? ""} not found`);
  }
  if (rules.scimIntegration !== "on") {
    const status = rules.scimIntegration === "forbidden" ? 403 : 404;
    throw new ScimError(status, "the SCIM integration is disabled in the organization's settings");
  }
  if (rules.tokenRole !== "owner") {
    throw new ScimError(403, "SCIM requires an API token with the Organization Owner role");
  }
}
