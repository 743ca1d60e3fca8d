/** Whom an action on the directory is about. */

import type { DirectoryAction } from "../../directory/action.ts";
import type { Directory, GroupKey, UserKey } from "../../directory/directory.ts";

export interface Touched {
  readonly users: readonly UserKey[];
  readonly groups: readonly GroupKey[];
}

/** The user, or the group with the users whose assignment it may change. */
export function touchedBy(action: DirectoryAction, before: Directory, after: Directory): Touched {
  if (!("group" in action)) return { users: usersOf(action, before), groups: [] };
  const key = typeof action.group === "string" ? action.group : action.group.key;
  if ("user" in action) return { users: [action.user], groups: [key] };
  const members = [before, after].flatMap(({ groups }) => [...(groups.get(key)?.members ?? [])]);
  return { users: [...new Set(members)], groups: [key] };
}

function usersOf(
  action: Exclude<DirectoryAction, { readonly group: unknown }>,
  before: Directory,
): readonly UserKey[] {
  if (action.kind === "provision-all") return [...before.ssoOnlyUsers];
  return [typeof action.user === "string" ? action.user : action.user.key];
}
