/** What was read as a Directory: users and groups by key, who is assigned, who is in which group. */

import { appRoleAssignments } from "../../../directory/app-role.ts";
import {
  emptyDirectory,
  type Directory,
  type DirectoryGroup,
  type DirectoryUser,
  type ProfileValue,
} from "../../../directory/directory.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import {
  isOfType,
  type AppRoleAssignment,
  type ServicePrincipal,
} from "../../../management/graph/applications.ts";
import type { GraphUser } from "../../../management/graph/users.ts";
import { nameOfRole } from "../settings/app-settings.ts";
import type { ReadGroup } from "./read-groups.ts";
import type { ReadUsers } from "./read-users.ts";
import { profileOf } from "./user-attributes.ts";

export interface WhatWasRead {
  readonly application: ServicePrincipal;
  readonly assignments: readonly AppRoleAssignment[];
  readonly users: ReadUsers;
  /** Assigned ones, and those within them. */
  readonly groups: ReadonlyMap<string, ReadGroup>;
  /** The attributes that mappings and filters read. */
  readonly userSources: readonly string[];
}

/** The directory, with the key of each object by its id. */
export interface BuiltDirectory {
  readonly directory: Directory;
  readonly userKeys: ReadonlyMap<string, string>;
  readonly groupKeys: ReadonlyMap<string, string>;
}

export function buildDirectory(read: WhatWasRead): BuiltDirectory {
  const { present, deleted } = read.users;
  // A present user has the name before one in the recycle bin.
  const everybody = [...present.values(), ...deleted.values()];
  const userKeys = keysOf(everybody, ({ id, mail, userPrincipalName }) => [mail, userPrincipalName, id]);
  const groupKeys = keysOf([...read.groups.values()], ({ id, name }) => [name, `${name} (${id})`]);
  const roles = assignedRoles(read);
  const users = everybody.map((user): DirectoryUser => {
    const key = userKeys.get(user.id) ?? user.id;
    return {
      key,
      objectId: user.id,
      status: statusOf(user, deleted.has(user.id)),
      profile: {
        ...profileOf(user, read.userSources),
        ...managerOf(user, userKeys),
        ...rolesOf(user, roles),
      },
    };
  });
  const groups = [...read.groups.values()].map((group) => directoryGroup(group, userKeys, groupKeys));
  return { directory: directoryOf(read, { users, groups, userKeys, groupKeys }), userKeys, groupKeys };
}

interface Parts {
  readonly users: readonly DirectoryUser[];
  readonly groups: readonly DirectoryGroup[];
  readonly userKeys: ReadonlyMap<string, string>;
  readonly groupKeys: ReadonlyMap<string, string>;
}

function directoryOf({ assignments }: WhatWasRead, { users, groups, userKeys, groupKeys }: Parts): Directory {
  const assigned = (type: "User" | "Group", keys: ReadonlyMap<string, string>): ReadonlySet<string> => {
    const ofType = assignments.filter((one) => isOfType(one, type));
    return new Set(ofType.flatMap(({ principalId }) => keys.get(principalId) ?? []));
  };
  return {
    ...emptyDirectory,
    users: new Map(users.map((user) => [user.key, user])),
    groups: new Map(groups.map((group) => [group.key, group])),
    assignedUsers: assigned("User", userKeys),
    assignedGroups: assigned("Group", groupKeys),
  };
}

function statusOf({ accountEnabled }: GraphUser, isDeleted: boolean): DirectoryUser["status"] {
  if (isDeleted) return "soft-deleted";
  return accountEnabled === false ? "blocked" : "active";
}

/** By object id, the first of the names that no other object has, in any case. */
function keysOf<Item extends { readonly id: string }>(
  items: readonly Item[],
  namesOf: (item: Item) => readonly (string | null | undefined)[],
): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    items.map((item) => {
      const free = namesOf(item).find((name) => name != null && name !== "" && !taken.has(foldCase(name)));
      const key = free ?? item.id;
      taken.add(foldCase(key));
      return [item.id, key];
    }),
  );
}

function directoryGroup(
  { id, name, securityEnabled, members, nested }: ReadGroup,
  userKeys: ReadonlyMap<string, string>,
  groupKeys: ReadonlyMap<string, string>,
): DirectoryGroup {
  return {
    key: groupKeys.get(id) ?? id,
    objectId: id,
    name,
    members: new Set(members.flatMap((member) => userKeys.get(member) ?? [])),
    ...(nested.length === 0
      ? {}
      : { nestedGroups: new Set(nested.flatMap((one) => groupKeys.get(one) ?? [])) }),
    securityEnabled,
  };
}

/** A manager who is in the directory by the key, anybody else by the object id. */
function managerOf(
  { manager }: GraphUser,
  userKeys: ReadonlyMap<string, string>,
): Record<string, ProfileValue> {
  return manager == null ? {} : { manager: userKeys.get(manager.id) ?? manager.id };
}

/** The roles of each user, by object id: assigned one by one, and through an assigned group. */
function assignedRoles({
  application,
  assignments,
  groups,
}: WhatWasRead): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map((application.appRoles ?? []).map((role) => [role.id, nameOfRole(role)]));
  const roles = new Map<string, Set<string>>();
  for (const { principalId, appRoleId } of assignments) {
    // The default access, all zeros, is no role of the app.
    const name = appRoleId == null ? undefined : names.get(appRoleId);
    if (name === undefined) continue;
    for (const user of groups.get(principalId)?.members ?? [principalId]) {
      const own = roles.get(user) ?? new Set();
      roles.set(user, own.add(name));
    }
  }
  return roles;
}

function rolesOf(
  { id }: GraphUser,
  roles: ReadonlyMap<string, ReadonlySet<string>>,
): Record<string, ProfileValue> {
  const own = roles.get(id);
  return own === undefined ? {} : { [appRoleAssignments]: [...own] };
}
