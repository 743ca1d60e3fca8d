/** The assignment of a group to the app (Okta API: Application Groups). */

import type { DirectoryGroup } from "../../../directory/directory.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { OktaContext } from "../context.ts";
import { groupsById } from "./objects.ts";
import { groupJson, ownGroup } from "./group.ts";
import { timestamp } from "./times.ts";

/** In the order of their ids. */
export function assignedGroupsOf(
  context: OktaContext,
  directory = context.listed(),
): readonly DirectoryGroup[] {
  return groupsById(directory).groups.filter(({ key }) => directory.assignedGroups.has(key));
}

export function appGroupJson(
  context: OktaContext,
  group: DirectoryGroup,
  { origin, expand }: { readonly origin: string; readonly expand: string | null },
): JsonObject {
  const { company } = context;
  const { objectId, key } = group;
  const app = `${origin}/api/v1/apps/${company.appId}`;
  return {
    id: objectId,
    lastUpdated: timestamp(company.assignmentOf(objectId)?.since),
    priority: [...company.directory().assignedGroups].indexOf(key),
    profile: {},
    _links: {
      app: { href: app },
      self: { href: `${app}/groups/${objectId}` },
      group: { href: `${origin}/api/v1/groups/${objectId}` },
    },
    ...(expand === "group" ? { _embedded: { group: groupJson(context, ownGroup(group), origin) } } : {}),
  };
}
