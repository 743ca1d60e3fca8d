/** Whether an organization answers SCIM requests of a token at all. */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import { ScimError } from "../../scim/error.ts";
import type { OrganizationRow } from "../store/organization-row.ts";

/** @throws ScimError 403 or 404, as the behaviour says, where the organization does not admit requests. */
export function refuseUnadmitted({ isScimEnabled }: OrganizationRow, rules: Behaviour): void {
  if (!isScimEnabled) {
    const answer = rules.scimIntegration === "on" ? rules.scimDisabled : rules.scimIntegration;
    const status = answer === "forbidden" ? 403 : 404;
    throw new ScimError(status, "the SCIM integration is disabled in the organization's settings");
  }
  if (rules.tokenRole !== "owner") {
    throw new ScimError(403, "SCIM requires an API token with the Organization Owner role");
  }
}
