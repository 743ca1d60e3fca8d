/** A push mapping: a group whose members are pushed to a group of the app (Okta API: GroupPushMapping). */

import type { DirectoryGroup } from "../../../directory/directory.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { OktaContext } from "../context.ts";
import { notFound } from "../errors.ts";
import { appGroupId } from "./group.ts";
import { groupsById } from "./objects.ts";
import { lastJobAt, latest, timestamp } from "./times.ts";

export interface OktaPushMapping {
  readonly id: string;
  readonly group: DirectoryGroup;
  readonly created: Date | undefined;
  readonly status: "ACTIVE" | "INACTIVE" | "ERROR";
  /** Never pushed: it was made inactive. */
  readonly isDormant: boolean;
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
      return [{ id: asleep.id, group, created: asleep.created, status: "INACTIVE", isDormant: true }];
    }
    const push = company.pushOf(group.objectId);
    if (push === undefined || !directory.pushedGroups.has(group.key)) return [];
    const status = statusOf(context, group);
    return [{ id: push.id, group, created: push.since, status, isDormant: false }];
  });
  return mappings.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

function statusOf(context: OktaContext, { objectId }: DirectoryGroup): OktaPushMapping["status"] {
  const { pushMappings, tasks } = context.memory();
  const held = pushMappings.get(objectId);
  if (held !== undefined) return held.status;
  // A first push that was refused before anything was sent leaves a task alone.
  return tasks.has(objectId) ? "ERROR" : "ACTIVE";
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
  const job = mapping.isDormant ? undefined : lastJobAt(company, objectId, mapping.created);
  const memory = context.memory();
  const scimId = mapping.isDormant ? undefined : memory.pushMappings.get(objectId)?.scimId;
  const target = scimId === undefined ? undefined : appGroupId(context, scimId);
  const link = (id: string): JsonObject => ({ href: `${origin}/api/v1/groups/${id}` });
  return {
    id: mapping.id,
    status: mapping.status,
    sourceGroupId: objectId,
    ...(target === undefined ? {} : { targetGroupId: target }),
    errorSummary: mapping.status === "ERROR" ? (memory.tasks.get(objectId)?.sentence ?? "") : "",
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

export function lastUpdated({ company }: OktaContext, { group, created }: OktaPushMapping): Date | undefined {
  return latest(created, lastJobAt(company, group.objectId, created));
}
