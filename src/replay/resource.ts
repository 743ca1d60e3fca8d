/** What a replay reads in SCIM resources and messages; attribute names in any case (RFC 7643 §2.1). */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../ground/json.ts";
import type { ResourceKind } from "./identities.ts";

/** The member of that name, whatever its case. */
export function member(object: JsonObject, name: string): JsonValue | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const wanted = name.toLowerCase();
  return Object.entries(object).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

export function textMember(object: JsonObject, name: string): string | undefined {
  const value = member(object, name);
  return typeof value === "string" ? value : undefined;
}

/** The objects in a list; nothing where it is none. */
export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

/** `/Users/1?attributes=userName` is about `Users`; undefined for discovery, the root and `Bulk`. */
export function kindInPath(path: string): ResourceKind | undefined {
  const name = /^\/(Users|Groups)(?=[/?]|$)/.exec(path)?.[1];
  return name === "Users" || name === "Groups" ? name : undefined;
}

/** The kind and the id at the end of a URL or path that leads to a resource, the id decoded. */
export function resourceIn(url: string): { readonly kind: ResourceKind; readonly id: string } | undefined {
  const [, kind, id] = /(?:^|\/)(Users|Groups)\/([^/?#]+)\/?(?:[?#].*)?$/s.exec(url) ?? [];
  if ((kind !== "Users" && kind !== "Groups") || id === undefined || id === ".search") return undefined;
  return { kind, id: decoded(id) };
}

/** By what a resource says of itself, where the path does not tell. */
export function kindOfResource(resource: JsonObject): ResourceKind | undefined {
  const meta = member(resource, "meta");
  const type = isJsonObject(meta) ? textMember(meta, "resourceType") : undefined;
  if (type !== undefined) return type === "User" ? "Users" : type === "Group" ? "Groups" : undefined;
  const schemas = member(resource, "schemas");
  const urns = isJsonArray(schemas) ? schemas : [];
  if (urns.includes("urn:ietf:params:scim:schemas:core:2.0:User")) return "Users";
  return urns.includes("urn:ietf:params:scim:schemas:core:2.0:Group") ? "Groups" : undefined;
}

/** Attributes whose `value` is the id of a resource (RFC 7643 §4.1.2, §4.2, §4.3). */
export function isReference(name: string): boolean {
  return /(?:^|[:.])(?:members|groups|manager)$/i.test(name);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
