/** Whether this organization answers SCIM requests of this token at all. */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import { ScimError } from "../../scim/error.ts";
import type { Caller } from "../api/caller.ts";
import { refuseOutsider } from "../api/outsider.ts";

export interface AdmissionRequest {
  /** The organization in the path. */
  readonly asked: string | undefined;
  readonly caller: Caller;
}

/**
 * @throws ScimError 403 or 404, as the behaviour says, for another organization, for a token of another one, and for an
 *   organization that does not admit requests.
 */
export function refuseUnadmitted(
  { asked, caller }: AdmissionRequest,
  organizationId: string,
  rules: Behaviour,
): void {
  if (asked !== organizationId) {
    const status = rules.unknownOrganization === "forbidden" ? 403 : 404;
    throw new ScimError(status, `organization ${asked ?? ""} not found`);
  }
  refuseOutsider(caller, organizationId, rules);
  if (rules.scimIntegration !== "on") {
    const status = rules.scimIntegration === "forbidden" ? 403 : 404;
    throw new ScimError(status, "the SCIM integration is disabled in the organization's settings");
  }
  if (rules.tokenRole !== "owner") {
    throw new ScimError(403, "SCIM requires an API token with the Organization Owner role");
  }
}
