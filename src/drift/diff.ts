/** Drift: what the directory says against what Astro holds. */

import type { HeldState, HeldTeam } from "../astro/held.ts";
import type { ExpectedState, StateKey } from "../astro/state.ts";
import { foldCase } from "../scim/fold-case.ts";
import { sortChanges, type Change } from "./change.ts";
import { diffTeams } from "./diff-teams.ts";
import { diffUsers } from "./diff-users.ts";
import { pushedGroups, type GroupTerms } from "./group-terms.ts";
import { matchUsers } from "./match-users.ts";
import type { Sides } from "./memberships.ts";
import { setProtectedApart } from "./protect.ts";

export interface DiffOptions {
  /** userNames and Team names that no repair touches, in any case. */
  readonly protect?: readonly string[];
  /** What the provider remembers: key of the expected Team → SCIM id of the Team that it made or linked. */
  readonly linkedTeams?: ReadonlyMap<StateKey, string>;
  /** Names of the directory's groups that are not provided (pushed, assigned): they explain no Team, and can be named by mistake. */
  readonly groupsNotPushed?: readonly string[];
  /** What the provider calls its groups; `pushed` unless said. */
  readonly groupTerms?: GroupTerms;
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
}

export interface Drift {
  /** Everything that differs, in a stable order; empty where Astro holds what the directory says. */
  readonly changes: readonly Change[];
  /** Teams that no pushed group explains, on a server that does not tell who manages them: no drift. */
  readonly unexplainedTeams: readonly HeldTeam[];
  /** Differences about what is protected: seen, not counted, never repaired. */
  readonly protectedSkipped: readonly Change[];
  /** `foldCase` of the names that no repair touches. */
  readonly protectedKeys: ReadonlySet<StateKey>;
  /** `foldCase` of the names of groups that are not pushed. */
  readonly notPushedKeys: ReadonlySet<StateKey>;
  readonly compared: Compared;
  readonly expected: ExpectedState;
  readonly held: HeldState;
  readonly groupTerms: GroupTerms;
}

/** Compares both sides, in time linear in their size. */
export function diff(expected: ExpectedState, held: HeldState, options: DiffOptions = {}): Drift {
  const sides: Sides = { expected, held, match: matchUsers(expected, held) };
  const users = diffUsers(expected, held, sides.match);
  const teams = diffTeams(sides, options.linkedTeams ?? new Map());
  const protectedKeys = new Set((options.protect ?? []).map(foldCase));
  const apart = setProtectedApart(sortChanges<Change>([...users, ...teams.changes]), protectedKeys);
  return {
    ...apart,
    protectedKeys,
    notPushedKeys: new Set((options.groupsNotPushed ?? []).map(foldCase)),
    unexplainedTeams: [...teams.unexplained].sort((a, b) => (a.key < b.key ? -1 : 1)),
    compared: countCompared(expected, held),
    expected,
    held,
    groupTerms: options.groupTerms ?? pushedGroups,
  };
}

function countCompared(expected: ExpectedState, held: HeldState): Compared {
  const presences = [...expected.users.values()].map((user) => user.presence);
  return {
    expectedUsers: presences.filter((presence) => presence === "active").length,
    tolerated: presences.filter((presence) => presence === "either").length,
    expectedTeams: expected.teams.size,
    heldUsers: held.users.size + held.namesakeUsers.length,
    heldTeams: held.teams.size + held.namesakeTeams.length,
  };
}
