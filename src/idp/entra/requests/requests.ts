/** The requests that Entra's SCIM client sends: paths, headers, bodies (Microsoft: Tutorial: Develop a SCIM endpoint). */

import { entraFlag } from "../../../astro/address.ts";
import type { JsonObject } from "../../../ground/json.ts";
import { patchOpUrn } from "../../../scim/urn.ts";
import type { WireMethod, WireRequest } from "../../../wire/exchange.ts";
import type { RequestShapes } from "./request-shapes.ts";

export type Endpoint = "/Users" | "/Groups";

/** What is looked for: an attribute of the target, and its value. */
export interface Sought {
  readonly attribute: string;
  readonly value: string;
}

/** Looks for an object; of groups without their members. A probe is a look-up of a random GUID. */
export function lookUp(endpoint: Endpoint, { attribute, value }: Sought, shapes: RequestShapes): WireRequest {
  const filter = `filter=${encodeValue(`${attribute} eq "${value}"`)}`;
  return get(`${endpoint}?${withoutMembers(endpoint, "&")}${filter}`, shapes);
}

/** Reads an object by its id; a group without its members. */
export function readById(endpoint: Endpoint, scimId: string, shapes: RequestShapes): WireRequest {
  const query = withoutMembers(endpoint, "");
  return get(`${resourcePath(endpoint, scimId)}${query === "" ? "" : `?${query}`}`, shapes);
}

/** Whether a user is a member (Stratsys and AWS document this query). */
export function checkMember(groupId: string, memberId: string, shapes: RequestShapes): WireRequest {
  const filter = encodeValue(`id eq "${groupId}" and members eq "${memberId}"`);
  return get(`/Groups?attributes=id&filter=${filter}`, shapes);
}

/** Whether a user has that manager (Microsoft: Tutorial: Develop a SCIM endpoint, queries of reference attributes). */
export function checkManager(scimId: string, managerId: string, shapes: RequestShapes): WireRequest {
  const filter = encodeValue(`id eq "${scimId}" and manager eq "${managerId}"`);
  return get(`/Users?attributes=id&filter=${filter}`, shapes);
}

export function create(endpoint: Endpoint, body: JsonObject, shapes: RequestShapes): WireRequest {
  return write("POST", endpoint, body, shapes);
}

export function patch(
  endpoint: Endpoint,
  scimId: string,
  operations: readonly JsonObject[],
  shapes: RequestShapes,
): WireRequest {
  const body = { schemas: [patchOpUrn], Operations: operations };
  return write("PATCH", resourcePath(endpoint, scimId), body, shapes);
}

export function remove(endpoint: Endpoint, scimId: string, shapes: RequestShapes): WireRequest {
  return { method: "DELETE", path: onWire(resourcePath(endpoint, scimId), shapes), headers: headers(shapes) };
}

function withoutMembers(endpoint: Endpoint, behind: string): string {
  return endpoint === "/Groups" ? `excludedAttributes=members${behind}` : "";
}

function get(path: string, shapes: RequestShapes): WireRequest {
  return { method: "GET", path: onWire(path, shapes), headers: headers(shapes) };
}

function write(method: WireMethod, path: string, body: JsonObject, shapes: RequestShapes): WireRequest {
  return {
    method,
    path: onWire(path, shapes),
    headers: { ...headers(shapes), "Content-Type": "application/scim+json; charset=utf-8" },
    body,
  };
}

/** No User-Agent (kortix/suna PR #7297), and no Content-Type without a body (MicrosoftDocs/azure-docs #94189). */
function headers({ fidelity }: RequestShapes): Readonly<Record<string, string>> {
  return {
    ...(fidelity.entraVersionHeader === "none" ? {} : { ADSCIMVersion: fidelity.entraVersionHeader }),
    ...(fidelity.entraAcceptHeader === "any" ? { Accept: "*/*" } : {}),
  };
}

function onWire(path: string, { flagOnWire }: RequestShapes): string {
  const [resource = "", query] = path.split("?");
  const parameters = query === undefined ? [] : [query];
  switch (flagOnWire) {
    case undefined:
    case "stripped":
      return path;
    case "first":
      return `${resource}?${[entraFlag, ...parameters].join("&")}`;
    case "last":
      return `${resource}?${[...parameters, entraFlag].join("&")}`;
    case "first-empty":
      return `${resource}?${[`${entraFlag}=`, ...parameters].join("&")}`;
    case "last-true":
      return `${resource}?${[...parameters, `${entraFlag}=true`].join("&")}`;
    default:
      return flagOnWire satisfies never;
  }
}

/** As .NET's HttpUtility.UrlEncode: `+` for a blank, small hexadecimal digits, `~` and `'` encoded. */
function encodeValue(text: string): string {
  return encodeURIComponent(text.replace(loneSurrogate, "\uFFFD"))
    .replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())
    .replaceAll("%20", "+")
    .replaceAll("~", "%7e")
    .replaceAll("'", "%27");
}

/** Half a character, which no URL can hold: .NET writes U+FFFD for it. */
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** As .NET's Uri.EscapeDataString. */
function resourcePath(endpoint: Endpoint, scimId: string): string {
  const escaped = encodeURIComponent(scimId).replace(
    /[!'()*]/g,
    (character) => `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`,
  );
  return `${endpoint}/${escaped}`;
}
