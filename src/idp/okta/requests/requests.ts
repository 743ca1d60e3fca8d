/** The requests that Okta's SCIM client sends: headers, paths, bodies (Okta: "Okta and SCIM Version 2.0"). */

import type { JsonArray, JsonObject } from "../../../ground/json.ts";
import { groupSchemaUrn, patchOpUrn } from "../../../scim/urn.ts";
import type { OktaFidelity } from "../../../fidelity/table.ts";
import type { WireMethod, WireRequest } from "../../../wire/exchange.ts";
import type { RequestShapes } from "./request-shapes.ts";

/** A member as Okta sends it; `display` is the application username. */
export interface GroupMember {
  readonly value: string;
  readonly display: string;
}

/** The probe of "Test Connector Configuration"; `count=2` is what tells it from an import. */
export function probeUsers(): WireRequest {
  return get("/Users?startIndex=1&count=2");
}

/** The second probe, where Import Groups is ticked. */
export function probeGroups(): WireRequest {
  return get("/Groups?startIndex=1&count=100");
}

/** A page of an import, which reads everything 100 at a time. */
export function importPage(endpoint: "/Users" | "/Groups", startIndex: number): WireRequest {
  return get(`${endpoint}?startIndex=${startIndex}&count=${importPageSize}`);
}

/** Okta: "Okta and SCIM Version 2.0", retrieve users. */
export const importPageSize = 100;

/** Whether an account exists. */
export function findUser(value: string, { fidelity }: RequestShapes): WireRequest {
  return get(lookupPath("/Users", { attribute: fidelity.lookupAttribute, value }, fidelity));
}

export function findGroup(value: string, { fidelity }: RequestShapes): WireRequest {
  return get(lookupPath("/Groups", { attribute: "displayName", value }, fidelity));
}

export function getUser(scimId: string): WireRequest {
  return get(resourcePath("/Users", scimId));
}

export function getGroup(scimId: string): WireRequest {
  return get(resourcePath("/Groups", scimId));
}

export function postUser(body: JsonObject): WireRequest {
  return write("POST", "/Users", body);
}

export function putUser(scimId: string, body: JsonObject): WireRequest {
  return write("PUT", resourcePath("/Users", scimId), body);
}

/** One replace without a path, a boolean in an object: the only PATCH of a user that Okta documents. */
export function patchActive(scimId: string, active: boolean): WireRequest {
  return patch(resourcePath("/Users", scimId), [{ op: "replace", value: { active } }]);
}

export function deleteUser(scimId: string): WireRequest {
  return { method: "DELETE", path: resourcePath("/Users", scimId), headers: writeHeaders };
}

/** One replace without a path, by analogy with that of `active`. */
export function patchUser(scimId: string, value: JsonObject): WireRequest {
  return patch(resourcePath("/Users", scimId), [{ op: "replace", value }]);
}

export function postGroup(
  displayName: string,
  members: readonly GroupMember[],
  { fidelity }: RequestShapes,
): WireRequest {
  const extended = fidelity.groupExtension === "description";
  return write("POST", "/Groups", {
    schemas: extended ? [groupSchemaUrn, groupExtensionUrn] : [groupSchemaUrn],
    displayName,
    members: members.map(memberBody),
    ...(extended ? { [groupExtensionUrn]: { description: displayName } } : {}),
  });
}

/** Okta: SCIM 1.1 reference, where it always comes with a group. */
const groupExtensionUrn = "urn:okta:custom:group:1.0";

/** Members as they come, since those that the server gave are sent back as it spelt them. */
export function putGroup(scimId: string, displayName: string, members: JsonArray): WireRequest {
  return write("PUT", resourcePath("/Groups", scimId), {
    schemas: [groupSchemaUrn],
    id: scimId,
    displayName,
    members,
  });
}

/** The `id` inside `value` is how Okta sends it. */
export function patchGroupName(scimId: string, displayName: string): WireRequest {
  return patch(resourcePath("/Groups", scimId), [{ op: "replace", value: { id: scimId, displayName } }]);
}

export function patchGroup(scimId: string, operations: readonly JsonObject[]): WireRequest {
  return patch(resourcePath("/Groups", scimId), operations);
}

/** Deviation: Okta's DELETE has a Content-Type and no body. */
export function deleteGroup(scimId: string): WireRequest {
  return { method: "DELETE", path: resourcePath("/Groups", scimId), headers: writeHeaders };
}

export function memberBody({ value, display }: GroupMember): JsonObject {
  return { value, display };
}

/** As in the captures of the SCIM guide of 2018; a server that compresses is one that Okta reads. */
const readHeaders = {
  Accept: "application/scim+json",
  "Accept-Charset": "utf-8",
  "User-Agent": "Okta SCIM Client 1.0.0",
  "Accept-Encoding": "gzip,deflate",
} as const;

const writeHeaders = {
  Accept: readHeaders.Accept,
  "Accept-Charset": readHeaders["Accept-Charset"],
  "Content-Type": "application/scim+json; charset=utf-8",
  "User-Agent": readHeaders["User-Agent"],
  "Accept-Encoding": readHeaders["Accept-Encoding"],
} as const;

function get(path: string): WireRequest {
  return { method: "GET", path, headers: readHeaders };
}

function write(method: WireMethod, path: string, body: JsonObject): WireRequest {
  return { method, path, headers: writeHeaders, body };
}

function patch(path: string, operations: readonly JsonObject[]): WireRequest {
  return write("PATCH", path, { schemas: [patchOpUrn], Operations: operations });
}

function lookupPath(
  endpoint: string,
  { attribute, value }: { readonly attribute: string; readonly value: string },
  { filterSpace }: OktaFidelity,
): string {
  const encoded = encodeURIComponent(`${attribute} eq ${JSON.stringify(value)}`);
  const filter = filterSpace === "plus" ? encoded.replaceAll("%20", "+") : encoded;
  return `${endpoint}?filter=${filter}&startIndex=1&count=100`;
}

function resourcePath(endpoint: string, scimId: string): string {
  return `${endpoint}/${encodeURIComponent(scimId)}`;
}
