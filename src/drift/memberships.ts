/** Which memberships count, and what is missing and left over in a Team. */

import type { HeldState, HeldTeam, HeldUser } from "../astro/held.ts";
import type { AstroTeam, ExpectedState, StateKey } from "../astro/state.ts";
import type { Member, TeamMembersDiffer } from "./change.ts";
import type { UserMatch } from "./match-users.ts";

/** Both sides with the accounts matched. */
export interface Sides {
  readonly expected: ExpectedState;
  readonly held: HeldState;
  readonly match: UserMatch;
}

/** Keys of the members that a Team should have: users who should be active. */
export function expectedMemberKeys(team: AstroTeam, { expected }: Sides): readonly StateKey[] {
  return [...team.members].filter((key) => expected.users.get(key)?.presence === "active");
}

/**
 * Keys of the members that a Team has, as the directory names them. An account that is inactive, and is to stay
 * so, has no access whatever Teams it is in: it does not count. Nor does one that the provider leaves as it finds it.
 */
export function heldMemberKeys(team: HeldTeam, { held, match }: Sides): readonly StateKey[] {
  const keys: StateKey[] = [];
  for (const heldKey of team.members) {
    const user = match.expectedOf(heldKey);
    if (user?.presence === "either") continue;
    const counts = user?.presence === "active" || held.users.get(heldKey)?.active === true;
    if (counts) keys.push(user?.key ?? heldKey);
  }
  return keys;
}

/** Users as members, sorted by name. */
export function asMembers(keys: readonly StateKey[], sides: Sides): readonly Member[] {
  return keys.toSorted(compare).map((key) => asMember(key, sides));
}

/** Compares a Team with its group; undefined where the members are the same. */
export function diffMembers(team: AstroTeam, held: HeldTeam, sides: Sides): TeamMembersDiffer | undefined {
  const isMember = (key: StateKey): boolean => {
    const account = sides.match.heldOf(key);
    return account !== undefined && held.members.has(account.key);
  };
  const missing = expectedMemberKeys(team, sides).filter((key) => !isMember(key));
  const leftOver = heldMemberKeys(held, sides).filter((key) => !team.members.has(key));
  const { unknownMembers } = held;
  if (missing.length + leftOver.length + unknownMembers.length === 0) return undefined;
  return {
    kind: "team-members-differ",
    team,
    held,
    missing: asMembers(missing, sides),
    leftOver: asMembers(leftOver, sides),
    unknownMembers,
  };
}

/** Under the account's name where there is one, for that is what Astro shows. */
function asMember(key: StateKey, { expected, held, match }: Sides): Member {
  const account = match.heldOf(key) ?? held.users.get(key);
  const userName = account?.userName ?? expected.users.get(key)?.userName ?? key;
  return { key, userName, scimId: account?.scimId, account: stateOf(account) };
}

function stateOf(account: HeldUser | undefined): Member["account"] {
  if (account === undefined) return "missing";
  return account.active ? "active" : "inactive";
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
