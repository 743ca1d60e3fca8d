/** A body without what may differ between two servers that do the same: ids, addresses, times, order, wording. */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../ground/json.ts";
import type { Identities, ResourceKind } from "./identities.ts";
import { isReference, kindOfResource, resourceIn } from "./resource.ts";

/** How ids are written on one side of a comparison, so that corresponding ones are the same on both. */
export interface IdsOfSide {
  (id: string, kind?: ResourceKind): string;
}

/** Placeholder for an id that has no known counterpart on the other side. */
export const unknownId = "(an id without a counterpart)";

/** Of the recorded side: the target's id in place of the recorded one. */
export function recordedIds(ids: Identities): IdsOfSide {
  return (id, kind) => ids.given(id, kind) ?? unknownId;
}

/** Of the target's side. */
export function givenIds(ids: Identities): IdsOfSide {
  return (id, kind) => (ids.isTaken(id, kind) ? id : unknownId);
}

export interface Normalization {
  readonly ids: IdsOfSide;
  /** The endpoint that was asked; undefined where the resources themselves tell. */
  readonly kind: ResourceKind | undefined;
  /** Discovery has ids with a meaning: URNs and names of types. */
  readonly keepsIds: boolean;
  /** The answer tells an error: its wording is for people (RFC 7644 §3.12). */
  readonly isError: boolean;
}

/**
 * Of `meta` only `resourceType` is left, for the rest is the server's own. Unassigned, null and empty are one
 * (RFC 7643 §2.5). Times are written as such. Undefined where nothing is left.
 */
export function normalized(value: JsonValue, how: Normalization): JsonValue | undefined {
  return normalizedIn(value, { ...how, place: "resource" });
}

interface Context extends Normalization {
  /** Inside `members` and the like, `value` is an id. */
  readonly place: "resource" | "value" | "reference";
}

function normalizedIn(value: JsonValue, context: Context): JsonValue | undefined {
  if (value === null) return undefined;
  if (isJsonArray(value)) {
    const items = value.map((item) => normalizedIn(item, context)).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (isJsonObject(value)) return normalizedObject(value, context);
  if (typeof value !== "string") return value;
  if (context.place === "reference") return context.ids(value);
  return isTime(value) ? "(a time)" : value;
}

function normalizedObject(object: JsonObject, context: Context): JsonValue | undefined {
  const kind = context.kind ?? kindOfResource(object);
  const members = Object.entries(object).flatMap(
    ([name, value]): readonly (readonly [string, JsonValue])[] => {
      if (isOwnToServer(name, object, context)) return [];
      const left = normalizedMember(name, value, { ...context, kind });
      return left === undefined ? [] : [[name, left]];
    },
  );
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** The wording of an error, and the versions that a bulk answer tells (RFC 7644 §3.7.3). */
function isOwnToServer(name: string, object: JsonObject, { isError }: Context): boolean {
  const lower = name.toLowerCase();
  if (lower === "version") return Object.hasOwn(object, "method");
  return /^(?:detail|message|requestid)$/.test(lower) && (isError || isErrorMessage(object));
}

/** An error may stand inside the answer to a bulk request. */
function isErrorMessage({ schemas }: JsonObject): boolean {
  return isJsonArray(schemas) && schemas.includes("urn:ietf:params:scim:api:messages:2.0:Error");
}

function normalizedMember(name: string, value: JsonValue, context: Context): JsonValue | undefined {
  const lower = name.toLowerCase();
  if (lower === "meta" && isJsonObject(value)) return normalizedMeta(value);
  if (/^(?:next|previous)cursor$/.test(lower)) return "(a cursor)";
  if (isReference(name)) return normalizedIn(value, { ...context, place: "reference" });
  if (typeof value === "string") return normalizedText(lower, value, context);
  if (lower === "response" || lower === "resources") {
    return normalizedIn(value, { ...context, place: "resource" });
  }
  return normalizedIn(value, { ...context, place: context.place === "reference" ? "reference" : "value" });
}

function normalizedText(name: string, text: string, { ids, kind, keepsIds, place }: Context): string {
  if (name === "$ref" || name === "location") return normalizedUrl(text, ids);
  if (name === "id" && place === "resource" && !keepsIds) return ids(text, kind);
  if (name === "value" && place === "reference") return ids(text);
  return isTime(text) ? "(a time)" : text;
}

function normalizedMeta(meta: JsonObject): JsonValue | undefined {
  const type = Object.entries(meta).find(([name]) => name.toLowerCase() === "resourcetype");
  return type === undefined ? undefined : Object.fromEntries([type]);
}

/** Where a resource is, without the server: `Users/…`. */
function normalizedUrl(url: string, ids: IdsOfSide): string {
  const resource = resourceIn(url);
  return resource === undefined ? url : `${resource.kind}/${ids(resource.id, resource.kind)}`;
}

/** RFC 7643 §2.3.5: xsd:dateTime. */
function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?$/.test(text);
}
