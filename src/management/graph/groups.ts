/** Groups and their members: direct ones, which Entra provisions, and those of groups within them, which it does not. */

import * as z from "zod";
import { printable } from "../../ground/text/printable.ts";
import type { ListOptions, ManagementApi } from "../management-api.ts";
import { countOfList, eventualConsistency, mostEntries, segment, withQuery } from "./odata.ts";
import { graphPermissions } from "./permissions.ts";

export const graphGroup = z.looseObject({
  id: z.string().min(1),
  displayName: z.string().nullish(),
  securityEnabled: z.boolean().nullish(),
  mailEnabled: z.boolean().nullish(),
  /** `HiddenMembership`: only Member.Read.Hidden shows who is in it. */
  visibility: z.string().nullish(),
});

export type GraphGroup = z.infer<typeof graphGroup>;

/** A member as it is named; without User.Read.All nothing is there but the id. */
export const graphMember = z.looseObject({
  id: z.string().min(1),
  userPrincipalName: z.string().nullish(),
  displayName: z.string().nullish(),
});

export type GraphMember = z.infer<typeof graphMember>;

/** `properties` are those that mappings and scoping filters of groups read. */
const groupFields = (properties: readonly string[]): readonly string[] => [
  ...new Set(["id", "displayName", "securityEnabled", "visibility", ...properties]),
];

const memberFields = ["id", "userPrincipalName", "displayName"] as const;

/** One group by id; undefined where there is none. */
export async function findGroup(
  api: ManagementApi,
  id: string,
  properties: readonly string[] = [],
): Promise<GraphGroup | undefined> {
  const path = withQuery(`/groups/${segment(id)}`, { select: groupFields(properties) });
  const purpose = { reads: "the assigned groups", needs: graphPermissions.groupMember };
  return await api.find(path, graphGroup, purpose, { id });
}

/** Every group of the tenant. */
export async function listGroups(
  api: ManagementApi,
  properties: readonly string[] = [],
  options?: ListOptions,
): Promise<readonly GraphGroup[]> {
  const path = withQuery("/groups", { select: groupFields(properties), top: mostEntries, count: true });
  return await api.list(
    path,
    graphGroup,
    { reads: "the groups", needs: graphPermissions.groupMember },
    { ...options, headers: eventualConsistency, countedAt: countOfList(path) },
  );
}

/** Users who are themselves in the group. */
export async function listMembers(api: ManagementApi, group: GraphGroup): Promise<readonly GraphMember[]> {
  return await listUsersIn(api, group, "members");
}

/** Users in the group or in any group within it. */
export async function listTransitiveMembers(
  api: ManagementApi,
  group: GraphGroup,
): Promise<readonly GraphMember[]> {
  return await listUsersIn(api, group, "transitiveMembers");
}

/** A cast needs the advanced engine, which counts, too (Microsoft Graph: List group transitive members). */
async function listUsersIn(
  api: ManagementApi,
  group: GraphGroup,
  relation: "members" | "transitiveMembers",
): Promise<readonly GraphMember[]> {
  const path = withQuery(`/groups/${segment(group.id)}/${relation}/microsoft.graph.user`, {
    select: memberFields,
    top: mostEntries,
    count: true,
  });
  return await api.list(
    path,
    graphMember,
    {
      reads: `the members of the group ${printable(group.displayName ?? group.id)}`,
      needs: graphPermissions.groupMember,
    },
    { headers: eventualConsistency, countedAt: countOfList(path) },
  );
}

/** Groups that are themselves in the group, or in any group within it. */
export async function listNestedGroups(
  api: ManagementApi,
  group: GraphGroup,
  relation: "members" | "transitiveMembers",
): Promise<readonly GraphGroup[]> {
  const path = withQuery(`/groups/${segment(group.id)}/${relation}/microsoft.graph.group`, {
    select: groupFields([]),
    top: mostEntries,
    count: true,
  });
  return await api.list(
    path,
    graphGroup,
    {
      reads: `the groups within the group ${printable(group.displayName ?? group.id)}`,
      needs: graphPermissions.groupMember,
    },
    { headers: eventualConsistency, countedAt: countOfList(path) },
  );
}
