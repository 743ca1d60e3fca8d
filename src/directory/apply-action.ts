/**
 * What an administrator's action makes of a directory. Provisioning is not decided here: a provider compares
 * the directory before with the one after.
 */

import { userStatusActionKinds, type DirectoryAction, type UserStatusAction } from "./action.ts";
import type { Directory, DirectoryGroup, DirectoryUser, GroupKey, UserKey, UserStatus } from "./directory.ts";
import { provisioned, withoutUnassigned } from "./sso-only.ts";
import { VersionedMap } from "../ground/versioned-map.ts";
import { VersionedSet } from "../ground/versioned-set.ts";

/**
 * The directory after the action; the one before is unchanged and shares with it all that stays the same, so that an action
 * costs what it touches, however large the directory is. An action on a user or group that the directory does not have changes nothing.
 */
export function applyAction(directory: Directory, action: DirectoryAction): Directory {
  const after = "group" in action ? applyGroupAction(directory, action) : applyUserAction(directory, action);
  return withoutUnassigned(after, directory, action);
}

type GroupAction = Extract<DirectoryAction, { readonly group: unknown }>;
type UserAction = Exclude<DirectoryAction, GroupAction>;

function applyUserAction(directory: Directory, action: UserAction): Directory {
  if (isStatusAction(action)) return applyStatusAction(directory, action);
  switch (action.kind) {
    case "create-user":
      return createUser(directory, action);
    case "update-user":
      return changeUser(directory, action.user, (user) => ({
        ...user,
        profile: { ...user.profile, ...action.profile },
      }));
    case "delete-user":
    case "purge-user":
      return deleteUser(directory, action.user);
    case "assign-user":
      return directory.users.has(action.user)
        ? { ...directory, assignedUsers: including(directory.assignedUsers, action.user) }
        : directory;
    case "unassign-user":
      return unassignUser(directory, action.user);
    case "provision-user":
      return provisioned(directory, [action.user]);
    case "provision-all":
      return provisioned(directory, directory.ssoOnlyUsers);
    default:
      return action satisfies never;
  }
}

function isStatusAction(action: UserAction): action is UserStatusAction {
  return userStatusActionKinds.some((kind) => kind === action.kind);
}

function applyStatusAction(directory: Directory, { kind, user: key }: UserStatusAction): Directory {
  switch (kind) {
    case "suspend-user":
      return setStatus(directory, key, "suspended");
    case "unsuspend-user":
    case "activate-user":
    case "unblock-user":
      return setStatus(directory, key, "active");
    case "deactivate-user":
      return unassignUser(setStatus(directory, key, "deactivated"), key);
    case "block-user":
      return setStatus(directory, key, "blocked");
    case "soft-delete-user":
      return changeUser(directory, key, softDeleted);
    case "restore-user":
      return changeUser(directory, key, restored);
    default:
      return kind satisfies never;
  }
}

function applyGroupAction(directory: Directory, action: GroupAction): Directory {
  switch (action.kind) {
    case "create-group":
      return createGroup(directory, action);
    case "add-member":
      return directory.users.has(action.user)
        ? changeMembers(directory, action.group, (members) => including(members, action.user))
        : directory;
    case "remove-member":
      return changeMembers(directory, action.group, (members) => excluding(members, action.user));
    case "rename-group":
      return changeGroup(directory, action.group, (group) => ({ ...group, name: action.name }));
    case "delete-group":
      return deleteGroup(directory, action.group);
    case "push-group":
      return markGroup(directory, "pushedGroups", action.group);
    case "assign-group":
      return markGroup(directory, "assignedGroups", action.group);
    case "unpush-group":
      return { ...directory, pushedGroups: excluding(directory.pushedGroups, action.group) };
    case "unassign-group":
      return { ...directory, assignedGroups: excluding(directory.assignedGroups, action.group) };
    default:
      return action satisfies never;
  }
}

function createUser(directory: Directory, action: DirectoryAction & { kind: "create-user" }): Directory {
  const { key } = action.user;
  const users = VersionedMap.of(directory.users).with(key, action.user);
  const assignedUsers = action.assigned ? including(directory.assignedUsers, key) : directory.assignedUsers;
  let created: Directory = { ...directory, users, assignedUsers };
  for (const group of action.groups) {
    created = changeMembers(created, group, (members) => including(members, key));
  }
  return created;
}

function createGroup(directory: Directory, action: DirectoryAction & { kind: "create-group" }): Directory {
  const { key } = action.group;
  return {
    ...directory,
    groups: VersionedMap.of(directory.groups).with(key, action.group),
    pushedGroups: action.pushed ? including(directory.pushedGroups, key) : directory.pushedGroups,
    assignedGroups: action.assigned ? including(directory.assignedGroups, key) : directory.assignedGroups,
  };
}

function deleteUser(directory: Directory, key: UserKey): Directory {
  if (!directory.users.has(key)) return directory;
  const users = VersionedMap.of(directory.users).without(key);
  let remaining: Directory = { ...unassignUser(directory, key), users };
  for (const [group, { members }] of directory.groups) {
    if (members.has(key)) remaining = changeMembers(remaining, group, (all) => excluding(all, key));
  }
  return remaining;
}

function deleteGroup(directory: Directory, key: GroupKey): Directory {
  if (!directory.groups.has(key)) return directory;
  const groups = VersionedMap.of(directory.groups).without(key);
  return {
    ...directory,
    groups,
    pushedGroups: excluding(directory.pushedGroups, key),
    assignedGroups: excluding(directory.assignedGroups, key),
  };
}

/** Memberships stay, of a deactivated user too (Okta, OIN test plan C9293: a reactivated user is assigned by group again). */
function setStatus(directory: Directory, key: UserKey, status: UserStatus): Directory {
  return changeUser(directory, key, (user) => ({ ...user, status }));
}

/** The user principal name of a deleted user is freed: the object id without dashes is put before it. */
function softDeleted(user: DirectoryUser): DirectoryUser {
  const { userPrincipalName } = user.profile;
  const renamed =
    typeof userPrincipalName === "string"
      ? { userPrincipalName: `${tombstonePrefix(user)}${userPrincipalName}` }
      : {};
  return { ...user, status: "soft-deleted", profile: { ...user.profile, ...renamed } };
}

function restored(user: DirectoryUser): DirectoryUser {
  const { userPrincipalName } = user.profile;
  const prefix = tombstonePrefix(user);
  const renamed =
    typeof userPrincipalName === "string" && userPrincipalName.startsWith(prefix)
      ? { userPrincipalName: userPrincipalName.slice(prefix.length) }
      : {};
  return { ...user, status: "active", profile: { ...user.profile, ...renamed } };
}

function tombstonePrefix({ objectId }: DirectoryUser): string {
  return objectId.replaceAll("-", "");
}

function unassignUser(directory: Directory, key: UserKey): Directory {
  if (!directory.assignedUsers.has(key)) return directory;
  return { ...directory, assignedUsers: excluding(directory.assignedUsers, key) };
}

function changeUser(
  directory: Directory,
  key: UserKey,
  change: (user: DirectoryUser) => DirectoryUser,
): Directory {
  const user = directory.users.get(key);
  if (user === undefined) return directory;
  return { ...directory, users: VersionedMap.of(directory.users).with(key, change(user)) };
}

function changeGroup(
  directory: Directory,
  key: GroupKey,
  change: (group: DirectoryGroup) => DirectoryGroup,
): Directory {
  const group = directory.groups.get(key);
  if (group === undefined) return directory;
  return { ...directory, groups: VersionedMap.of(directory.groups).with(key, change(group)) };
}

function changeMembers(
  directory: Directory,
  key: GroupKey,
  change: (members: ReadonlySet<UserKey>) => ReadonlySet<UserKey>,
): Directory {
  return changeGroup(directory, key, (group) => ({ ...group, members: change(group.members) }));
}

function markGroup(
  directory: Directory,
  mark: "pushedGroups" | "assignedGroups",
  group: GroupKey,
): Directory {
  if (!directory.groups.has(group)) return directory;
  return { ...directory, [mark]: including(directory[mark], group) };
}

function including(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return keys.has(key) ? keys : VersionedSet.of(keys).with(key);
}

function excluding(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return keys.has(key) ? VersionedSet.of(keys).without(key) : keys;
}
