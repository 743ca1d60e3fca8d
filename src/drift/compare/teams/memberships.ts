/** Which memberships count, and what is missing and left over in a Team. */

import type { HeldState, HeldTeam, HeldUser, UnseenMember } from "../../../astro/held.ts";
import type { AstroTeam, ExpectedState, ExpectedUser, StateKey } from "../../../astro/state.ts";
import type { Member, TeamMembersDiffer } from "../change.ts";
import type { UserMatch } from "../users/match-users.ts";
import type { Boundary } from "../outside/boundary.ts";

/** Both sides with the accounts matched. */
export interface Sides {
  readonly expected: ExpectedState;
  readonly held: HeldState;
  /** Every account by its SCIM id. */
  readonly accounts: ReadonlyMap<string, HeldUser>;
  readonly match: UserMatch;
  /** What is outside the responsibility of the directory. */
  readonly outside: Boundary;
}

/** Keys of the members that a Team should have: users who should be active. */
export function expectedMemberKeys(team: AstroTeam, { expected }: Sides): readonly StateKey[] {
  const keys: StateKey[] = [];
  for (const key of team.members) if (expected.users.get(key)?.presence === "active") keys.push(key);
  return keys;
}

/** An account that is in a Team and counts there. */
interface HeldMember {
  readonly account: HeldUser;
  /** The user to whom it belongs; undefined if the directory has no user with that name. */
  readonly user: ExpectedUser | undefined;
}

/**
 * The members that a Team has. An account that is inactive, and is to stay so, has no access whatever Teams it is in: it
 * does not count. The same goes for an account that the provider leaves as it is, and for one outside that the directory does not
 * provision.
 */
function heldMembers(team: HeldTeam, { accounts, match, outside }: Sides): readonly HeldMember[] {
  const members: HeldMember[] = [];
  for (const scimId of team.memberIds) {
    const account = accounts.get(scimId);
    // One that only IAM shows is among those that are unseen.
    if (account === undefined || account.isHiddenFromScim === true) continue;
    const user = match.expectedOf(account);
    if (user?.presence === "either") continue;
    const counts = user?.presence === "active" || (account.active && !outside.userIds.has(scimId));
    if (counts) members.push({ account, user });
  }
  return members;
}

/** The same members in the same words on both sides: by the directory's name, or by the account's id if the directory does not know it. */
export function heldMemberSignature(team: HeldTeam, sides: Sides): string {
  return signatureOf(
    heldMembers(team, sides).map(({ account, user }) =>
      user === undefined ? { scimId: account.scimId } : user.key,
    ),
  );
}

/** See `heldMemberSignature`; empty where there is no member. */
export function expectedMemberSignature(team: AstroTeam, sides: Sides): string {
  return signatureOf(expectedMemberKeys(team, sides));
}

function signatureOf(members: readonly (StateKey | { readonly scimId: string })[]): string {
  return members
    .map((member) => JSON.stringify(member))
    .sort()
    .join();
}

/** Expected members, sorted by name. */
export function asMembers(keys: readonly StateKey[], sides: Sides): readonly Member[] {
  return keys.toSorted(compare).map((key) => asMember(key, sides));
}

/** Compares a Team with its group; undefined where the members are the same. */
export function diffMembers(team: AstroTeam, held: HeldTeam, sides: Sides): TeamMembersDiffer | undefined {
  const { expected, match } = sides;
  const missing: StateKey[] = [];
  let wanted = 0;
  for (const key of team.members) {
    if (expected.users.get(key)?.presence !== "active") continue;
    wanted += 1;
    const account = match.heldOf(key);
    if (account === undefined || !held.memberIds.has(account.scimId)) missing.push(key);
  }
  // No two users have one account, so as many members as users are the same ones.
  const isSame = missing.length === 0 && held.memberIds.size === wanted;
  const leftOver = isSame ? [] : leftOverMembers(team, held, sides);
  const { unknownMembers } = held;
  const unseenMembers = held.unseenMembers.filter((member) => countsUnseen(member, team, sides));
  if (missing.length + leftOver.length + unknownMembers.length + unseenMembers.length === 0) return undefined;
  return {
    kind: "team-members-differ",
    team,
    held,
    missing: asMembers(missing, sides),
    leftOver: leftOver.map(leftOverMember).toSorted((a, b) => compare(a.key, b.key)),
    unknownMembers,
    unseenMembers,
  };
}

function leftOverMembers(team: AstroTeam, held: HeldTeam, sides: Sides): readonly HeldMember[] {
  const others = heldMembers(held, sides).filter(
    ({ user }) => user === undefined || !team.members.has(user.key),
  );
  return [...others, ...ssoOnlyStrangers(team, held, sides)];
}

/** An account that the list of users hides counts as one that it shows; see `heldMembers`. Of anything else nothing is known. */
function countsUnseen({ scimId, is, account }: UnseenMember, team: AstroTeam, sides: Sides): boolean {
  if (is !== "hidden" || account === undefined) return true;
  const user = sides.expected.users.get(account.key);
  if (user?.presence === "active") return true;
  if (!account.active || sides.outside.userIds.has(scimId)) return false;
  if (user?.presence !== "either") return true;
  return user.ssoOnly === true && team.ssoOnlyMembers?.has(user.key) !== true;
}

/**
 * Active accounts of users who are assigned for single sign-on alone, in a Team of whose group they are no member: left over
 * there, as anybody's would be. Who is in the group may be in the Team or not.
 */
function ssoOnlyStrangers(
  team: AstroTeam,
  { memberIds }: HeldTeam,
  { expected, match, accounts }: Sides,
): readonly HeldMember[] {
  if (expected.ssoOnly === undefined) return [];
  return [...memberIds].flatMap((scimId): HeldMember[] => {
    const account = accounts.get(scimId);
    const user = account && match.expectedOf(account);
    if (account?.active !== true || user?.ssoOnly !== true) return [];
    return team.ssoOnlyMembers?.has(user.key) === true ? [] : [{ account, user }];
  });
}

function leftOverMember({ account, user }: HeldMember): Member {
  const { userName, scimId } = account;
  return { key: user?.key ?? account.key, userName, scimId, account: stateOf(account) };
}

/** Under the account's name where there is one, for that is what Astro shows. */
function asMember(key: StateKey, { expected, match }: Sides): Member {
  const account = match.heldOf(key);
  const userName = account?.userName ?? expected.users.get(key)?.userName ?? key;
  // Over SCIM there is no such account to add.
  const scimId = account?.isHiddenFromScim === true ? undefined : account?.scimId;
  return { key, userName, scimId, account: scimId === undefined ? "missing" : stateOf(account) };
}

function stateOf(account: HeldUser | undefined): Member["account"] {
  if (account === undefined) return "missing";
  return account.active ? "active" : "inactive";
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
