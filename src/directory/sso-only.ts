/**
 * Users who are assigned to the app for single sign-on alone: they were assigned before Provisioning was switched on. What
 * counts is the assignment of the user (Okta's app user), whether it came from a group or not: it is made by the first
 * assignment, and a second one does not make it again (Okta API: Application Users, `scope`).
 */

import { VersionedSet } from "../ground/versioned-set.ts";
import type { DirectoryAction } from "./action.ts";
import { isAssigned, type Directory, type UserKey } from "./directory.ts";

/**
 * "Provision User" was pressed for these users. One who is suspended stays as it is: a suspended user gets nothing new (Okta:
 * Understanding SCIM).
 */
export function provisioned(directory: Directory, users: Iterable<UserKey>): Directory {
  return excluding(
    directory,
    [...users].filter((key) => directory.users.get(key)?.status === "active"),
  );
}

/**
 * The directory after an action, in which nobody is left as assigned for single sign-on who is not assigned any more: the next
 * assignment is a new one, and is provisioned.
 */
export function withoutUnassigned(after: Directory, before: Directory, action: DirectoryAction): Directory {
  if (after.ssoOnlyUsers.size === 0) return after;
  return excluding(
    after,
    touched(before, action).filter((key) => after.ssoOnlyUsers.has(key) && !holdsApp(after, key)),
  );
}

/**
 * The directory as a provider sees it that has linked some of its users meanwhile, by their object ids: they are provisioned,
 * whatever the directory says of their assignment.
 */
export function withLinked(directory: Directory, objectIds: ReadonlySet<string>): Directory {
  const linked = [...directory.ssoOnlyUsers].filter((key) => {
    const user = directory.users.get(key);
    return user !== undefined && objectIds.has(user.objectId);
  });
  return excluding(directory, linked);
}

/** Whether the user has an assignment; a deactivated user has none, whatever groups it is in. */
export function holdsApp(directory: Directory, key: UserKey): boolean {
  const user = directory.users.get(key);
  return user !== undefined && user.status !== "deactivated" && isAssigned(directory, key);
}

/** Who may have lost the assignment by it. */
function touched(before: Directory, action: DirectoryAction): readonly UserKey[] {
  if ("user" in action) return typeof action.user === "string" ? [action.user] : [];
  if (action.kind !== "unassign-group" && action.kind !== "delete-group") return [];
  return [...(before.groups.get(action.group)?.members ?? [])];
}

function excluding(directory: Directory, keys: readonly UserKey[]): Directory {
  const [key, ...others] = keys;
  if (key === undefined) return directory;
  const { ssoOnlyUsers: all } = directory;
  const gone = new Set(keys);
  const left =
    others.length === 0
      ? VersionedSet.of(all).without(key)
      : new Set([...all].filter((user) => !gone.has(user)));
  return { ...directory, ssoOnlyUsers: left };
}
