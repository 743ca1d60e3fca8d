/** Groups with their members, each held against the number of members that Okta counts. */

import { AppError, oneLine } from "../../../ground/errors.ts";
import { forEachBounded } from "../../../ground/for-each-bounded.ts";
import { formatCount } from "../../../ground/quantities.ts";
import type { ManagementApi } from "../../../management/management-api.ts";
import {
  findGroup,
  findGroupWithCount,
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
}

/** A group that changes while it is read is read again, this often altogether. */
const maxPasses = 3;

/**
 * The groups by their ids, in that order.
 * @throws AppError source-incomplete for a group that Okta does not show, or of which it lists another number of members than it counts
 */
export async function readGroups(
  api: ManagementApi,
  ids: readonly string[],
  { concurrency, onGroup }: GroupReading,
): Promise<readonly GroupWithMembers[]> {
  const groups = new Map<string, GroupWithMembers>();
  await forEachBounded(ids, concurrency, async (id) => {
    groups.set(id, await readGroup(api, id));
    onGroup(groups.size);
  });
  return ids.flatMap((id) => groups.get(id) ?? []);
}

async function readGroup(api: ManagementApi, id: string): Promise<GroupWithMembers> {
  let unlike = "";
  for (let pass = 1; pass <= maxPasses; pass += 1) {
    const counted = await findGroupWithCount(api, id);
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

function unreadable(id: string): AppError {
  return new AppError("source-incomplete", `Okta does not show the group ${id}, which the app uses.`, {
    hint: "The credentials need okta.groups.read, and an admin role that reaches all groups: Read-only Administrator does. If the group was deleted, remove it from the app.",
  });
}
