/** What was read of Okta as a directory. */

import type {
  Directory,
  DirectoryGroup,
  DirectoryUser,
  GroupKey,
  UserKey,
} from "../../../directory/directory.ts";
import { AppError, oneLine } from "../../../ground/errors.ts";
import type { AppUser } from "../../../management/okta/app-users.ts";
import type { PushMapping } from "../../../management/okta/push-mappings.ts";
import type { OktaUser } from "../../../management/okta/users.ts";
import { directoryUser } from "./directory-user.ts";
import type { AssignedUser, Assignments } from "./read-assignments.ts";
import type { GroupWithMembers } from "./read-groups.ts";

export interface WhatWasRead {
  readonly assignments: Assignments;
  readonly pushMappings: readonly PushMapping[];
  /** Names of the Teams that groups are pushed to, by the id of the group. */
  readonly teamNames: ReadonlyMap<string, string>;
  /** Those that are assigned or pushed. */
  readonly groups: readonly GroupWithMembers[];
}

/** The directory, and by what Okta's ids stand in it. */
export interface BuiltDirectory {
  readonly directory: Directory;
  readonly userKeys: ReadonlyMap<string, UserKey>;
  readonly groupKeys: ReadonlyMap<string, GroupKey>;
}

/** Stages of an app user that are an assignment (Okta API: AppUserStatus). */
const assignedStages: ReadonlySet<string> = new Set([
  "ACTIVE",
  "APPROVED",
  "IMPLICIT",
  "INACTIVE",
  "PENDING",
  "PROVISIONED",
  "STAGED",
  "SUSPENDED",
]);

/** These stages of an app user are no assignment: found by an import, or taken away (Okta API: AppUserStatus). */
const notAssigned: ReadonlySet<string> = new Set([
  "DEPROVISIONED",
  "REVOKED",
  "UNASSIGNED",
  "IMPORTED",
  "MATCHED",
]);

export function isAssignment({ status }: Pick<AppUser, "status">): boolean {
  return !notAssigned.has(status);
}

/** @throws AppError source-incomplete for a stage that is not known: whether the user should have an account is unknown, too */
function requireKnownStage({ appUser, user }: AssignedUser): void {
  const { status } = appUser;
  if (assignedStages.has(status) || notAssigned.has(status)) return;
  throw new AppError(
    "source-incomplete",
    `The user ${oneLine(user.profile.login)} has the status ${oneLine(status)} in the app, which is not known here.`,
    { hint: "A newer version of astro-scim may know it." },
  );
}

/**
 * Assigned before Provisioning was switched on: active in the app, and nothing of an account (Okta API: Application Users,
 * externalId, status and syncState). Okta must say that nothing is synchronized: who only lacks an id is expected in Astro, since
 * a list without these fields would otherwise take everybody out of the comparison.
 */
export function isForSsoAlone({ status, externalId, syncState }: AppUser): boolean {
  return status === "ACTIVE" && isUnset(externalId) && syncState === "DISABLED";
}

export function buildDirectory({
  assignments,
  pushMappings,
  groups,
  teamNames,
}: WhatWasRead): BuiltDirectory {
  for (const assigned of assignments.users) requireKnownStage(assigned);
  const people = peopleOf([
    ...assignments.users.map(({ user }) => user),
    ...groups.flatMap(({ members }) => members),
  ]);
  const { userKeys } = people;
  const { groupKeys, byKey } = groupsOf(groups, userKeys, teamNames);
  const keysOf = (ids: Iterable<string>): ReadonlySet<GroupKey> =>
    new Set([...ids].flatMap((id) => groupKeys.get(id) ?? []));
  const assignedGroups = keysOf(assignments.groupIds);
  const appUsers = assignments.users.map(({ appUser }) => appUser).filter(isAssignment);
  const throughGroups = new Set([...assignedGroups].flatMap((key) => [...(byKey.get(key)?.members ?? [])]));
  const keysOfUsers = (users: readonly AppUser[]): readonly UserKey[] =>
    users.flatMap(({ id }) => userKeys.get(id) ?? []);
  // Whom no group explains is assigned all the same: Okta says so.
  const oneByOne = appUsers.filter(
    ({ id, scope }) => scope === "USER" || !throughGroups.has(userKeys.get(id) ?? ""),
  );
  const directory: Directory = {
    users: people.byKey,
    groups: byKey,
    assignedUsers: new Set(keysOfUsers(oneByOne)),
    assignedGroups,
    pushedGroups: keysOf(pushMappings.map(({ sourceGroupId }) => sourceGroupId)),
    ssoOnlyUsers: new Set(
      keysOfUsers(appUsers.filter(isForSsoAlone)).filter(
        (key) => people.byKey.get(key)?.status !== "deactivated",
      ),
    ),
  };
  return { directory, userKeys, groupKeys };
}

interface People {
  readonly byKey: ReadonlyMap<UserKey, DirectoryUser>;
  readonly userKeys: ReadonlyMap<string, UserKey>;
}

function peopleOf(users: readonly OktaUser[]): People {
  const byKey = new Map<UserKey, DirectoryUser>();
  const userKeys = new Map<string, UserKey>();
  for (const one of users) {
    if (userKeys.has(one.id)) continue;
    const user = directoryUser(one);
    // A login may go to another user while both are read.
    const key = byKey.has(user.key) ? `${user.key} (${user.objectId})` : user.key;
    byKey.set(key, { ...user, key });
    userKeys.set(user.objectId, key);
  }
  return { byKey, userKeys };
}

function groupsOf(
  groups: readonly GroupWithMembers[],
  userKeys: ReadonlyMap<string, UserKey>,
  teamNames: ReadonlyMap<string, string>,
): Pick<BuiltDirectory, "groupKeys"> & { readonly byKey: ReadonlyMap<GroupKey, DirectoryGroup> } {
  const byKey = new Map<GroupKey, DirectoryGroup>();
  const groupKeys = new Map<string, GroupKey>();
  for (const { group, members } of groups) {
    const { id: objectId, profile } = group;
    const { name } = profile;
    // Groups that Okta imports from other directories may have the name of another group.
    const key = byKey.has(name) ? `${name} (${objectId})` : name;
    const teamName = teamNames.get(objectId) ?? name;
    byKey.set(key, {
      key,
      objectId,
      name,
      ...(teamName === name ? {} : { teamName }),
      members: new Set(members.flatMap(({ id }) => userKeys.get(id) ?? [])),
    });
    groupKeys.set(objectId, key);
  }
  return { byKey, groupKeys };
}

function isUnset(text: string | null | undefined): boolean {
  return text === undefined || text === null || text === "";
}
