/**
 * The state of an identity provider: its users, groups, memberships, and which users and groups are
 * assigned to the Astro app. A value: nothing changes a Directory, `applyAction` returns the next one.
 */

/** The name by which a fixture speaks of a user: the e-mail address with which the user entered the file. */
export type UserKey = string;
/** The name by which a fixture speaks of a group: the name with which the group entered the file. */
export type GroupKey = string;

export type ProfileValue = string | number | boolean | readonly string[] | null;

/**
 * Okta: `staged` was created and not activated yet; `suspended` keeps assignments and memberships (Understanding SCIM); `deactivated` has lost its assignments.
 * Entra: `blocked` may not sign in (`accountEnabled` is false); `soft-deleted` is in the recycle bin, from which it comes back
 * with its memberships and assignments (Microsoft: Restore or remove a recently deleted user).
 */
export type UserStatus = "active" | "staged" | "suspended" | "deactivated" | "blocked" | "soft-deleted";

export interface DirectoryUser {
  readonly key: UserKey;
  /** The provider's own identifier: Okta `00u…`, Entra an object id. */
  readonly objectId: string;
  /** The source of the directory does not give the id: it is made of the name, and the provider's is another one. */
  readonly isIdMadeUp?: true;
  readonly status: UserStatus;
  /** The provider's profile by its own attribute names: `login`, `email`, `firstName`, `displayName`, … */
  readonly profile: Readonly<Record<string, ProfileValue>>;
}

export interface DirectoryGroup {
  readonly key: GroupKey;
  readonly objectId: string;
  readonly name: string;
  /** The name of the Team that a pushed group is pushed to, where it is another one (Okta: Link Group, Rename app groups is off). */
  readonly teamName?: string;
  readonly members: ReadonlySet<UserKey>;
  /** Groups within it (Entra): their members are no members of this one as far as provisioning goes. */
  readonly nestedGroups?: ReadonlySet<GroupKey>;
  /** Whether it is a security group (Entra); only those can be assigned. True where it is not said. */
  readonly securityEnabled?: boolean;
}

/** The name of the Team that the group becomes. */
export function teamNameOf({ teamName, name }: Pick<DirectoryGroup, "teamName" | "name">): string {
  return teamName ?? name;
}

export interface Directory {
  readonly users: ReadonlyMap<UserKey, DirectoryUser>;
  readonly groups: ReadonlyMap<GroupKey, DirectoryGroup>;
  /** Users assigned to the app one by one. */
  readonly assignedUsers: ReadonlySet<UserKey>;
  /** Groups assigned to the app: each of their direct members is assigned through them. In Entra they become Teams. */
  readonly assignedGroups: ReadonlySet<GroupKey>;
  /** Groups with a push mapping (Okta, "Push Groups"): they become Teams. */
  readonly pushedGroups: ReadonlySet<GroupKey>;
  /**
   * Users who are assigned to the app for single sign-on alone, because they were assigned before Provisioning was switched
   * on: Okta sends nothing about them until "Provision User" (Okta: Provision users). Always assigned and not deactivated.
   */
  readonly ssoOnlyUsers: ReadonlySet<UserKey>;
}

export const emptyDirectory: Directory = {
  users: new Map(),
  groups: new Map(),
  assignedUsers: new Set(),
  assignedGroups: new Set(),
  pushedGroups: new Set(),
  ssoOnlyUsers: new Set(),
};

/** Users assigned to the app, directly or as a direct member of an assigned group. */
export function assignedUserKeys(directory: Directory): ReadonlySet<UserKey> {
  const keys = new Set(directory.assignedUsers);
  for (const groupKey of directory.assignedGroups) {
    for (const member of directory.groups.get(groupKey)?.members ?? []) keys.add(member);
  }
  return keys;
}

/** Whether one user is assigned to the app, directly or through a group. */
export function isAssigned(directory: Directory, user: UserKey): boolean {
  if (directory.assignedUsers.has(user)) return true;
  for (const groupKey of directory.assignedGroups) {
    if (directory.groups.get(groupKey)?.members.has(user) === true) return true;
  }
  return false;
}
