/** The directory of a company as Graph reads it: by id, in an order that lasts, and late where reads are eventually consistent. */

import type { Directory, DirectoryGroup, DirectoryUser, GroupKey } from "../../directory/directory.ts";
import { recycleBinMs } from "../../directory/recycle-bin.ts";
import type { Company } from "../company/company.ts";

export interface DirectoryView {
  readonly directory: Directory;
  /** Sorted by id, as every list here; without those in the recycle bin. */
  readonly users: readonly DirectoryUser[];
  readonly deletedUsers: readonly DirectoryUser[];
  readonly groups: readonly DirectoryGroup[];
  /** Those in the recycle bin, too. */
  readonly userById: ReadonlyMap<string, DirectoryUser>;
  readonly groupById: ReadonlyMap<string, DirectoryGroup>;
}

const views = new WeakMap<Directory, DirectoryView>();

export function viewOf(directory: Directory): DirectoryView {
  const known = views.get(directory);
  if (known !== undefined) return known;
  const users = byId([...directory.users.values()]);
  const groups = byId([...directory.groups.values()]);
  const view = {
    directory,
    users: users.filter((user) => !isDeleted(user)),
    deletedUsers: users.filter(isDeleted),
    groups,
    userById: new Map(users.map((user) => [user.objectId, user])),
    groupById: new Map(groups.map((group) => [group.objectId, group])),
  };
  views.set(directory, view);
  return view;
}

/** The directory as it was so many milliseconds ago, by the company's clock. */
export function directoryBefore(company: Company, lagMs: number): Directory {
  const since = company.now().getTime() - lagMs;
  let directory = company.directory();
  for (const event of company.events().toReversed()) {
    if (event.at.getTime() <= since) break;
    if (event.kind === "action") directory = event.before;
  }
  return directory;
}

export function isDeleted({ status }: DirectoryUser): boolean {
  return status === "soft-deleted";
}

/** Whether a deleted user can still be restored: after 30 days the deletion is for good. */
export function isInRecycleBin(user: DirectoryUser, company: Company): boolean {
  const deleted = company.timesOf(user.objectId)?.updated ?? company.now();
  return isDeleted(user) && company.now().getTime() - deleted.getTime() < recycleBinMs;
}

/** Members as Graph shows them: those in the recycle bin are hidden. */
export function membersOf(
  { directory }: DirectoryView,
  group: DirectoryGroup,
): { readonly users: readonly DirectoryUser[]; readonly groups: readonly DirectoryGroup[] } {
  const users = [...group.members].flatMap((key) => directory.users.get(key) ?? []);
  const groups = [...(group.nestedGroups ?? [])].flatMap((key) => directory.groups.get(key) ?? []);
  return { users: byId(users.filter((user) => !isDeleted(user))), groups: byId(groups) };
}

/** Members of the group and of all groups within it, each once; a group that contains itself ends no search. */
export function transitiveMembersOf(
  view: DirectoryView,
  group: DirectoryGroup,
): { readonly users: readonly DirectoryUser[]; readonly groups: readonly DirectoryGroup[] } {
  const users = new Set<DirectoryUser>();
  const groups = new Map<GroupKey, DirectoryGroup>();
  const open = [group];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const members = membersOf(view, next);
    for (const user of members.users) users.add(user);
    for (const nested of members.groups) {
      if (groups.has(nested.key)) continue;
      groups.set(nested.key, nested);
      open.push(nested);
    }
  }
  return { users: byId([...users]), groups: byId([...groups.values()]) };
}

function byId<Item extends { readonly objectId: string }>(items: readonly Item[]): readonly Item[] {
  return items.toSorted((one, other) => (one.objectId < other.objectId ? -1 : 1));
}
