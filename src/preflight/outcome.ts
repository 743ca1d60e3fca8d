/** What the first run makes of Astro, in numbers. */

import { allTeams } from "../astro/held.ts";
import type { AstroTeam } from "../astro/state.ts";
import type { PreflightFinding } from "./finding.ts";
import { createdIn, type RehearsedRun } from "./rehearsed-run.ts";

export interface Outcome {
  readonly accounts: {
    /** userNames. */
    readonly created: readonly string[];
    readonly linked: readonly string[];
    /** Of those that are linked. */
    readonly changed: readonly string[];
  };
  readonly teams: { readonly created: readonly string[]; readonly linked: readonly string[] };
  readonly memberships: { readonly added: number; readonly removed: number };
}

export function outcomeOf(run: RehearsedRun, findings: readonly PreflightFinding[]): Outcome {
  const created = createdIn(run);
  const linked = findings.filter((one) => one.kind === "account-linked");
  const teams = findings.filter((one) => one.kind === "team-linked");
  const removed = teams.reduce((sum, { loses }) => sum + loses.length, 0);
  const { before, after } = run;
  return {
    accounts: {
      created: created.users.map(({ userName }) => userName),
      linked: linked.map(({ user }) => user),
      changed: linked.filter(({ changes }) => changes.length > 0).map(({ user }) => user),
    },
    teams: {
      created: created.teams.map(({ displayName }) => displayName),
      linked: teams.map(({ team }) => team.name),
    },
    memberships: {
      added: countMemberships(allTeams(after)) - countMemberships(allTeams(before)) + removed,
      removed,
    },
  };
}

export function countMemberships(teams: Iterable<Pick<AstroTeam, "members">>): number {
  let count = 0;
  for (const { members } of teams) count += members.size;
  return count;
}
