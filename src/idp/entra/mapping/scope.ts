/** Which objects are in scope of provisioning, and why others are not, in the words of Entra's provisioning logs. */

import {
  assignedUserKeys,
  type Directory,
  type DirectoryGroup,
  type DirectoryUser,
} from "../../../directory/directory.ts";
import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import type { Mapping } from "./mapping.ts";
import { readerOfGroup, readerOfUser } from "./source-attributes.ts";

export const standingKinds = [
  "in-scope",
  "blocked",
  "soft-deleted",
  "unassigned",
  "filtered-out",
  "no-security-group",
] as const;

/**
 * How an object stands. Every standing but `in-scope` makes `IsSoftDeleted` true (Microsoft: How provisioning works,
 * De-provisioning).
 */
export type StandingKind = (typeof standingKinds)[number];

/** What the logs say of a standing, for people. */
export const standingReasons: Readonly<Record<StandingKind, string>> = {
  "in-scope": "assigned to the app",
  blocked: "blocked from signing in (accountEnabled is false)",
  "soft-deleted": "deleted in Entra ID (in the recycle bin)",
  unassigned: "not assigned to the app",
  "filtered-out": "not in scope of the scoping filters",
  "no-security-group": "not a security group (securityEnabled is false)",
};

export interface Scope {
  readonly user: (user: DirectoryUser) => StandingKind;
  readonly group: (group: DirectoryGroup) => StandingKind;
}

/**
 * "Sync only assigned" includes assigned users and groups, and the immediate members of assigned groups: nested groups are not
 * read (Microsoft: How provisioning works). "Sync all" takes in everybody.
 */
export function scopeOf(
  directory: Directory,
  settings: Pick<EntraAppSettings, "scope">,
  { users, groups }: { readonly users: Mapping; readonly groups: Mapping },
): Scope {
  const all = settings.scope === "all";
  const assigned = assignedToApp(directory);
  return {
    user: (user) => {
      if (user.status === "soft-deleted") return "soft-deleted";
      if (!all && !assigned.has(user.key)) return "unassigned";
      if (!users.inScope(readerOfUser(user, false))) return "filtered-out";
      return user.status === "blocked" ? "blocked" : "in-scope";
    },
    group: (group) => {
      if (!all && !directory.assignedGroups.has(group.key)) return "unassigned";
      if (group.securityEnabled === false) return "no-security-group";
      return groups.inScope(readerOfGroup(group)) ? "in-scope" : "filtered-out";
    },
  };
}

/** A group that is not a security group assigns no users. */
function assignedToApp(directory: Directory): ReadonlySet<string> {
  const assignable = [...directory.assignedGroups].filter(
    (key) => directory.groups.get(key)?.securityEnabled !== false,
  );
  return assignedUserKeys({ ...directory, assignedGroups: new Set(assignable) });
}
