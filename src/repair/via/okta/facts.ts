/** What Okta knows of the users and groups of a plan, read when it is needed. */

import { foldCase } from "../../../ground/text/fold-case.ts";
import { forEachBounded } from "../../../ground/for-each-bounded.ts";
import type { ManagementApi } from "../../../management/management-api.ts";
import { listAppUsers, type AppUser } from "../../../management/okta/app-users.ts";
import { findGroup, listMembers, type OktaGroup } from "../../../management/okta/groups.ts";
import { listPushMappings, type PushMapping } from "../../../management/okta/push-mappings.ts";
import { isAssignment } from "../../../sources/okta/directory/build-directory.ts";

/** The users of the app, by what a plan knows of them. */
export interface AppUsers {
  /** By `foldCase` of the userName that Okta sends; nobody whose name two of them have. */
  readonly byName: ReadonlyMap<string, AppUser>;
  readonly byId: ReadonlyMap<string, AppUser>;
  /** Those who are assigned and linked, by the SCIM id of the account. */
  readonly byLink: ReadonlyMap<string, AppUser>;
}

/** A group that is pushed, with its mapping. */
export interface PushedGroup {
  readonly mapping: PushMapping;
  readonly group: OktaGroup;
}

/** SCIM id of the account that the assignment is linked to; undefined where it is linked to none. */
export function linkOf(appUser: AppUser | undefined): string | undefined {
  const externalId = appUser?.externalId ?? "";
  return externalId === "" || appUser === undefined || !isAssignment(appUser) ? undefined : externalId;
}

export async function readAppUsers(api: ManagementApi, appId: string): Promise<AppUsers> {
  const all = await listAppUsers(api, appId, () => {});
  return {
    byName: byName(all),
    byId: new Map(all.map((one) => [one.id, one])),
    byLink: new Map(
      all.flatMap((one) => {
        const link = linkOf(one);
        return link === undefined ? [] : [[link, one] as const];
      }),
    ),
  };
}

/** Of several users with one name the one who is assigned; nobody where that is not one. */
function byName(all: readonly AppUser[]): ReadonlyMap<string, AppUser> {
  const named = new Map<string, readonly AppUser[]>();
  for (const one of all) {
    const key = foldCase(nameOf(one));
    named.set(key, [...(named.get(key) ?? []), one]);
  }
  return new Map(
    [...named].flatMap(([key, users]) => {
      const assigned = users.filter(isAssignment);
      const [meant, ...others] = assigned.length > 0 ? assigned : users;
      return meant === undefined || others.length > 0 ? [] : [[key, meant] as const];
    }),
  );
}

/** The userName that Okta sends. */
export function nameOf({ credentials, _embedded, id }: AppUser): string {
  return credentials?.userName ?? _embedded?.user?.profile.login ?? id;
}

/** Groups read at a time. */
const atOnce = 8;

/** The pushed groups, by `foldCase` of their names; several with one name are all there. */
export async function readPushedGroups(
  api: ManagementApi,
  appId: string,
): Promise<ReadonlyMap<string, readonly PushedGroup[]>> {
  const mappings = await listPushMappings(api, appId);
  const named = new Map<string, PushedGroup[]>();
  await forEachBounded(mappings, atOnce, async (mapping) => {
    const group = await findGroup(api, mapping.sourceGroupId);
    if (group === undefined) return;
    const key = foldCase(group.profile.name);
    const others = named.get(key);
    if (others === undefined) named.set(key, [{ mapping, group }]);
    else others.push({ mapping, group });
  });
  return named;
}

/** SCIM ids of the accounts that a push of the group sends: its members who are assigned and linked (Okta: Group Push). */
export async function pushedIds(
  api: ManagementApi,
  group: OktaGroup,
  { byId }: AppUsers,
): Promise<ReadonlySet<string>> {
  const members = await listMembers(api, group, () => {});
  return new Set(members.flatMap(({ id }) => linkOf(byId.get(id)) ?? []));
}
