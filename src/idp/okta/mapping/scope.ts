/** Whom a run is about: everybody, or whom an administrator's action may have touched. */

import { changesDirectory, type Action, type DirectoryAction } from "../../../directory/action.ts";
import type { Directory, DirectoryGroup, GroupKey, UserKey } from "../../../directory/directory.ts";
import type { Occasion } from "../../run/occasion.ts";
import type { GroupLink, GroupOccasion } from "../groups/group-jobs.ts";
import type { Ledger } from "../ledger.ts";
import type { Reference } from "../run-context.ts";

export interface Scope {
  readonly users: readonly Reference[];
  readonly groups: readonly Reference[];
  readonly retryUsers: boolean;
  readonly groupOccasion: GroupOccasion;
  /** The group that is linked to a Team of the administrator's choice. */
  readonly link?: GroupLink;
  /** Who has just become a member of the group that the run is about. */
  readonly joined?: UserKey;
}

/** The users and groups that Okta looks at, users and groups each in the order of the directory. */
export function scopeOf(occasion: Occasion, directory: Directory, ledger: Ledger): Scope {
  if (occasion.kind === "everything") return everything(directory, ledger);
  const { action, before } = occasion;
  if (isGroupButton(action)) {
    const group = directory.groups.get(action.group);
    const groups = group === undefined ? [] : [referenceTo(group)];
    return { ...nobody, groups, groupOccasion: action.kind };
  }
  if (action.kind === "retry") return retried(action, directory, ledger);
  // What only Entra's console has.
  if (!changesDirectory(action)) return nobody;
  return touchedBy(action, before, directory);
}

type GroupButton = Extract<Action, { readonly kind: "push-now" | "deactivate-push" | "activate-push" }>;

function isGroupButton(action: Action): action is GroupButton {
  const { kind } = action;
  return kind === "push-now" || kind === "deactivate-push" || kind === "activate-push";
}

const nobody: Scope = { users: [], groups: [], retryUsers: false, groupOccasion: "changes" };

function everything(directory: Directory, ledger: Ledger): Scope {
  const users = [...directory.users.values()].map(referenceTo);
  const groups = [...directory.groups.values()].map(referenceTo);
  return {
    ...nobody,
    users: [...users, ...remembered(ledger.appUsers, users)],
    groups: [...groups, ...remembered(ledger.pushMappings, groups)],
  };
}

/** Users in the provider's memory who are no longer in the directory. */
function remembered(
  memory: ReadonlyMap<string, { readonly key: string }>,
  present: readonly Reference[],
): readonly Reference[] {
  const ids = new Set(present.map(({ objectId }) => objectId));
  return [...memory]
    .filter(([objectId]) => !ids.has(objectId))
    .map(([objectId, { key }]) => ({ objectId, key }));
}

/** Dashboard > Tasks, "Retry Selected", and Push Groups > Errors, "Retry All Groups". */
function retried({ user, group }: Action & { kind: "retry" }, directory: Directory, ledger: Ledger): Scope {
  const all = user === undefined && group === undefined;
  const subjects = [...ledger.tasks.values()].map(({ subject }) => subject);
  const users = subjects.filter(({ kind, key }) => kind === "user" && (all || key === user));
  const groups = subjects.filter(({ kind, key }) => kind === "group" && (all || key === group));
  const userKeys = new Set(users.map(({ key }) => key));
  return {
    users: users.map(referenceTo),
    groups: distinct([...groups.map(referenceTo), ...groupsWith(userKeys, [directory]).map(referenceTo)]),
    retryUsers: true,
    groupOccasion: groups.length > 0 ? "retry" : "changes",
  };
}

/**
 * Users whom an action may have changed. A user who was assigned is pushed with its groups at once, as captures show;
 * unassigning sends nothing about groups, which is for the jobs to find out.
 */
function touchedBy(action: DirectoryAction, before: Directory, after: Directory): Scope {
  const userKeys = touchedUsers(action, before, after);
  const groupKey = touchedGroup(action);
  const ownGroup =
    groupKey === undefined ? undefined : (after.groups.get(groupKey) ?? before.groups.get(groupKey));
  const groups = [...(ownGroup === undefined ? [] : [ownGroup]), ...groupsWith(userKeys, [before, after])];
  return {
    ...nobody,
    users: [...userKeys]
      .flatMap((key) => after.users.get(key) ?? before.users.get(key) ?? [])
      .map(referenceTo),
    groups: distinct(groups.map(referenceTo)),
    groupOccasion: action.kind === "unpush-group" && action.deleteTeam ? "delete-team" : "changes",
    ...linkOf(action),
    ...(action.kind === "add-member" ? { joined: action.user } : {}),
  };
}

function linkOf(action: DirectoryAction): Pick<Scope, "link"> {
  if (action.kind !== "push-group" || action.team === undefined) return {};
  return { link: { group: action.group, team: action.team } };
}

/** A group's action may assign or unassign its members; where it does not, nothing about them will differ. */
function touchedUsers(action: DirectoryAction, before: Directory, after: Directory): ReadonlySet<UserKey> {
  if (action.kind === "provision-all") return before.ssoOnlyUsers;
  if ("user" in action) return new Set([typeof action.user === "string" ? action.user : action.user.key]);
  const group = touchedGroup(action);
  if (group === undefined) return new Set();
  const members = [before, after].flatMap(({ groups }) => [...(groups.get(group)?.members ?? [])]);
  return new Set(members);
}

function touchedGroup(action: DirectoryAction): GroupKey | undefined {
  if (!("group" in action)) return undefined;
  return typeof action.group === "string" ? action.group : action.group.key;
}

/** The pushed groups of which any of the users is or was a member. */
function groupsWith(
  users: ReadonlySet<UserKey>,
  directories: readonly Directory[],
): readonly DirectoryGroup[] {
  return directories.flatMap(({ groups, pushedGroups }) =>
    [...groups.values()].filter(({ key, members }) => pushedGroups.has(key) && haveCommon(users, members)),
  );
}

function haveCommon(one: ReadonlySet<UserKey>, other: ReadonlySet<UserKey>): boolean {
  const [fewer, more] = one.size < other.size ? [one, other] : [other, one];
  for (const key of fewer) if (more.has(key)) return true;
  return false;
}

function distinct(references: readonly Reference[]): readonly Reference[] {
  return [...new Map(references.map((reference) => [reference.objectId, reference])).values()];
}

function referenceTo({ objectId, key }: Reference): Reference {
  return { objectId, key };
}
