/** The operations of Entra's PATCH requests, and the bodies of its POST requests. */

import { buildMappedAttributes } from "../../../astro/mapped-path.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../ground/json.ts";
import { enterpriseUserSchemaUrn, groupSchemaUrn, userSchemaUrn } from "../../../scim/urn.ts";
import type { MappedAttribute } from "../mapping/mapping.ts";
import type { RequestShapes, Verb } from "../requests/request-shapes.ts";

/** One attribute that changes. */
export interface AttributeChange extends MappedAttribute {
  readonly verb: Exclude<Verb, "remove">;
}

/**
 * A new user. `active` is a JSON boolean with the flag and without; custom extensions are not named among the schemas
 * (Microsoft: Customize attribute mappings, custom attributes); the work address is the primary one, as in the tutorial.
 */
export function newUserBody(attributes: readonly MappedAttribute[], { fidelity }: RequestShapes): JsonObject {
  const body = bodyOf(attributes);
  const isEnterprise = fidelity.entraUserSchemas === "enterprise" || enterpriseUserSchemaUrn in body;
  const roles = fidelity.entraEmptyRoles === "send" && !("roles" in body) ? { roles: [] } : {};
  return {
    schemas: isEnterprise ? [userSchemaUrn, enterpriseUserSchemaUrn] : [userSchemaUrn],
    ...body,
    ...(isJsonArray(body["emails"]) ? { emails: body["emails"].map(primaryIfWork) } : {}),
    meta: { resourceType: "User" },
    ...roles,
  };
}

/** A new group is empty: its members follow (Microsoft: Tutorial: Develop a SCIM endpoint, create group). */
export function newGroupBody(
  attributes: readonly MappedAttribute[],
  { fidelity }: RequestShapes,
): JsonObject {
  const isCore = fidelity.entraGroupSchemas === "core";
  return {
    schemas: isCore ? [groupSchemaUrn] : [groupSchemaUrn, adscimGroupUrn],
    ...bodyOf(attributes),
    members: [],
    meta: { resourceType: "Group" },
  };
}

/** The operations that change attributes, by the form of the shapes. */
export function attributeOperations(
  changes: readonly AttributeChange[],
  shapes: RequestShapes,
): readonly JsonObject[] {
  if (shapes.patch.attributes === "each") return changes.map((change) => ownOperation(change, shapes));
  const apart = changes.filter((change) => standsApart(change, changes, shapes));
  const merged = changes.filter((change) => !apart.includes(change));
  if (merged.length === 1 && merged[0] !== undefined && shapes.fidelity.entraSingleAttribute === "path") {
    return [...apart, merged[0]].map((change) => ownOperation(change, shapes));
  }
  const verbs = [...new Set(merged.map(({ verb }) => verb))];
  return [
    ...apart.map((change) => ownOperation(change, shapes)),
    ...verbs.map((verb) => mergedOperation(merged, verb, shapes)),
  ];
}

/** The operations of a request that adds members. */
export function addMembers(
  scimIds: readonly string[],
  { patch, fidelity }: RequestShapes,
): readonly JsonObject[] {
  const value = scimIds.map((id) => memberBody(id, fidelity.entraMemberRef));
  return [{ op: patch.verbs.add, path: "members", value }];
}

/** The operations of a request that removes members: one with a list of them, or one for each. */
export function removeMembers(
  scimIds: readonly string[],
  { patch, fidelity }: RequestShapes,
): readonly JsonObject[] {
  const op = patch.verbs.remove;
  if (patch.memberRemoval === "filter")
    return scimIds.map((id) => ({ op, path: `members[value eq "${id}"]` }));
  return [{ op, path: "members", value: scimIds.map((id) => memberBody(id, fidelity.entraMemberRef)) }];
}

/** Sets a user's manager by the manager's SCIM id, or takes it away where there is none any more. */
export function managerOperation(managerId: string | undefined, shapes: RequestShapes): JsonObject {
  const { patch, fidelity } = shapes;
  if (managerId === undefined) return managerRemoval(shapes);
  switch (fidelity.entraManagerForm) {
    case "text":
      return { op: patch.verbs.add, path: managerPath, value: managerId };
    case "object":
      return { op: patch.verbs.add, path: managerPath, value: { value: managerId } };
    case "list":
      return {
        op: patch.verbs.add,
        path: "manager",
        value: [{ $ref: `../Users/${managerId}`, value: managerId }],
      };
    default:
      return fidelity.entraManagerForm satisfies never;
  }
}

function managerRemoval({ patch, fidelity }: RequestShapes): JsonObject {
  switch (fidelity.entraManagerRemoval) {
    case "remove":
      return { op: patch.verbs.remove, path: managerPath };
    case "empty-text":
      return { op: patch.verbs.replace, path: managerPath, value: "" };
    case "empty-object":
      return { op: patch.verbs.replace, path: managerPath, value: { value: "" } };
    default:
      return fidelity.entraManagerRemoval satisfies never;
  }
}

const managerPath = `${enterpriseUserSchemaUrn}:manager`;

/** Listed as gone since December 2018, and still in the tutorial. */
const adscimGroupUrn = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group";

function bodyOf(attributes: readonly MappedAttribute[]): JsonObject {
  return buildMappedAttributes(attributes.map(({ target, value }) => [target.path, value] as const));
}

function primaryIfWork(email: JsonValue): JsonValue {
  return isJsonObject(email) && email["type"] === "work" ? { primary: true, ...email } : email;
}

/** With the flag: what has a filter in its path, roles, and `active` where it is alone or kept so. */
function standsApart(
  { target }: AttributeChange,
  changes: readonly AttributeChange[],
  { fidelity }: RequestShapes,
): boolean {
  if (target.path.selector !== undefined || target.type === "objects") return true;
  if (target.path.text !== "active") return false;
  const others = changes.filter(
    (other) => other.target.path.selector === undefined && other.target.type !== "objects",
  );
  return others.length === 1 || fidelity.entraActiveAmongOthers === "own";
}

function ownOperation(change: AttributeChange, shapes: RequestShapes): JsonObject {
  const { target, verb } = change;
  return { op: shapes.patch.verbs[verb], path: target.path.text, value: patchValue(change, shapes) };
}

function mergedOperation(
  changes: readonly AttributeChange[],
  verb: AttributeChange["verb"],
  shapes: RequestShapes,
): JsonObject {
  const entries = changes
    .filter((change) => change.verb === verb)
    .map((change) => [change.target.path.text, patchValue(change, shapes)] as const);
  return { op: shapes.patch.verbs[verb], value: Object.fromEntries(entries) };
}

function patchValue({ value }: AttributeChange, { patch }: RequestShapes): JsonValue {
  if (typeof value === "boolean" && patch.booleans === "text") return value ? "True" : "False";
  if (typeof value !== "object" || patch.roles === "json") return value;
  return value.map((role) => ({ value: JSON.stringify(role) }));
}

function memberBody(value: string, ref: "none" | "null"): JsonObject {
  return ref === "null" ? { $ref: null, value } : { value };
}
