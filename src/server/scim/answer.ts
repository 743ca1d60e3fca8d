/** The answers that carry one resource: representation, `ETag`, `Location`. */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import { entityTag, namesTag } from "../../scim/etag.ts";
import {
  parseProjection,
  project,
  projectionNeeds,
  showsDefault,
  type Projection,
} from "../../scim/project.ts";
import type { ResourceType } from "../../scim/schema/attribute.ts";
import { groupResourceType } from "../../scim/schema/group.ts";
import { userResourceType } from "../../scim/schema/user.ts";
import { searchFromParameters, type SearchRequest } from "../../scim/list/search-request.ts";
import type { ServerRequest, ServerResponse } from "../api/message.ts";
import type { Organization } from "./organization.ts";
import type { Precondition } from "../organization/outcome.ts";
import { locationOf, present, relatedAttributeName } from "../store/present.ts";
import { unshownOfMembers } from "./announced-schema.ts";
import type { StoredResource } from "../store/rows.ts";

/** What the client wants to see: `attributes` and `excludedAttributes` of the query. */
export function projectionOf(type: ResourceType, { query }: ServerRequest, behaviour: Behaviour): Projection {
  return requestedProjection(type, query.length === 0 ? noSelection : searchFromParameters(query), behaviour);
}

const noSelection = { attributes: [], excludedAttributes: [] };

/** The same of a list, however it was asked for. */
export function requestedProjection(
  type: ResourceType,
  search: Pick<SearchRequest, "attributes" | "excludedAttributes">,
  behaviour: Behaviour,
): Projection {
  const { attributes } = search;
  const hidden = hiddenAttribute(type, behaviour);
  const isHidden = hidden !== undefined && !(hidden.onRequest && namesAttribute(attributes, hidden.name));
  const excludedAttributes = [
    ...search.excludedAttributes,
    ...(type.name === "Group" ? unshownOfMembers(behaviour) : []),
    ...(isHidden ? [hidden.name] : []),
  ];
  const isDefault = attributes.length === 0 && excludedAttributes.length === 0;
  return isDefault
    ? defaultProjections[type.name]
    : parseProjection({ attributes, excludedAttributes }, type, behaviour);
}

/** What this Astro leaves out of its answers; the members of a Team may be asked for by name. */
function hiddenAttribute(
  type: ResourceType,
  { teamMembers, userGroups }: Behaviour,
): { readonly name: string; readonly onRequest: boolean } | undefined {
  const isHidden = type.name === "Group" ? teamMembers !== "shown" : userGroups === "hidden";
  if (!isHidden) return undefined;
  const onRequest = type.name === "Group" && teamMembers === "on-request";
  return { name: relatedAttributeName(type), onRequest };
}

function namesAttribute(attributes: readonly string[], name: string): boolean {
  return attributes
    .flatMap((list) => list.split(","))
    .some((one) => one.split(":").at(-1)?.split(".")[0]?.trim().toLowerCase() === name);
}

const defaultProjections: Readonly<Record<ResourceType["name"], Projection>> = {
  User: parseProjection({}, userResourceType),
  Group: parseProjection({}, groupResourceType),
};

/** Whether the members of a Team, or the groups of a user, will be seen at all. */
export function showsRelated(projection: Projection): boolean {
  return projectionNeeds(projection, relatedAttributeName(projection.type));
}

/** The representation as JSON text. */
export function shownText(
  projection: Projection,
  stored: StoredResource,
  { baseUrl, shortcuts }: Organization,
): string {
  const { type } = projection;
  const kept = showsDefault(projection) ? shortcuts?.text(type, stored, baseUrl) : undefined;
  return kept ?? JSON.stringify(project(present(type, stored, baseUrl), projection));
}

/** One resource with its headers (RFC 7644 §3.3, §3.14). */
export function resourceAnswer(
  organization: Organization,
  projection: Projection,
  status: number,
  stored: StoredResource,
): ServerResponse {
  const headers = resourceHeaders(projection.type, stored, organization.baseUrl);
  return { status, headers, text: shownText(projection, stored, organization) };
}

export function resourceHeaders(
  type: ResourceType,
  stored: StoredResource,
  baseUrl: string,
): { readonly etag: string; readonly location: string } {
  return { etag: entityTag(stored.version), location: locationOf(type, stored, baseUrl) };
}

/** The precondition of a write, where the client made one (RFC 7644 §3.14). */
export function ifMatch(request: ServerRequest): { readonly precondition?: Precondition } {
  const header = headerOf(request, "if-match");
  if (header === undefined) return {};
  return { precondition: (current) => namesTag(header, entityTag(current.version)) };
}

/** Whether the client has this very version already. */
export function isKnownToClient(request: ServerRequest, stored: StoredResource): boolean {
  const header = headerOf(request, "if-none-match");
  return header !== undefined && namesTag(header, entityTag(stored.version));
}

/** Node joins the values of a header that came twice, except a few that it lists. */
function headerOf(request: ServerRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "object" ? value.join(", ") : value;
}
