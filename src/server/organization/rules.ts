/** What Astro does on top of the protocol: each is a row of the behaviour table. */

import type { JsonObject } from "../../ground/json.ts";
import type { ResourceTypeName } from "../store/resource-type-name.ts";

/** The rules by which an organization keeps users and Teams. */
export interface OrganizationRules {
  /** A POST of a userName that is taken: refused, or the existing user takes what was sent. */
  readonly existingUser: "conflict" | "adopt" | "adopt-inactive";
  /** A Team name that is taken: refused, adopted, or no reason for anything. */
  readonly existingTeam: "conflict" | "adopt" | "allow";
  /** What ends when a user is deactivated. */
  readonly deactivation: "ends-memberships" | "keeps-memberships" | "removes";
  /** Whether the last active organization owner can be deactivated or deleted; how a refusal is answered is the API's. */
  readonly lastOwner: "refuse" | "forbid" | "allow";
  /** What is left of a user who is deleted. */
  readonly userDeletion: "forgets" | "deactivates";
  readonly userNameChange: "allow" | "refuse";
  readonly inactiveMember: "ignore" | "refuse" | "add";
  readonly unknownMember: "refuse" | "ignore" | "report" | "keep";
  /** What SCIM does with a Team that was made in Astro itself: manages it from its first write on, writes it, or neither. */
  readonly unmanagedTeam: "adopt" | "write" | "conflict";
  /** What is left of a user's roles when the user is deactivated. */
  readonly rolesAfterDeactivation: "ended" | "kept";
  /** What becomes of roles that an update of roles does not name. */
  readonly omittedRoles: "cleared" | "kept";
  /** Whether a role can be given in a Workspace or Deployment that the organization does not have. */
  readonly unknownScope: "if-undeclared" | "refuse" | "accept";
  /** Whether SCIM shows a banned user as active. */
  readonly bannedOverScim: "active" | "inactive";
  readonly inviteDays: number;
  /** What becomes of the user of an invitation that has expired. */
  readonly expiredInvite: "pending" | "removed";
  /** While SCIM is enabled, what can still be done in Astro itself. */
  readonly removeFromIdpTeam: "allow" | "refuse";
  readonly deleteIdpTeam: "allow" | "refuse";
  readonly renameIdpTeam: "allow" | "refuse";
  readonly renameLocalTeam: "allow" | "refuse";
  readonly idpManagedAfterScim: "kept" | "cleared";
}

/** A PUT of a user that does not say `active` leaves it as it was (RFC 7644 §3.5.1 leaves it open). */
export function withActive(current: JsonObject, submitted: JsonObject): JsonObject {
  const before = current["active"];
  if (submitted["active"] !== undefined || before === undefined) return submitted;
  return { ...submitted, active: before };
}

/** Whether a POST takes the resource that has the name already for its own. */
export function isAdopted(type: ResourceTypeName, isActive: boolean, rules: OrganizationRules): boolean {
  if (type === "Group") return rules.existingTeam === "adopt";
  return rules.existingUser === "adopt" || (rules.existingUser === "adopt-inactive" && !isActive);
}
