/** Groups with their members, each held against the number of members that Okta counts. */

import { AppError, oneLine } from "../../../ground/errors.ts";
import { forEachBounded } from "../../../ground/for-each-bounded.ts";
import { formatCount } from "../../../ground/text/quantities.ts";
import type { ManagementApi } from "../../../management/management-api.ts";
import {
  findGroup,
  findGroupWithCount,
  listGroupsWithCounts,
  listMembers,
  type OktaGroup,
} from "../../../management/okta/groups.ts";
import type { OktaUser } from "../../../management/okta/users.ts";

export interface GroupWithMembers {
  readonly group: OktaGroup;
  readonly members: readonly OktaUser[];
}

export interface GroupReading {
  readonly concurrency: number;
  /** Told how many groups were read. */
  readonly onGroup: (read: number) => void;
  readonly finder: GroupFinder;
}

/** A group that changes while it is read is read again, this often altogether. */
const maxPasses = 3;

/**
 * The groups by their ids, in that order.
 * @throws AppError source-incomplete for a group that Okta does not show, or of which it lists another number of members than it counts
 */
export async function readGroups(
  ids: readonly string[],
  { concurrency, onGroup, finder }: GroupReading,
): Promise<readonly GroupWithMembers[]> {
  const groups = new Map<string, GroupWithMembers>();
  const people = new Map<string, OktaUser>();
  await forEachBounded(ids, concurrency, async (id) => {
    const { group, members } = await readGroup(finder, id);
    groups.set(id, { group, members: members.map((member) => kept(people, member)) });
    onGroup(groups.size);
  });
  return ids.flatMap((id) => groups.get(id) ?? []);
}

/** For more groups than this, reading all groups of the organization takes fewer requests than looking each of them up. */
const mostLookUps = 100;

/** How groups are looked up: one by one, or all at once. */
export interface GroupFinder {
  readonly api: ManagementApi;
  readonly listsFirst: boolean;
  /** All groups of the organization, listed once for all groups of a pass. */
  readonly allGroups: (pass: number) => Promise<ReadonlyMap<string, OktaGroup>>;
}

/** @param wanted how many groups will be looked up */
export function groupFinder(api: ManagementApi, wanted: number): GroupFinder {
  return { api, listsFirst: wanted > mostLookUps, allGroups: allGroupsOnce(api) };
}

function allGroupsOnce(api: ManagementApi): GroupFinder["allGroups"] {
  const lists = new Map<number, Promise<ReadonlyMap<string, OktaGroup>>>();
  const list = async (): Promise<ReadonlyMap<string, OktaGroup>> =>
    new Map((await listGroupsWithCounts(api)).map((group) => [group.id, group]));
  return async (pass) => {
    const listed = lists.get(pass) ?? list();
    lists.set(pass, listed);
    return listed;
  };
}

/** One object for each person, however many groups have it as a member. */
function kept(people: Map<string, OktaUser>, member: OktaUser): OktaUser {
  const known = people.get(member.id) ?? member;
  people.set(member.id, known);
  return known;
}

async function readGroup(finder: GroupFinder, id: string): Promise<GroupWithMembers> {
  const { api } = finder;
  let unlike = "";
  for (let pass = 1; pass <= maxPasses; pass += 1) {
    const counted = await countedGroup(finder, id, pass);
    const group = counted ?? (await findGroup(api, id));
    if (group === undefined) throw unreadable(id);
    const members = await listMembers(api, group, () => {});
    const count = counted?._embedded?.stats?.usersCount ?? undefined;
    if (count === undefined || count === members.length) return { group, members };
    unlike = `Okta counts ${formatCount(count)} members of the group "${oneLine(group.profile.name)}" (${id}), and lists ${formatCount(members.length)}.`;
  }
  throw new AppError("source-incomplete", unlike, {
    hint: "The admin role of these credentials may not reach all users: Read-only Administrator reaches all of them. A group that changes all the time can be read later.",
  });
}

/** After the first pass a group has changed, or something is hidden: it is looked up as it is now. */
async function countedGroup(
  { api, listsFirst, allGroups }: GroupFinder,
  id: string,
  pass: number,
): Promise<OktaGroup | undefined> {
  const listed = listsFirst && pass === 1 ? (await allGroups(pass)).get(id) : undefined;
  return listed ?? (await findGroupWithCount(api, id)) ?? (await allGroups(pass)).get(id);
}

function unreadable(id: string): AppError {
  return new AppError("source-incomplete", `Okta does not show the group ${id}, which the app uses.`, {
    hint: "The credentials need okta.groups.read, and an admin role that reaches all groups: Read-only Administrator does. If the group was deleted, remove it from the app.",
  });
}
