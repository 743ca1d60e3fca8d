/** The operations on Users and on Groups: create, read, list, replace, patch, delete (RFC 7644 §3). */

import type { JsonObject } from "../../ground/json.ts";
import { entityTag } from "../../scim/etag.ts";
import type { Leniency } from "../../scim/leniency.ts";
import { parsePatch } from "../../scim/patch/parse.ts";
import type { ResourceType } from "../../scim/schema/attribute.ts";
import { readResource } from "../../scim/value/validate.ts";
import type { ServerRequest, ServerResponse } from "../api/message.ts";
import type { Handler, Organization } from "./organization.ts";
import { memberIds } from "../organization/member-edits.ts";
import { ifMatch, isKnownToClient, projectionOf, resourceAnswer, showsRelated } from "./answer.ts";
import { listResources } from "./list/list.ts";
import { listInBody, listInQuery } from "./list/requested-list.ts";
import { leftOutDetail, mustReport, reportAnswer, writtenAnswer } from "./left-out-members.ts";
import { answerInPieces } from "./pieces.ts";
import { refusalError } from "./refusal.ts";

/** The handlers of one resource type. */
export interface ResourceHandlers {
  readonly endpoint: ResourceType["endpoint"];
  readonly create: Handler;
  readonly read: Handler;
  readonly list: Handler;
  readonly search: Handler;
  readonly replace: Handler;
  readonly patch: Handler;
  readonly remove: Handler;
}

export function resourceHandlers(type: ResourceType): ResourceHandlers {
  return {
    endpoint: type.endpoint,
    create: (organization, request) => create(type, organization, request),
    read: (organization, request) => read(type, organization, request),
    list: (organization, request) =>
      listResources([type], organization, listInQuery(request, organization), request),
    search: (organization, request) =>
      listResources([type], organization, listInBody(request, organization), request),
    replace: (organization, request) => replace(type, organization, request),
    patch: (organization, request) => patch(type, organization, request),
    remove: (organization, request) => remove(type, organization, request),
  };
}

/** RFC 7644 §3.3; a user who is not said to be inactive is active. The id comes with the request where it was promised. */
async function create(
  type: ResourceType,
  organization: Organization,
  request: ServerRequest,
): Promise<ServerResponse> {
  const submitted = readSubmitted(type, request.body, organization.behaviour);
  const attributes = type.name === "User" ? { active: true, ...submitted.attributes } : submitted.attributes;
  const members = submitted.members ?? [];
  const projection = projectionOf(type, request, organization.behaviour);
  const outcome = await organization.operations.create(
    type.name,
    { ...promisedId(request), attributes, members },
    { related: showsRelated(projection) },
  );
  if (outcome.kind !== "stored") throw refusalError(type, "", outcome, organization.behaviour);
  return writtenAnswer(organization, projection, 201, outcome);
}

/** RFC 7644 §3.4.1, and 304 for `If-None-Match` (§3.14). */
async function read(
  type: ResourceType,
  organization: Organization,
  request: ServerRequest,
): Promise<ServerResponse> {
  const id = idOf(request);
  const projection = projectionOf(type, request, organization.behaviour);
  const isUser = type.name === "User";
  const related = isUser && showsRelated(projection);
  const stored = await organization.rows.get(type.name, id, { related });
  if (stored === undefined) throw refusalError(type, id, { kind: "not-found" }, organization.behaviour);
  if (isKnownToClient(request, stored)) {
    return { status: 304, headers: { etag: entityTag(stored.version) } };
  }
  return isUser
    ? resourceAnswer(organization, projection, 200, stored)
    : answerInPieces(organization, projection, stored);
}

/** RFC 7644 §3.5.1. */
async function replace(
  type: ResourceType,
  organization: Organization,
  request: ServerRequest,
): Promise<ServerResponse> {
  const id = idOf(request);
  const { attributes, members } = readSubmitted(type, request.body, organization.behaviour);
  // A list that is left out is empty: RFC 7644 §3.5.1 lets the server choose.
  const replacement = { attributes, members: members ?? (type.name === "Group" ? [] : undefined) };
  const projection = projectionOf(type, request, organization.behaviour);
  const outcome = await organization.operations.replace(type.name, id, replacement, {
    related: showsRelated(projection),
    ...ifMatch(request),
  });
  if (outcome.kind !== "stored") throw refusalError(type, id, outcome, organization.behaviour);
  return writtenAnswer(organization, projection, 200, outcome);
}

/**
 * RFC 7644 §3.5.2. By default a user is answered with 200 and the resource, a Group with 204 unless attributes are
 * asked for: both are allowed, Entra prefers the latter, and a Team may have 50,000 members.
 */
async function patch(
  type: ResourceType,
  organization: Organization,
  request: ServerRequest,
): Promise<ServerResponse> {
  const id = idOf(request);
  const projection = projectionOf(type, request, organization.behaviour);
  const { patchUserAnswer, patchTeamAnswer } = organization.behaviour;
  const answer = type.name === "User" ? patchUserAnswer : patchTeamAnswer;
  const withBody = answer === "resource" || projection.requested !== undefined;
  const { work } = request;
  const edits = parsePatch(type, request.body, organization.behaviour, work);
  const outcome = await organization.operations.edit(type.name, id, {
    edits,
    related: withBody && showsRelated(projection),
    work,
    baseUrl: organization.baseUrl,
    ...ifMatch(request),
  });
  if (outcome.kind !== "stored") throw refusalError(type, id, outcome, organization.behaviour);
  if (withBody) return writtenAnswer(organization, projection, 200, outcome);
  if (mustReport(outcome, organization.behaviour)) return reportAnswer(organization, projection, outcome);
  const { resource, leftOut } = outcome;
  return { status: 204, headers: { etag: entityTag(resource.version) }, ...leftOutDetail(leftOut) };
}

/** RFC 7644 §3.6. */
async function remove(
  type: ResourceType,
  organization: Organization,
  request: ServerRequest,
): Promise<ServerResponse> {
  const id = idOf(request);
  const { precondition } = ifMatch(request);
  const outcome = await organization.operations.remove(type.name, id, precondition);
  if (outcome.kind !== "removed") throw refusalError(type, id, outcome, organization.behaviour);
  return { status: 204 };
}

/** A submitted resource, with a Team's members apart: the store keeps them as a set. */
function readSubmitted(
  type: ResourceType,
  body: unknown,
  leniency: Leniency,
): { readonly attributes: JsonObject; readonly members: readonly string[] | undefined } {
  const resource = readResource(type, body, leniency);
  if (type.name === "User") return { attributes: resource, members: undefined };
  const { members, ...attributes } = resource;
  return { attributes, members: members === undefined ? undefined : memberIds(members) };
}

function promisedId({ params: { id } }: ServerRequest): { readonly id?: string } {
  return id === undefined ? {} : { id };
}

function idOf(request: ServerRequest): string {
  return request.params["id"] ?? "";
}
