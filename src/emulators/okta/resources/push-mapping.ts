/** A push mapping: a group whose members are pushed to a group of the app (Okta API: GroupPushMapping). */

import type { DirectoryGroup } from "../../../directory/directory.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { Relation } from "../../company/company.ts";
import type { OktaContext } from "../context.ts";
import { notFound } from "../errors.ts";
import { appGroupId } from "./group.ts";
import { groupsById } from "./objects.ts";
import { lastJobAt, latest, timestamp } from "./times.ts";

export interface OktaPushMapping {
  readonly id: string;
  readonly group: DirectoryGroup;
  readonly created: Date;
  /** Undefined for one that was never pushed, because it was made inactive. */
  readonly push: Relation | undefined;
  readonly status: "ACTIVE" | "INACTIVE" | "ERROR";
}

/** In the order of their ids. */
export function pushMappingsOf(
  context: OktaContext,
  directory = context.listed(),
): readonly OktaPushMapping[] {
  const { company, dormant } = context;
  const mappings = groupsById(directory).groups.flatMap((group): readonly OktaPushMapping[] => {
    const asleep = dormant.get(group.objectId);
    if (asleep !== undefined) {
      return [{ id: asleep.id, group, created: asleep.created, status: "INACTIVE", push: undefined }];
    }
    const push = company.pushOf(group.objectId);
    if (push === undefined || !directory.pushedGroups.has(group.key)) return [];
    const status = statusOf(context, group);
    return [{ id: push.id, group, created: push.since, status, push }];
  });
  return mappings.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** Says what was asked for, until the provisioning has done it. */
function statusOf(context: OktaContext, { objectId }: DirectoryGroup): OktaPushMapping["status"] {
  const { company, requestedPushes } = context;
  const requested = requestedPushes.get(objectId);
  const isPending = company.isBusy() && company.lastJobOf(objectId) === requested?.before;
  if (requested !== undefined && isPending) return requested.status;
  const { pushMappings, tasks } = context.memory();
  const held = pushMappings.get(objectId);
  if (held !== undefined) return held.status;
  // A first push that was refused before anything was sent leaves a task alone.
  return tasks.has(objectId) ? "ERROR" : "ACTIVE";
}

/** The push of a group is set to this now. */
export function requestPush(
  { company, requestedPushes }: OktaContext,
  { objectId }: DirectoryGroup,
  status: "ACTIVE" | "INACTIVE",
): void {
  requestedPushes.set(objectId, { status, before: company.lastJobOf(objectId) });
}

/** @throws OktaError E0000007 */
export function pushMappingOf(context: OktaContext, id: string): OktaPushMapping {
  const mapping = pushMappingsOf(context, context.company.directory()).find((one) => one.id === id);
  if (mapping === undefined) throw notFound(id, "GroupPushMapping");
  return mapping;
}

export function pushMappingJson(context: OktaContext, mapping: OktaPushMapping, origin: string): JsonObject {
  const { company } = context;
  const { objectId } = mapping.group;
  const { job, target } = lastPushOf(context, mapping);
  const link = (id: string): JsonObject => ({ href: `${origin}/api/v1/groups/${id}` });
  const error = mapping.status === "ERROR" ? context.memory().tasks.get(objectId)?.sentence : undefined;
  return {
    id: mapping.id,
    status: mapping.status,
    sourceGroupId: objectId,
    ...(target === undefined ? {} : { targetGroupId: target }),
    errorSummary: error ?? "",
    ...(job === undefined ? {} : { lastPush: timestamp(job) }),
    created: timestamp(mapping.created),
    lastUpdated: timestamp(lastUpdated(context, mapping)),
    _links: {
      app: { href: `${origin}/api/v1/apps/${company.appId}` },
      sourceGroup: link(objectId),
      ...(target === undefined ? {} : { targetGroup: link(target) }),
    },
  };
}

/** When it was pushed, and to which group of the app. */
function lastPushOf(
  context: OktaContext,
  { group: { objectId }, push }: OktaPushMapping,
): { readonly job: Date | undefined; readonly target: string | undefined } {
  if (push === undefined) return { job: undefined, target: undefined };
  const job = lastJobAt(context.company, objectId, push);
  // What is remembered may be of a mapping before this one, whose end is still to be provisioned.
  const isPushed = job !== undefined || !context.company.isBusy();
  const scimId = isPushed ? context.memory().pushMappings.get(objectId)?.scimId : undefined;
  return { job, target: scimId === undefined ? undefined : appGroupId(context, scimId) };
}

export function lastUpdated(context: OktaContext, mapping: OktaPushMapping): Date | undefined {
  return latest(mapping.created, lastPushOf(context, mapping).job);
}
