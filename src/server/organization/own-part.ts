/** How Astro's own part of users and Teams begins, and what becomes of it when SCIM or a person in Astro changes them. Pure. */

import { memberRoles } from "../../astro/roles.ts";
import type { Origin } from "../store/event.ts";
import { plainMember, type OwnPart } from "../store/own-part.ts";
import type { StoredResource } from "../store/rows.ts";
import type { ResourceTypeName } from "../store/resource-type-name.ts";
import { isDeactivation, type Change } from "./change.ts";
import type { OrganizationRules } from "./rules.ts";

/** Of a resource that has just been made; inferred: a Team that comes over SCIM is managed by the identity provider. */
export function ownPartOfNew(type: ResourceTypeName, { api, actor }: Origin): OwnPart {
  if (type === "User") return plainMember;
  return { roles: memberRoles, isIdpManaged: api === "scim", createdBy: actor, updatedBy: actor };
}

/** Of a resource that changes: the same value where nothing of it does. */
export function ownPartAfter(change: Change, rules: OrganizationRules, origin: Origin): OwnPart {
  const own = change.own ?? change.row.own;
  return change.type === "Group" ? ofTeamAfter(own, rules, origin) : ofUserAfter(own, change, rules);
}

function ofTeamAfter(own: OwnPart, { unmanagedTeam }: OrganizationRules, { api, actor }: Origin): OwnPart {
  const isIdpManaged = own.isIdpManaged === true || (api === "scim" && unmanagedTeam === "adopt");
  const isSame = own.isIdpManaged === isIdpManaged && own.updatedBy?.id === actor.id;
  return isSame ? own : { ...own, isIdpManaged, updatedBy: actor };
}

/** What is sent for a new user accepts the invitation that was waiting. */
function ofUserAfter(own: OwnPart, change: Change, { rolesAfterDeactivation }: OrganizationRules): OwnPart {
  const ends = isDeactivation(change) && rolesAfterDeactivation === "ended" && own.roles !== memberRoles;
  const accepts = change.kind === "adopted" && own.invite !== undefined;
  if (!ends && !accepts) return own;
  const { invite: _invite, ...accepted } = own;
  const after = accepts ? accepted : own;
  if (!ends) return after;
  return Object.keys(after).length === 1 ? plainMember : { ...after, roles: memberRoles };
}

/** Whether SCIM would change a Team that was made in Astro itself, and must not. */
export function isUnmanaged(
  type: ResourceTypeName,
  { own }: Pick<StoredResource, "own">,
  { rules, origin }: { readonly rules: OrganizationRules; readonly origin: Origin },
): boolean {
  return (
    type === "Group" &&
    origin.api === "scim" &&
    rules.unmanagedTeam === "conflict" &&
    own.isIdpManaged !== true
  );
}
