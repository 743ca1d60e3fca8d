/** What is outside the responsibility of the directory, as it is listed: apart from the drift. */

import { allTeams, type HeldTeam, type HeldUser } from "../../../astro/held.ts";
import { domainOf } from "../../../astro/responsibility.ts";
import type { StateKey } from "../../../astro/state.ts";
import { isApart, type Boundary } from "./boundary.ts";
import type { TeamMatch } from "../teams/match-teams.ts";
import type { Sides } from "../teams/memberships.ts";

export interface Outside {
  /** Accounts that the directory does not provision, by userName. */
  readonly users: readonly OutsideUser[];
  /** Teams that belong to no group of the directory, by name. */
  readonly teams: readonly OutsideTeam[];
  /** What the directory provisions though it is outside: it is compared, and no repair touches it. */
  readonly provisioned: readonly ProvisionedOutside[];
}

export interface OutsideUser {
  readonly userName: string;
  readonly scimId: string;
  readonly active: boolean;
  /** What decides; undefined for an account that has none. */
  readonly domain: string | undefined;
  /** The provider remembers that it created or linked the account. */
  readonly linked: boolean;
  /** Names of the Teams inside in which it is a member, and stays one. */
  readonly teams: readonly string[];
}

export interface OutsideTeam {
  readonly name: string;
  readonly scimId: string;
  readonly members: number;
  /** The provider remembers that it created or linked the Team. */
  readonly linked: boolean;
}

/** What the provider remembers. */
interface Links {
  readonly remembered?: readonly { readonly scimId: string }[];
  /** SCIM ids of Teams. */
  readonly linkedTeams?: ReadonlyMap<StateKey, string>;
}

export interface ProvisionedOutside {
  readonly kind: "user" | "team";
  /** As the directory names it. */
  readonly name: string;
  /** undefined where Astro has none yet. */
  readonly scimId: string | undefined;
}

/**
 * Everything that no repair may touch: what is outside, the account of a user who is outside, and the Team of a group that is.
 */
export function untouchable({ match, outside }: Sides, { pairs }: TeamMatch): Boundary {
  const userIds = new Map(outside.userIds);
  for (const [key, why] of outside.userKeys) {
    const account = match.heldOf(key);
    if (account !== undefined && !userIds.has(account.scimId)) userIds.set(account.scimId, why);
  }
  const teamIds = new Map(outside.teamIds);
  for (const [key, why] of outside.teamKeys) {
    const team = pairs.get(key)?.held;
    if (team !== undefined && !teamIds.has(team.scimId)) teamIds.set(team.scimId, why);
  }
  return { ...outside, userIds, teamIds };
}

/** Sorted by name. */
export function listOutside(sides: Sides, teamMatch: TeamMatch, links: Links): Outside {
  return {
    users: outsideUsers(sides, links),
    teams: outsideTeams(sides, teamMatch, links),
    provisioned: [...provisionedUsers(sides), ...provisionedTeams(sides, teamMatch)],
  };
}

function outsideUsers(sides: Sides, { remembered = [] }: Links): readonly OutsideUser[] {
  const { accounts, match, outside } = sides;
  if (outside.userIds.size === 0) return [];
  const linked = new Set(remembered.map(({ scimId }) => scimId));
  const teams = teamsInside(sides);
  const listed = [...accounts.values()].filter((account) => {
    const user = match.expectedOf(account);
    return user === undefined || isApart(user, account, outside);
  });
  return [...listed, ...hiddenAccounts(sides)]
    .filter(({ scimId }) => outside.userIds.has(scimId))
    .sort(byKey)
    .map((account) => ({
      userName: account.userName,
      scimId: account.scimId,
      active: account.active,
      domain: domainOf(account),
      linked: linked.has(account.scimId),
      teams: (teams.get(account.scimId) ?? []).toSorted(),
    }));
}

type ShownAccount = Pick<HeldUser, "key" | "userName" | "scimId" | "active" | "primaryEmail">;

/** Members of Teams that the list of users hides, each once. */
function hiddenAccounts({ held, expected }: Sides): readonly ShownAccount[] {
  const hidden = allTeams(held)
    .flatMap(({ unseenMembers }) => unseenMembers)
    .flatMap(({ scimId, is, account }): ShownAccount[] => {
      if (is !== "hidden" || account === undefined) return [];
      if (expected.users.get(account.key)?.presence === "active") return [];
      return [{ ...account, scimId, userName: account.key }];
    });
  return [...new Map(hidden.map((one) => [one.scimId, one])).values()];
}

/** Names of the Teams inside, by the ids of their members who are outside. */
function teamsInside({ held, outside }: Sides): ReadonlyMap<string, readonly string[]> {
  const teams = new Map<string, string[]>();
  for (const { scimId, displayName, memberIds } of allTeams(held)) {
    if (outside.teamIds.has(scimId)) continue;
    for (const id of memberIds) {
      if (!outside.userIds.has(id)) continue;
      const others = teams.get(id);
      if (others === undefined) teams.set(id, [displayName]);
      else others.push(displayName);
    }
  }
  return teams;
}

function outsideTeams(
  { outside }: Sides,
  { others }: TeamMatch,
  { linkedTeams = new Map() }: Links,
): readonly OutsideTeam[] {
  const linked = new Set(linkedTeams.values());
  return others
    .filter(({ scimId }) => outside.teamIds.has(scimId))
    .toSorted(byKey)
    .map(({ displayName, scimId, memberIds }: HeldTeam) => ({
      name: displayName,
      scimId,
      members: memberIds.size,
      linked: linked.has(scimId),
    }));
}

/** By their own names, or because the account of that name is outside; of those who have left, who still have one. */
function provisionedUsers({ expected, match, outside }: Sides): readonly ProvisionedOutside[] {
  return [...expected.users.values()]
    .map((user) => ({ user, account: match.heldOf(user.key) }))
    .filter(({ user, account }) => {
      const isOutside = outside.userKeys.has(user.key) || outside.userIds.has(account?.scimId ?? "");
      if (!isOutside || user.presence === "active") return isOutside;
      return (
        account?.active === true && outside.userIds.has(account.scimId) && !isApart(user, account, outside)
      );
    })
    .sort((a, b) => byKey(a.user, b.user))
    .map(({ user, account }) => ({ kind: "user", name: user.userName, scimId: account?.scimId }));
}

/** By their own names, or because the Team that the provider has linked is outside. */
function provisionedTeams({ expected, outside }: Sides, { pairs }: TeamMatch): readonly ProvisionedOutside[] {
  return [...expected.teams.values()]
    .map((team) => ({ team, scimId: pairs.get(team.key)?.held.scimId }))
    .filter(({ team, scimId }) => outside.teamKeys.has(team.key) || outside.teamIds.has(scimId ?? ""))
    .sort((a, b) => byKey(a.team, b.team))
    .map(({ team, scimId }) => ({ kind: "team", name: team.displayName, scimId }));
}

function byKey(a: { readonly key: StateKey }, b: { readonly key: StateKey }): number {
  if (a.key === b.key) return 0;
  return a.key < b.key ? -1 : 1;
}
