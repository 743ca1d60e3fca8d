/** Push Groups: list, create, pause, resume and remove push mappings (Okta API: GroupPushMapping). */

import * as z from "zod";
import type { DirectoryGroup } from "../../../directory/directory.ts";
import { param, type OktaContext, type OktaRequest, type Operation } from "../context.ts";
import { invalid, notFound } from "../errors.ts";
import { limitOf, pageAnswer } from "../paging.ts";
import { readBody, readFlag } from "../read-body.ts";
import { appGroupName } from "../resources/group.ts";
import { groupOf } from "../resources/objects.ts";
import {
  lastUpdated,
  pushMappingJson,
  pushMappingOf,
  pushMappingsOf,
  requestPush,
  type OktaPushMapping,
} from "../resources/push-mapping.ts";
import { requireVisible } from "../resources/user.ts";
import { requireOurs } from "./apps.ts";

const read = ["okta.apps.read", "okta.groups.read"];
const manage = ["okta.apps.manage", "okta.groups.manage"];
const limits = { fallback: 100, max: 1000 };
const list = "/api/v1/apps/:appId/group-push/mappings";
const one = `${list}/:mappingId`;

type Answer = ReturnType<Operation["handle"]>;

export const pushMappingOperations: readonly Operation[] = [
  { method: "GET", path: list, scopes: read, handle: listMappings },
  {
    method: "GET",
    path: one,
    scopes: read,
    handle: (request, context) => shown(mappingFrom(request, context), request, context),
  },
  { method: "POST", path: list, scopes: manage, handle: create },
  { method: "PATCH", path: one, scopes: manage, handle: update },
  { method: "DELETE", path: one, scopes: manage, handle: remove },
];

function listMappings(request: OktaRequest, context: OktaContext): Answer {
  requirePush(request, context);
  const { query, origin } = request;
  const [source, status, since] = [query.get("sourceGroupId"), query.get("status"), query.get("lastUpdated")];
  if (status !== null && !["ACTIVE", "INACTIVE", "ERROR"].includes(status)) throw invalid("status");
  const sinceMs = since === null ? undefined : Date.parse(since);
  if (sinceMs !== undefined && Number.isNaN(sinceMs)) throw invalid("lastUpdated");
  const items = pushMappingsOf(context).filter(
    (mapping) =>
      !context.switches.hidden.has(mapping.group.objectId) &&
      (source === null || mapping.group.objectId === source) &&
      (status === null || mapping.status === status) &&
      (sinceMs === undefined || (lastUpdated(context, mapping)?.getTime() ?? 0) >= sinceMs),
  );
  const idOf = ({ id }: OktaPushMapping): string => id;
  const show = (mapping: OktaPushMapping): ReturnType<typeof pushMappingJson> =>
    pushMappingJson(context, mapping, origin);
  return pageAnswer(request, { items, idOf, show, limit: limitOf(request, limits) }, context.switches);
}

const creation = z.looseObject({
  sourceGroupId: z.string(),
  status: z.enum(["ACTIVE", "INACTIVE"]).optional(),
  targetGroupId: z.string().optional(),
  targetGroupName: z.string().min(1).optional(),
});

function create(request: OktaRequest, context: OktaContext): Answer {
  requirePush(request, context);
  const { sourceGroupId, status, targetGroupId, targetGroupName } = readBody(request, creation, "mapping");
  if ((targetGroupId === undefined) === (targetGroupName === undefined)) {
    throw invalid("mapping", "Exactly one of targetGroupId and targetGroupName must be given.");
  }
  const { company } = context;
  const group = groupOf(company.directory(), sourceGroupId);
  requireVisible(context, sourceGroupId);
  if (company.directory().pushedGroups.has(group.key) || context.dormant.has(sourceGroupId)) {
    throw invalid("mapping", "A group push mapping already exists for this source group.");
  }
  const team = teamOf(group, { targetGroupId, targetGroupName }, context);
  if (status === "INACTIVE") {
    context.dormant.set(sourceGroupId, { id: company.newId("push"), created: company.now(), team });
  } else push(group, team, { request, context });
  const mapping = pushMappingsOf(context, company.directory()).find(
    (made) => made.group.objectId === sourceGroupId,
  );
  if (mapping === undefined) throw notFound(sourceGroupId, "GroupPushMapping");
  return { ...shown(mapping, request, context), status: 201 };
}

/**
 * The Team to link to by another name than the group's; undefined for the group's own name.
 * @throws OktaError E0000007 for an id of no app group; E0000001 for another name that no group of the app has
 */
function teamOf(
  group: DirectoryGroup,
  target: { readonly targetGroupId: string | undefined; readonly targetGroupName: string | undefined },
  context: OktaContext,
): string | undefined {
  const { targetGroupId, targetGroupName } = target;
  if (targetGroupId !== undefined) {
    const name = appGroupName(context, targetGroupId);
    if (name === undefined) throw notFound(targetGroupId, "UserGroup");
    return name;
  }
  if (targetGroupName === group.name) return undefined;
  const known = [...context.memory().appGroups.values()].find((name) => name === targetGroupName);
  if (known !== undefined) return known;
  throw invalid(
    "targetGroupName",
    "targetGroupName: It must be the name of the source group, or of a group that was imported from the app.",
  );
}

interface Call {
  readonly request: OktaRequest;
  readonly context: OktaContext;
}

function push(group: DirectoryGroup, team: string | undefined, { request, context }: Call): void {
  const link = team === undefined ? {} : { team };
  requestPush(context, group, "ACTIVE");
  context.company.act({ kind: "push-group", group: group.key, ...link }, request.by);
}

const change = z.looseObject({ status: z.enum(["ACTIVE", "INACTIVE"]) });

/** Only the status can be changed; ACTIVE pushes everything at once. */
function update(request: OktaRequest, context: OktaContext): Answer {
  const mapping = mappingFrom(request, context);
  const { status } = readBody(request, change, "mapping");
  const { company, dormant } = context;
  const { key, objectId } = mapping.group;
  const asleep = dormant.get(objectId);
  if (asleep !== undefined && status === "ACTIVE") {
    dormant.delete(objectId);
    push(mapping.group, asleep.team, { request, context });
  } else if (asleep === undefined && status !== mapping.status) {
    const kind = status === "ACTIVE" ? "activate-push" : "deactivate-push";
    requestPush(context, mapping.group, status);
    company.act({ kind, group: key }, request.by);
  }
  const changed = pushMappingsOf(context, company.directory()).find(
    (held) => held.group.objectId === objectId,
  );
  return shown(changed ?? mapping, request, context);
}

/** Inactive ones only; in error as well since 2026.07.0 (Okta: API release notes 2026). */
function remove(request: OktaRequest, context: OktaContext): Answer {
  const mapping = mappingFrom(request, context);
  if (!request.query.has("deleteTargetGroup")) {
    throw invalid("deleteTargetGroup", "deleteTargetGroup: The parameter is required.");
  }
  const deleteTeam = readFlag(request, "deleteTargetGroup", false);
  if (mapping.status === "ACTIVE") {
    throw invalid("mapping", "Only a group push mapping that is INACTIVE or in ERROR can be deleted.");
  }
  if (!context.dormant.delete(mapping.group.objectId)) {
    context.company.act({ kind: "unpush-group", group: mapping.group.key, deleteTeam }, request.by);
  }
  return { status: 204 };
}

function shown(mapping: OktaPushMapping, { origin }: OktaRequest, context: OktaContext): Answer {
  return { status: 200, body: pushMappingJson(context, mapping, origin) };
}

function mappingFrom(request: OktaRequest, context: OktaContext): OktaPushMapping {
  requirePush(request, context);
  const mapping = pushMappingOf(context, param(request, "mappingId"));
  requireVisible(context, mapping.group.objectId);
  return mapping;
}

function requirePush(request: OktaRequest, context: OktaContext): void {
  requireOurs(request, context);
  if (!context.switches.groupPush) throw invalid("mapping", "Group push is not supported for this app.");
}
