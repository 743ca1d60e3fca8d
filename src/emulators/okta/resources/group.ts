/** Groups: those of the directory, Okta's own Everyone, and those that the app has (Okta API: Groups). */

import type { DirectoryGroup, DirectoryUser } from "../../../directory/directory.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { OktaContext } from "../context.ts";
import { notFound } from "../errors.ts";
import { groupsById, membersById, usersById } from "./objects.ts";
import { timestamp } from "./times.ts";

/** A group of any type. */
export interface OktaGroup {
  readonly id: string;
  readonly type: "OKTA_GROUP" | "BUILT_IN" | "APP_GROUP";
  readonly name: string;
  /** The key of a group of the directory. */
  readonly key: string | undefined;
  /** As it is read when it is asked for. */
  readonly members: (directory: ReturnType<OktaContext["listed"]>) => readonly DirectoryUser[];
}

/** All of them, in the order of their ids. */
export function allGroups(context: OktaContext, directory = context.listed()): readonly OktaGroup[] {
  const own = groupsById(directory).groups.map(ownGroup);
  return [...own, everyone(context), ...appGroups(context)].toSorted((one, other) =>
    one.id < other.id ? -1 : 1,
  );
}

/** @throws OktaError E0000007 */
export function groupWithId(context: OktaContext, id: string): OktaGroup {
  const own = groupsById(context.company.directory()).groupsById.get(id);
  if (own !== undefined) return ownGroup(own);
  const other = [everyone(context), ...appGroups(context)].find((group) => group.id === id);
  if (other === undefined) throw notFound(id, "UserGroup");
  return other;
}

/** A group of the directory. */
export function ownGroup({ objectId, key, name }: DirectoryGroup): OktaGroup {
  return {
    id: objectId,
    type: "OKTA_GROUP",
    name,
    key,
    members: (directory) => membersById(directory, directory.groups.get(key)?.members ?? new Set()),
  };
}

/** The group of all users (Okta: About groups). */
function everyone({ ids }: OktaContext): OktaGroup {
  const id = ids("00g", "Everyone");
  return {
    id,
    type: "BUILT_IN",
    name: "Everyone",
    key: undefined,
    members: (directory) => usersById(directory).users.filter(({ status }) => status !== "deactivated"),
  };
}

/** The app's groups as Okta knows them: those that it pushes to, and those that an import has read. */
function appGroups(context: OktaContext): readonly OktaGroup[] {
  const { appGroups: imported, pushMappings } = context.memory();
  const names = new Map(imported);
  for (const { scimId, targetName } of pushMappings.values())
    if (scimId !== undefined) names.set(scimId, targetName);
  return [...names].map(([scimId, name]) => ({
    id: appGroupId(context, scimId),
    type: "APP_GROUP",
    name,
    key: undefined,
    members: () => [],
  }));
}

/** Okta's id of a group of the app, by the id that it has there. */
export function appGroupId({ ids }: Pick<OktaContext, "ids">, scimId: string): string {
  return ids("00g", `app ${scimId}`);
}

/** The name of the app's group with that id; undefined where there is none. */
export function appGroupName(context: OktaContext, id: string): string | undefined {
  return appGroups(context).find((group) => group.id === id)?.name;
}

const objectClasses = {
  OKTA_GROUP: "okta:user_group",
  BUILT_IN: "okta:user_group",
  APP_GROUP: "okta:app_group",
} as const;

export function groupJson(context: OktaContext, group: OktaGroup, origin: string): JsonObject {
  const { company, descriptions } = context;
  const { id, type, name } = group;
  const times = company.timesOf(id) ?? company.timesOf(company.appId);
  const description = type === "BUILT_IN" ? "All users in your organization" : (descriptions.get(id) ?? null);
  const self = `${origin}/api/v1/groups/${id}`;
  const source = type === "APP_GROUP" ? { source: { href: `${origin}/api/v1/apps/${company.appId}` } } : {};
  return {
    id,
    created: timestamp(times?.created),
    lastUpdated: timestamp(times?.updated),
    lastMembershipUpdated: timestamp(times?.membersUpdated),
    objectClass: [objectClasses[type]],
    type,
    profile: { name, description },
    _links: {
      self: { href: self },
      ...source,
      users: { href: `${self}/users` },
      apps: { href: `${self}/apps` },
    },
  };
}

/** `expand=stats`: counted of all members, for every caller (Okta API: Groups). */
export function withStats(context: OktaContext, group: OktaGroup, json: JsonObject): JsonObject {
  const directory = context.company.directory();
  const { key } = group;
  const stats = {
    usersCount: group.members(directory).length,
    appsCount: key !== undefined && directory.assignedGroups.has(key) ? 1 : 0,
    groupPushMappingsCount: key !== undefined && directory.pushedGroups.has(key) ? 1 : 0,
    hasAdminPrivilege: false,
  };
  return { ...json, _embedded: { stats } };
}
