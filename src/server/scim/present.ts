/** A stored resource as the client sees it: with `meta`, a Team's members, a user's groups (RFC 7643 §3.1, §4). */

import type { JsonObject } from "../../json.ts";
import { entityTag } from "../../scim/etag.ts";
import type { ResourceType } from "../../scim/schema/attribute.ts";
import { instantText } from "./instant.ts";
import type { StoredMember, StoredResource } from "../store/store.ts";

/** The representation, before `attributes` and `excludedAttributes` are applied. */
export function present(type: ResourceType, stored: StoredResource, baseUrl: string): JsonObject {
  const related = relatedAttribute(type, stored.related, baseUrl);
  return { ...stored.attributes, ...related, meta: metaOf(type, stored, baseUrl) };
}

/** The same as JSON text, made from the text that the store keeps: nothing is parsed, little is stringified. */
export function presentText(type: ResourceType, stored: StoredResource, baseUrl: string): string {
  const { openText, related } = stored;
  if (related === undefined || related.length === 0) return openText + metaText(type, stored, baseUrl);
  const mirror = JSON.stringify(relatedAttribute(type, related, baseUrl)).slice(1, -1);
  return `${openText},${mirror}${metaText(type, stored, baseUrl)}`;
}

/** The representation without what is related, which an answer can show piece by piece. */
export function presentOwn(type: ResourceType, stored: StoredResource, baseUrl: string): JsonObject {
  return { ...stored.attributes, meta: metaOf(type, stored, baseUrl) };
}

/** The same as JSON text. */
export function presentOwnText(type: ResourceType, stored: StoredResource, baseUrl: string): string {
  return stored.openText + metaText(type, stored, baseUrl);
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

/** The same as JSON text, with commas between; of a Team of 50,000 most of an answer's work. Ids need no escape. */
export function presentRelatedText(
  type: ResourceType,
  related: readonly StoredMember[],
  baseUrl: string,
): string {
  const [collection, kind] =
    type.name === "Group" ? [`${baseUrl}/Users`, "User"] : [`${baseUrl}/Groups`, "direct"];
  return related
    .map(
      ({ value, display }) =>
        `{"value":"${value}","$ref":"${collection}/${value}",` +
        `"display":${JSON.stringify(display)},"type":"${kind}"}`,
    )
    .join(",");
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

function reference({ value, display }: StoredMember, collection: string, type: string): JsonObject {
  return { value, $ref: `${collection}/${value}`, display, type };
}

/** `meta` as the last attribute of an object that is closed with it; of its values the version alone needs an escape. */
function metaText(type: ResourceType, stored: StoredResource, baseUrl: string): string {
  const { createdMs, lastModifiedMs } = stored;
  const created = instantText(createdMs);
  const lastModified = lastModifiedMs === createdMs ? created : instantText(lastModifiedMs);
  const { open, location } = metaPieces(type, baseUrl);
  return (
    open +
    created +
    `","lastModified":"` +
    lastModified +
    location +
    stored.id +
    metaVersion +
    stored.version +
    metaEnd
  );
}

interface MetaPieces {
  readonly baseUrl: string;
  /** Up to the instant of creation. */
  readonly open: string;
  /** From behind the last instant up to the id. */
  readonly location: string;
}

const metaVersion = String.raw`","version":"W/\"`;
const metaEnd = String.raw`\""}}`;

/** Those of the server that answered last: a list is written in few pieces that are the same for all of it. */
const lastPieces = new Map<ResourceType, MetaPieces>();

function metaPieces(type: ResourceType, baseUrl: string): MetaPieces {
  const last = lastPieces.get(type);
  if (last?.baseUrl === baseUrl) return last;
  const pieces = {
    baseUrl,
    open: `,"meta":{"resourceType":"${type.name}","created":"`,
    location: `","location":"${baseUrl}${type.endpoint}/`,
  };
  lastPieces.set(type, pieces);
  return pieces;
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
