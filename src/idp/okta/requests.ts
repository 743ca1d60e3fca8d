/** The requests that Okta's SCIM client sends: headers, paths, bodies (Okta: "Okta and SCIM Version 2.0"). */

import type { JsonArray, JsonObject } from "../../json.ts";
import { groupSchemaUrn, patchOpUrn } from "../../scim/urn.ts";
import type { WireMethod, WireRequest } from "../../wire/exchange.ts";

/** A member as Okta sends it; `display` is the application username. */
export interface GroupMember {
  readonly value: string;
  readonly display: string;
}

/** The probe of "Test Connector Configuration"; `count=2` is what tells it from an import. */
export function probeUsers(): WireRequest {
  return get("/Users?startIndex=1&count=2");
}

/** The second probe, where Push Groups is ticked. */
export function probeGroups(): WireRequest {
  return get("/Groups?startIndex=1&count=100");
}

/** Whether an account exists: the filter is on `userName` whatever the unique identifier field is. */
export function findUser(userName: string): WireRequest {
  return get(lookupPath("/Users", "userName", userName));
}

export function findGroup(name: string): WireRequest {
  return get(lookupPath("/Groups", "displayName", name));
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

export function postGroup(displayName: string, members: readonly GroupMember[]): WireRequest {
  return write("POST", "/Groups", {
    schemas: [groupSchemaUrn],
    displayName,
    members: members.map(memberBody),
  });
}

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

const readHeaders = {
  Accept: "application/scim+json",
  "Accept-Charset": "utf-8",
  "User-Agent": "Okta SCIM Client 1.0.0",
} as const;

const writeHeaders = {
  Accept: readHeaders.Accept,
  "Accept-Charset": readHeaders["Accept-Charset"],
  "Content-Type": "application/scim+json; charset=utf-8",
  "User-Agent": readHeaders["User-Agent"],
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

/** A space is `%20` as in today's captures; older clients sent `+`. */
function lookupPath(endpoint: string, attribute: string, value: string): string {
  const filter = `${attribute} eq ${JSON.stringify(value)}`;
  return `${endpoint}?filter=${encodeURIComponent(filter)}&startIndex=1&count=100`;
}

function resourcePath(endpoint: string, scimId: string): string {
  return `${endpoint}/${encodeURIComponent(scimId)}`;
}
