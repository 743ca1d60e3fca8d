/** A row as the client sees it, and as filters and orders speak of it: with `meta`, a Team's members, a user's groups (RFC 7643 §3.1, §4). */

import type { JsonObject } from "../../ground/json.ts";
import { entityTag } from "../../scim/etag.ts";
import type { ResourceType } from "../../scim/schema/attribute.ts";
import type { StoredMember, StoredResource } from "./rows.ts";

/** The representation, before `attributes` and `excludedAttributes` are applied. */
export function present(type: ResourceType, stored: StoredResource, baseUrl: string): JsonObject {
  const related = relatedAttribute(type, stored.related, baseUrl);
  return { ...stored.attributes, ...related, meta: metaOf(type, stored, baseUrl) };
}

/** The representation without what is related, which an answer can show piece by piece. */
export function presentOwn(type: ResourceType, stored: StoredResource, baseUrl: string): JsonObject {
  return { ...stored.attributes, meta: metaOf(type, stored, baseUrl) };
}

/** Members of a Team, or Teams of a user, as they are shown. */
export function presentRelated(
  type: ResourceType,
  related: readonly StoredMember[],
  baseUrl: string,
): readonly JsonObject[] {
  if (type.name === "Group") return related.map((member) => presentMember(member, baseUrl));
  return related.map((team) => reference(team, `${baseUrl}/Groups`, "direct"));
}

/** A member of a Team. */
export function presentMember(member: StoredMember, baseUrl: string): JsonObject {
  return reference(member, `${baseUrl}/Users`, "User");
}

/** Where a resource is. */
export function locationOf(type: ResourceType, stored: StoredResource, baseUrl: string): string {
  return `${baseUrl}${type.endpoint}/${stored.id}`;
}

/** The attribute that the store keeps apart, because it may be 50,000 values long: `members`, or `groups`. */
export function relatedAttributeName(type: ResourceType): "members" | "groups" {
  return type.name === "Group" ? "members" : "groups";
}

function relatedAttribute(
  type: ResourceType,
  related: readonly StoredMember[] | undefined,
  baseUrl: string,
): JsonObject {
  // No value, not an empty list: RFC 7643 §2.5 holds the two for the same.
  if (related === undefined || related.length === 0) return {};
  return { [relatedAttributeName(type)]: presentRelated(type, related, baseUrl) };
}

/** Of an id that is nobody's there is nothing else to show. */
function reference({ value, display }: StoredMember, collection: string, type: string): JsonObject {
  return display === undefined ? { value } : { value, $ref: `${collection}/${value}`, display, type };
}

function metaOf(type: ResourceType, stored: StoredResource, baseUrl: string): JsonObject {
  return {
    resourceType: type.name,
    created: new Date(stored.createdMs).toISOString(),
    lastModified: new Date(stored.lastModifiedMs).toISOString(),
    location: locationOf(type, stored, baseUrl),
    version: entityTag(stored.version),
  };
}
