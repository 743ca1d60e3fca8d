/** Users and groups by id, and in the order of their ids: made once for each version of a directory. */

import type { Directory, DirectoryGroup, DirectoryUser, UserKey } from "../../../directory/directory.ts";
import { holdsApp } from "../../../directory/sso-only.ts";
import { notFound } from "../errors.ts";

interface Objects {
  readonly users: readonly DirectoryUser[];
  readonly usersById: ReadonlyMap<string, DirectoryUser>;
  readonly groups: readonly DirectoryGroup[];
  readonly groupsById: ReadonlyMap<string, DirectoryGroup>;
}

interface WithId {
  readonly objectId: string;
}

const usersOf = new WeakMap<Directory["users"], Pick<Objects, "users" | "usersById">>();
const groupsOf = new WeakMap<Directory["groups"], Pick<Objects, "groups" | "groupsById">>();
const holdersOf = new WeakMap<Directory, readonly DirectoryUser[]>();
const membersOf = new WeakMap<ReadonlySet<UserKey>, readonly UserKey[]>();

/** In the order of their ids. */
export function usersById(directory: Directory): Pick<Objects, "users" | "usersById"> {
  const held = usersOf.get(directory.users);
  if (held !== undefined) return held;
  const users = inOrder(directory.users.values());
  const made = { users, usersById: new Map(users.map((user) => [user.objectId, user])) };
  usersOf.set(directory.users, made);
  return made;
}

/** In the order of their ids. */
export function groupsById(directory: Directory): Pick<Objects, "groups" | "groupsById"> {
  const held = groupsOf.get(directory.groups);
  if (held !== undefined) return held;
  const groups = inOrder(directory.groups.values());
  const made = { groups, groupsById: new Map(groups.map((group) => [group.objectId, group])) };
  groupsOf.set(directory.groups, made);
  return made;
}

/** Who is assigned to the app, directly or through a group, in the order of their ids. */
export function appUsersOf(directory: Directory): readonly DirectoryUser[] {
  const held = holdersOf.get(directory);
  if (held !== undefined) return held;
  const made = usersById(directory).users.filter(({ key }) => holdsApp(directory, key));
  holdersOf.set(directory, made);
  return made;
}

/** Members of a group, in the order of their ids. */
export function membersById(directory: Directory, members: ReadonlySet<UserKey>): readonly DirectoryUser[] {
  const held = membersOf.get(members);
  // An id does not change, so the order is the same in every version of the directory.
  if (held !== undefined) return held.flatMap((key) => directory.users.get(key) ?? []);
  const users = inOrder([...members].flatMap((key) => directory.users.get(key) ?? []));
  const keys = users.map(({ key }) => key);
  if (keys.length === members.size) membersOf.set(members, keys);
  return users;
}

/** @throws OktaError E0000007 */
export function userOf(directory: Directory, id: string): DirectoryUser {
  const user = usersById(directory).usersById.get(id);
  if (user === undefined) throw notFound(id, "User");
  return user;
}

/** @throws OktaError E0000007 */
export function groupOf(directory: Directory, id: string): DirectoryGroup {
  const group = groupsById(directory).groupsById.get(id);
  if (group === undefined) throw notFound(id, "UserGroup");
  return group;
}

function inOrder<Item extends WithId>(items: Iterable<Item>): readonly Item[] {
  return [...items].toSorted((one, other) => (one.objectId < other.objectId ? -1 : 1));
}
