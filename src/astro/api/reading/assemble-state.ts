/** Users and Teams as they were read, put together: names to accounts, member ids to users. */

import type { HeldState, HeldTeam, HeldUser, UnseenMember } from "../../held.ts";
import type { StateKey } from "../../state.ts";
import type { RevealedTeam } from "./hidden-members.ts";

/** All that was read of a server. */
export interface ReadParts {
  readonly users: readonly HeldUser[];
  readonly teams: readonly RevealedTeam[];
  /** Members that the list of users does not show, by id; an id that is not in the map belongs to no resource. */
  readonly unlisted: ReadonlyMap<string, UnseenMember>;
}

/** Of two accounts with one name the active one is the account; of two Teams the one listed first. */
export function assembleState({ users, teams, unlisted }: ReadParts): HeldState {
  const activeFirst = [...users].sort((a, b) => Number(b.active) - Number(a.active));
  const [userOf, namesakeUsers] = keyed(activeFirst);
  const keyOf = new Map([...userOf.values()].map((user) => [user.scimId, user.key]));
  const isListed = new Set(users.map(({ scimId }) => scimId));
  const resolve = (team: RevealedTeam): HeldTeam => {
    const { key, displayName, scimId, version, nestedGroupIds } = team;
    const memberIds = usersIn(team);
    const members = new Set<StateKey>();
    const strangers: string[] = [];
    for (const id of memberIds) {
      const member = keyOf.get(id);
      if (member !== undefined) members.add(member);
      if (!isListed.has(id)) strangers.push(id);
    }
    const groups = [...nestedGroupIds].map((id) => ({ scimId: id, is: "group" }) as const);
    return {
      key,
      displayName,
      scimId,
      version,
      // Of hundreds of Teams that are read, a plan names a few.
      get fingerprint() {
        return team.fingerprint;
      },
      ...(team.areMembersUnknown === true ? { areMembersUnknown: true } : {}),
      memberIds,
      members,
      unknownMembers: strangers.filter((id) => !unlisted.has(id)),
      unseenMembers: [...groups, ...strangers.flatMap((id) => unlisted.get(id) ?? [])],
    };
  };
  const [teamOf, namesakeTeams] = keyed(teams.map(resolve));
  return { users: userOf, teams: teamOf, namesakeUsers, namesakeTeams };
}

/** The same set where no group is within the Team. */
function usersIn({ memberIds, nestedGroupIds }: RevealedTeam): ReadonlySet<string> {
  if (nestedGroupIds.size === 0) return memberIds;
  return new Set([...memberIds].filter((id) => !nestedGroupIds.has(id)));
}

function keyed<Item extends { readonly key: StateKey }>(
  items: readonly Item[],
): [Map<StateKey, Item>, Item[]] {
  const first = new Map<StateKey, Item>();
  const others: Item[] = [];
  for (const item of items) {
    if (first.has(item.key)) others.push(item);
    else first.set(item.key, item);
  }
  return [first, others];
}
