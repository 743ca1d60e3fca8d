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

/** The members that a Team should have: users who should be active. */
export function expectedMembers(team: AstroTeam, sides: Sides): readonly Member[] {
  const members: Member[] = [];
  for (const key of team.members) {
    const user = sides.expected.users.get(key);
    if (user?.presence !== "active") continue;
    const account = sides.match.heldOf(key);
    members.push({ key, userName: user.userName, scimId: account?.scimId, account: accountState(account) });
  }
  return sortMembers(members);
}

/**
 * The members that a Team has, under the names that the directory gives them. An account that is inactive, and is
 * to stay so, has no access whatever Teams it is in: it does not count. Nor does one that the provider leaves as
 * it finds it.
 */
export function heldMembers(team: HeldTeam, sides: Sides): readonly Member[] {
  const members: Member[] = [];
  for (const heldKey of team.members) {
    const account = sides.held.users.get(heldKey);
    const user = sides.match.expectedOf(heldKey);
    if (account === undefined || user?.presence === "either") continue;
    if (!account.active && user?.presence !== "active") continue;
    const { userName, scimId } = account;
    members.push({ key: user?.key ?? heldKey, userName, scimId, account: accountState(account) });
  }
  return sortMembers(members);
}

/** Compares a Team with its group; undefined where the members are the same. */
export function diffMembers(team: AstroTeam, held: HeldTeam, sides: Sides): TeamMembersDiffer | undefined {
  const isMember = (key: StateKey): boolean => {
    const account = sides.match.heldOf(key);
    return account !== undefined && held.members.has(account.key);
  };
  const missing = expectedMembers(team, sides).filter((member) => !isMember(member.key));
  const leftOver = heldMembers(held, sides).filter((member) => !team.members.has(member.key));
  const { unknownMembers } = held;
  if (missing.length + leftOver.length + unknownMembers.length === 0) return undefined;
  return { kind: "team-members-differ", team, held, missing, leftOver, unknownMembers };
}

function accountState(account: HeldUser | undefined): Member["account"] {
  if (account === undefined) return "missing";
  return account.active ? "active" : "inactive";
}

function sortMembers(members: Member[]): readonly Member[] {
  return members.sort((a, b) => (a.key < b.key ? -1 : 1));
}
