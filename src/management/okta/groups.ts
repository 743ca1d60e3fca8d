/** Groups: those assigned to the app, one by its id, its members (Okta API: Application Groups, Groups). */

import * as z from "zod";
import type { ManagementApi, WriteAnswer } from "../management-api.ts";
import { oktaScopes, oktaWriteScopes } from "./scopes.ts";
import { oktaUser, type OktaUser } from "./users.ts";

const oktaGroup = z.object({
  id: z.string(),
  /** `OKTA_GROUP`, `APP_GROUP`, `BUILT_IN`. */
  type: z.string().nullish(),
  profile: z.object({ name: z.string().min(1) }),
  _embedded: z
    .looseObject({ stats: z.object({ usersCount: z.number().int().nullish() }).nullish() })
    .nullish(),
});

export type OktaGroup = z.infer<typeof oktaGroup>;

const assignedGroup = z.object({ id: z.string() });

/** Ids of the groups that are assigned to the app. */
export async function listAssignedGroups(api: ManagementApi, appId: string): Promise<readonly string[]> {
  const groups = await api.list(`/api/v1/apps/${encodeURIComponent(appId)}/groups?limit=200`, assignedGroup, {
    reads: "the groups assigned to the app",
    needs: oktaScopes.apps,
  });
  return groups.map(({ id }) => id);
}

const purpose = { reads: "a group of the app", needs: oktaScopes.groups };

/** Undefined where there is none with this id, for these credentials. */
export async function findGroup(api: ManagementApi, id: string): Promise<OktaGroup | undefined> {
  return api.find(`/api/v1/groups/${encodeURIComponent(id)}`, oktaGroup, purpose, { id });
}

/**
 * The same with the number of its members as Okta counts them, which only a list of groups has. Undefined where the list for this
 * id does not show it: it may be behind, or the API does not filter.
 */
export async function findGroupWithCount(api: ManagementApi, id: string): Promise<OktaGroup | undefined> {
  const filter = encodeURIComponent(`id eq "${id}"`);
  const path = `/api/v1/groups?filter=${filter}&expand=stats&limit=200`;
  const groups = await api.find(path, z.array(oktaGroup), purpose, { absentStatuses: [400] });
  return groups?.find((group) => group.id === id);
}

/** All groups of the organization, each with the number of its members. */
export async function listGroupsWithCounts(api: ManagementApi): Promise<readonly OktaGroup[]> {
  return api.list("/api/v1/groups?expand=stats&limit=200", oktaGroup, {
    reads: "the groups of the organization",
    needs: oktaScopes.groups,
  });
}

export async function listMembers(
  api: ManagementApi,
  { id, profile }: OktaGroup,
  onPage: (read: number) => void,
): Promise<readonly OktaUser[]> {
  return api.list(
    `/api/v1/groups/${encodeURIComponent(id)}/users?limit=200`,
    oktaUser,
    { reads: `the members of the group ${profile.name}`, needs: oktaScopes.groups },
    { onPage },
  );
}

/** Puts a user into a group of Okta's own, or takes the user out of it. */
export async function changeMembership(
  api: ManagementApi,
  { groupId, userId }: { readonly groupId: string; readonly userId: string },
  change: "add" | "remove",
): Promise<WriteAnswer> {
  return api.write(
    {
      method: change === "add" ? "PUT" : "DELETE",
      path: `/api/v1/groups/${encodeURIComponent(groupId)}/users/${encodeURIComponent(userId)}`,
    },
    { does: "change the members of groups", needs: oktaWriteScopes.groups },
  );
}

const groupRule = z.object({
  id: z.string(),
  name: z.string().nullish(),
  status: z.string().nullish(),
  actions: z
    .looseObject({
      assignUserToGroups: z.looseObject({ groupIds: z.array(z.string()).nullish() }).nullish(),
    })
    .nullish(),
});

export type GroupRule = z.infer<typeof groupRule>;

/** The rules that put users into groups (Okta API: Group Rules). */
export async function listGroupRules(api: ManagementApi): Promise<readonly GroupRule[]> {
  return api.list("/api/v1/groups/rules?limit=50", groupRule, {
    reads: "the group rules",
    needs: oktaScopes.groups,
  });
}

/** The groups whose name begins so. */
export async function listGroupsNamed(api: ManagementApi, beginning: string): Promise<readonly OktaGroup[]> {
  return api.list(`/api/v1/groups?q=${encodeURIComponent(beginning)}&limit=200`, oktaGroup, {
    reads: "the groups of the organization",
    needs: oktaScopes.groups,
  });
}
