/** Of several accounts with one userName, the one that belongs to the directory's user. */

import type { HeldState, HeldTeam, HeldUser } from "../../astro/held.ts";
import type { ExpectedState, StateKey } from "../../astro/state.ts";

/**
 * The same accounts, with the one in front that the directory knows: by the `externalId` of the user of that name, else
 * by any `externalId` of the directory, else the active one. The order in which the server lists them decides only where
 * nothing else does, and then `isTwinCertain` is false.
 */
export function preferKnownAccounts(expected: ExpectedState, held: HeldState): HeldState {
  if (held.namesakeUsers.length === 0) return held;
  const known = new Set([...expected.users.values()].flatMap(({ externalId }) => externalId ?? []));
  const rank = (account: HeldUser): number => {
    const { externalId, active } = account;
    if (externalId === undefined || !known.has(externalId)) return Number(active);
    return expected.users.get(account.key)?.externalId === externalId ? 4 : 2 + Number(active);
  };
  const users = new Map<StateKey, HeldUser>(held.users);
  const namesakeUsers: HeldUser[] = [];
  for (const account of held.namesakeUsers) {
    const front = users.get(account.key);
    const isBetter = front === undefined || rank(account) > rank(front);
    if (isBetter) users.set(account.key, account);
    const other = isBetter ? front : account;
    if (other !== undefined) namesakeUsers.push(other);
  }
  const keyOf = new Map([...users.values()].map(({ scimId, key }) => [scimId, key]));
  const resolve = (team: HeldTeam): HeldTeam => ({
    ...team,
    members: new Set([...team.memberIds].flatMap((id) => keyOf.get(id) ?? [])),
  });
  return {
    users,
    namesakeUsers,
    teams: new Map([...held.teams].map(([key, team]) => [key, resolve(team)])),
    namesakeTeams: held.namesakeTeams.map(resolve),
  };
}

/** Whether it can be told that the other accounts of that name are not the user's. */
export function isTwinCertain(key: StateKey, expected: ExpectedState, held: HeldState): boolean {
  const user = expected.users.get(key);
  if (user === undefined || user.presence === "not-active") return true;
  return user.externalId !== undefined && held.users.get(key)?.externalId === user.externalId;
}
