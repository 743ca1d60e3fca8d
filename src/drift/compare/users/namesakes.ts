/** Of several accounts with one userName, the one that belongs to the directory's user. */

import type { HeldState, HeldTeam, HeldUser } from "../../../astro/held.ts";
import type { ExpectedState, StateKey } from "../../../astro/state.ts";
import type { LinkedUsers } from "../provider-links.ts";

/**
 * The same accounts, with the one in front to which the provider is linked, else that the directory knows: by the
 * `externalId` of the user of that name, else by any `externalId` of the directory, else the active one. The order in which the server lists them decides only where
 * nothing else does, and then `isTwinCertain` is false.
 */
export function preferKnownAccounts(
  expected: ExpectedState,
  held: HeldState,
  linkedUsers: LinkedUsers = new Map(),
): HeldState {
  if (held.namesakeUsers.length === 0) return held;
  const known = new Set([...expected.users.values()].flatMap(({ externalId }) => externalId ?? []));
  const rank = (account: HeldUser): number => {
    const { externalId, active, key, scimId } = account;
    if (account.isHiddenFromScim === true) return -1;
    if (linkedUsers.get(key) === scimId && isTold(account, expected)) return 5;
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

/** Whether nothing says that the account is another user's. */
function isTold({ key, externalId }: HeldUser, expected: ExpectedState): boolean {
  const wanted = expected.users.get(key)?.externalId;
  return externalId === undefined || wanted === undefined || externalId === wanted;
}

interface Twins {
  readonly expected: ExpectedState;
  readonly held: HeldState;
  readonly linkedUsers: LinkedUsers;
}

/** Whether it is certain that the other accounts of that name are not the user's. */
export function isTwinCertain(key: StateKey, { expected, held, linkedUsers }: Twins): boolean {
  const user = expected.users.get(key);
  if (user === undefined || user.presence === "not-active") return true;
  const front = held.users.get(key);
  if (front !== undefined && linkedUsers.get(key) === front.scimId && isTold(front, expected)) return true;
  return user.externalId !== undefined && held.users.get(key)?.externalId === user.externalId;
}
