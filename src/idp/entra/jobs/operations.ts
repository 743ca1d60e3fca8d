/** The operations of Entra's PATCH requests, and the bodies of its POST requests. */

import { buildMappedAttributes } from "../../../astro/mapped-path.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../ground/json.ts";
import { enterpriseUserSchemaUrn, groupSchemaUrn, userSchemaUrn } from "../../../scim/urn.ts";
import type { AppRole } from "../../../directory/app-role.ts";
import { appRoleType } from "../expression/functions/app-role-functions.ts";
import { appRoleText, isSingleRole } from "../mapping/app-role-mapping.ts";
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
  const parts = attributes.filter(({ row }) => row.appRoles === "single");
  const others = bodyOf(attributes.filter((attribute) => !parts.includes(attribute)));
  const body = parts.length === 0 ? others : withSingleRole(others, parts);
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
  const parts = changes.filter((change) => isSingleRole(change, shapes.fidelity));
  const role = parts.length === 0 ? [] : [singleRoleOperation(parts, shapes)];
  const others = changes.filter((change) => !parts.includes(change));
  return [...role, ...otherOperations(others, shapes)];
}

function otherOperations(changes: readonly AttributeChange[], shapes: RequestShapes): readonly JsonObject[] {
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

/** The operations of a request that adds members, to those that Entra has sent before. */
export function addMembers(
  scimIds: readonly string[],
  before: readonly string[],
  { patch, fidelity }: RequestShapes,
): readonly JsonObject[] {
  const { entraMemberVerb, entraMemberRef } = fidelity;
  const ids = entraMemberVerb === "replace" ? [...new Set([...before, ...scimIds])] : scimIds;
  const value = ids.map((id) => memberBody(id, entraMemberRef));
  return [{ op: patch.verbs[entraMemberVerb], path: "members", value }];
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

function patchValue({ value, row, appRoles = [] }: AttributeChange, shapes: RequestShapes): JsonValue {
  const { patch, fidelity } = shapes;
  if (typeof value === "boolean" && patch.booleans === "text") return value ? "True" : "False";
  if (row.appRoles !== "complex" || patch.roles === "json") return value;
  const hasObjects = row.isAssertive && fidelity.entraAssertiveRoles === "objects";
  return hasObjects ? value : appRoles.map(roleInText);
}

function roleInText(role: AppRole): JsonObject {
  return { value: appRoleText(role) };
}

/** The one role of SingleAppRoleAssignment, which is added whatever the target has: the examples show no other verb. */
function singleRoleOperation(parts: readonly AttributeChange[], { patch }: RequestShapes): JsonObject {
  const { appRoles = [] } = parts[0] ?? {};
  const value = patch.roles === "json" ? [singleRole(parts)] : appRoles.map(roleInText);
  return { op: patch.verbs.add, path: "roles", value };
}

function withSingleRole(body: JsonObject, parts: readonly MappedAttribute[]): JsonObject {
  const others = isJsonArray(body["roles"]) ? body["roles"] : [];
  return { ...body, roles: [...others, singleRole(parts)] };
}

/** Primary and of one type, whatever is mapped of it (MicrosoftDocs/entra-docs #391). */
function singleRole(parts: readonly MappedAttribute[]): JsonObject {
  const entries = parts.flatMap(({ target, value }): readonly (readonly [string, JsonValue])[] => {
    const [whole] = typeof value === "object" ? value : [];
    return whole === undefined ? [[target.path.subAttribute ?? "value", value]] : Object.entries(whole);
  });
  return { primary: true, type: appRoleType, ...Object.fromEntries(entries) };
}

function memberBody(value: string, ref: "none" | "null"): JsonObject {
  return ref === "null" ? { $ref: null, value } : { value };
}
