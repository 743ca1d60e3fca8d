/** Requests as RFC 7644 has them, plain enough for any server. */

import type { JsonObject } from "../../ground/json.ts";
import { patchOpUrn } from "../../scim/urn.ts";
import type { WireRequest } from "../../wire/exchange.ts";

export type Endpoint = "/Users" | "/Groups";

/** One operation of a PATCH (RFC 7644 §3.5.2). */
export interface PatchOperation extends JsonObject {
  readonly op: "add" | "replace" | "remove";
  readonly path: string;
}

/** RFC 7644 §3.1: servers MUST know the first and SHOULD know the second; some know only the second. */
const accept = "application/scim+json, application/json";
const contentType = "application/scim+json";

/** One page of a list, narrowed by a filter where one is given. */
export function listRequest(
  endpoint: Endpoint,
  page: {
    readonly startIndex: number;
    readonly count: number;
    readonly filter?: string;
    /** Further ones, encoded: `attributes=userName`. */
    readonly parameters?: string;
  },
): WireRequest {
  const filter = page.filter === undefined ? "" : `filter=${encodeURIComponent(page.filter)}&`;
  const more = page.parameters === undefined || page.parameters === "" ? "" : `${page.parameters}&`;
  const path = `${endpoint}?${filter}${more}startIndex=${page.startIndex}&count=${page.count}`;
  return { method: "GET", path, headers: { accept } };
}

/** `userName eq "ada@example.com"`: a string in a filter is one of JSON (RFC 7644 §3.4.2.2). */
export function equalityFilter(attribute: "userName" | "displayName", value: string): string {
  return `${attribute} eq ${JSON.stringify(value)}`;
}

export function getRequest(endpoint: Endpoint, scimId: string): WireRequest {
  return { method: "GET", path: resourcePath(endpoint, scimId), headers: { accept } };
}

/** A Team with what servers show of it only where it is named (RFC 7644 §3.9). */
export function getTeamWithMembers(scimId: string): WireRequest {
  const { path, ...request } = getRequest("/Groups", scimId);
  return { ...request, path: `${path}?attributes=displayName,members` };
}

/** The schemas of everything that the server has (RFC 7644 §4). */
export function schemasRequest(): WireRequest {
  return { method: "GET", path: "/Schemas", headers: { accept } };
}

export function postRequest(endpoint: Endpoint, body: JsonObject): WireRequest {
  return { method: "POST", path: endpoint, headers: { accept, "content-type": contentType }, body };
}

/** A PATCH; with a version the server refuses it (412) where it holds another one by now (RFC 7644 §3.14). */
export function patchRequest(
  endpoint: Endpoint,
  resource: { readonly scimId: string; readonly version: string | undefined },
  operations: readonly PatchOperation[],
): WireRequest {
  return {
    method: "PATCH",
    path: resourcePath(endpoint, resource.scimId),
    headers: { accept, "content-type": contentType, ...precondition(resource.version) },
    body: { schemas: [patchOpUrn], Operations: operations },
  };
}

export function deleteRequest(
  endpoint: Endpoint,
  resource: { readonly scimId: string; readonly version: string | undefined },
): WireRequest {
  const path = resourcePath(endpoint, resource.scimId);
  return { method: "DELETE", path, headers: { accept, ...precondition(resource.version) } };
}

function resourcePath(endpoint: Endpoint, scimId: string): string {
  return `${endpoint}/${encodeURIComponent(scimId)}`;
}

function precondition(version: string | undefined): Readonly<Record<string, string>> {
  return version === undefined ? {} : { "if-match": version };
}
