/** Groups: those assigned to the app, one by its id, its members (Okta API: Application Groups, Groups). */

import * as z from "zod";
import type { ManagementApi } from "../management-api.ts";
import { oktaScopes } from "./scopes.ts";
import { oktaUser, type OktaUser } from "./users.ts";

const oktaGroup = z.looseObject({
  id: z.string(),
  /** `OKTA_GROUP`, `APP_GROUP`, `BUILT_IN`. */
  type: z.string().nullish(),
  profile: z.looseObject({ name: z.string().min(1) }),
  _embedded: z
    .looseObject({ stats: z.looseObject({ usersCount: z.number().int().nullish() }).nullish() })
    .nullish(),
});

export type OktaGroup = z.infer<typeof oktaGroup>;

const assignedGroup = z.looseObject({ id: z.string() });

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
  return api.find(`/api/v1/groups/${encodeURIComponent(id)}`, oktaGroup, purpose);
}

/** The same with the number of its members as Okta counts them, from the list of groups: alone there it is said. */
export async function findGroupWithCount(api: ManagementApi, id: string): Promise<OktaGroup | undefined> {
  const filter = encodeURIComponent(`id eq "${id}"`);
  const groups = await api.list(`/api/v1/groups?filter=${filter}&expand=stats&limit=200`, oktaGroup, purpose);
  return groups.find((group) => group.id === id);
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
