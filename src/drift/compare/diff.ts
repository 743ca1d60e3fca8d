/** Drift: what the directory says against what Astro holds. */

import type { AstroTarget } from "../../astro/address.ts";
import type { HeldState, HeldTeam } from "../../astro/held.ts";
import type { ExpectedState, StateKey } from "../../astro/state.ts";
import { foldCase } from "../../ground/fold-case.ts";
import { sortChanges, type Change, type MembersNotShown } from "./change.ts";
import { diffTeams } from "./diff-teams.ts";
import { diffUsers } from "./diff-users.ts";
import { pushedGroups, type GroupTerms } from "./group-terms.ts";
import { matchTeams } from "./match-teams.ts";
import { matchUsers } from "./match-users.ts";
import { expectedMemberKeys, type Sides } from "./memberships.ts";
import { preferKnownAccounts } from "./namesakes.ts";
import { countNotCompared, withoutNotKept, type NotCompared } from "./not-compared.ts";
import { driftStatus, type DriftStatus } from "./status.ts";
import { setProtectedApart } from "../safety/protect.ts";
import { resolveProtection, type Protection, type RememberedAccount } from "../safety/protection.ts";

export interface DiffOptions {
  /** Where `held` was read; the local Astro unless said. */
  readonly target?: AstroTarget;
  /** What no repair touches: userNames, e-mail addresses, Team names or SCIM ids, in any case. */
  readonly protect?: readonly string[];
  /** The accounts that the provider remembers, for protected names that are old by now. */
  readonly remembered?: readonly RememberedAccount[];
  /** What the provider remembers: key of the expected Team → SCIM id of the Team that it made or linked. */
  readonly linkedTeams?: ReadonlyMap<StateKey, string>;
  /** Names of the directory's groups that are not provided (pushed, assigned): they explain no Team, and can be named by mistake. */
  readonly groupsNotPushed?: readonly string[];
  /** What the provider calls its groups; `pushed` unless said. */
  readonly groupTerms?: GroupTerms;
  /**
   * The target is provisioned by rehearsals: what is made of an id that the directory does not give is compared all the same,
   * where the account has a value.
   */
  readonly isRehearsed?: boolean;
  /** Paths of attributes that the target says it does not have, and that no account shows. */
  readonly notKept?: ReadonlySet<string>;
}

/** How much was compared. */
export interface Compared {
  /** Users who should have an active account. */
  readonly expectedUsers: number;
  /** Users whose account is left as it is found. */
  readonly tolerated: number;
  readonly expectedTeams: number;
  /** Accounts, the inactive ones included. */
  readonly heldUsers: number;
  readonly heldTeams: number;
  /** Memberships of Teams that the directory says should be there. */
  readonly expectedMemberships: number;
  /** Memberships of Teams that Astro holds, whatever the members are. */
  readonly heldMemberships: number;
}

export interface Drift {
  /** The Astro that was compared. */
  readonly target: AstroTarget;
  /** `unknown` where something could not be told, also beside differences. */
  readonly status: DriftStatus;
  /** Everything that differs, in a stable order; empty where Astro holds what the directory says. */
  readonly changes: readonly Change[];
  /** Teams whose members the target does not show: no drift, and filled only where they are named. */
  readonly cannotTell: readonly MembersNotShown[];
  /** Mapped attributes that were not compared. */
  readonly notCompared: readonly NotCompared[];
  /** Teams that no pushed group explains, on a server that does not tell who manages them: no drift. */
  readonly unexplainedTeams: readonly HeldTeam[];
  /** Differences about what is protected: seen, not counted, never repaired. */
  readonly protectedSkipped: readonly Change[];
  /** What no repair touches. */
  readonly protection: Protection;
  /** `foldCase` of the names of groups that are not pushed. */
  readonly notPushedKeys: ReadonlySet<StateKey>;
  readonly compared: Compared;
  readonly expected: ExpectedState;
  readonly held: HeldState;
  readonly groupTerms: GroupTerms;
}

/** Compares both sides, in time linear in their size. */
export function diff(wanted: ExpectedState, listed: HeldState, options: DiffOptions = {}): Drift {
  const expected = withoutNotKept(wanted, options.notKept ?? new Set());
  const held = preferKnownAccounts(expected, listed);
  const sides = sidesOf(expected, held);
  const teamMatch = matchTeams(sides, options.linkedTeams ?? new Map());
  const users = diffUsers(sides, { isRehearsed: options.isRehearsed === true });
  const teams = diffTeams(sides, teamMatch, options.linkedTeams ?? new Map());
  const protection = resolveProtection(options.protect ?? [], {
    ...sides,
    teamOf: teamMatch.pairs,
    remembered: options.remembered ?? [],
  });
  const apart = setProtectedApart(sortChanges<Change>([...users.changes, ...teams.changes]), protection);
  const cannotTell = teams.notShown.toSorted((a, b) => (a.team.key < b.team.key ? -1 : 1));
  return {
    target: options.target ?? { kind: "local" },
    status: driftStatus({ ...apart, cannotTell }),
    ...apart,
    cannotTell,
    protection,
    notCompared: countNotCompared(users.notCompared),
    notPushedKeys: new Set((options.groupsNotPushed ?? []).map(foldCase)),
    unexplainedTeams: [...teams.unexplained].sort((a, b) => (a.key < b.key ? -1 : 1)),
    compared: countCompared(sides),
    expected,
    held,
    groupTerms: options.groupTerms ?? pushedGroups,
  };
}

function sidesOf(expected: ExpectedState, held: HeldState): Sides {
  const accounts = [...held.users.values(), ...held.namesakeUsers];
  return {
    expected,
    held,
    accounts: new Map(accounts.map((account) => [account.scimId, account])),
    match: matchUsers(expected, held),
  };
}

function countCompared(sides: Sides): Compared {
  const { expected, held } = sides;
  const presences = [...expected.users.values()].map((user) => user.presence);
  const heldTeams = [...held.teams.values(), ...held.namesakeTeams];
  return {
    expectedUsers: presences.filter((presence) => presence === "active").length,
    tolerated: presences.filter((presence) => presence === "either").length,
    expectedTeams: expected.teams.size,
    heldUsers: sides.accounts.size,
    heldTeams: heldTeams.length,
    expectedMemberships: sum([...expected.teams.values()], (team) => expectedMemberKeys(team, sides).length),
    heldMemberships: sum(heldTeams, (team) => team.memberIds.size),
  };
}

function sum<Item>(items: readonly Item[], numberOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + numberOf(item), 0);
}
