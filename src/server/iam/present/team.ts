/** Teams as Astro's own API shows them (Astro API reference: Team, UserTeamMembership). */

import { countRoles } from "../../../astro/roles.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { StoredResource } from "../../store/rows.ts";
import { instantText } from "./instant.ts";
import { rolesJson } from "./roles.ts";
import { subjectJson } from "./subject.ts";

export function teamJson(team: StoredResource, organizationId: string): JsonObject {
  const { createdBy, updatedBy } = team.own;
  return {
    ...namedJson(team),
    organizationId,
    ...grantedJson(team),
    createdAt: instantText(team.createdMs),
    ...(createdBy === undefined ? {} : { createdBy: subjectJson(createdBy) }),
    updatedAt: instantText(team.lastModifiedMs),
    ...(updatedBy === undefined ? {} : { updatedBy: subjectJson(updatedBy) }),
  };
}

/** A Team as one of a user's. */
export function membershipJson(team: StoredResource): JsonObject {
  return { ...namedJson(team), ...grantedJson(team) };
}

function namedJson({ id, name, own: { description } }: StoredResource): JsonObject {
  return { id, name, ...(description === undefined ? {} : { description }) };
}

function grantedJson({ own: { isIdpManaged, roles } }: StoredResource): JsonObject {
  return {
    isIdpManaged: isIdpManaged === true,
    organizationRole: "ORGANIZATION_MEMBER",
    rolesCount: countRoles(roles),
    ...rolesJson(roles),
  };
}
