/** Groups that meet Teams of the same name: which are linked, and what the Team then gains and loses. */

import { allTeams, type HeldTeam } from "../astro/held.ts";
import type { AstroTeam, StateKey } from "../astro/state.ts";
import { grantedRoles } from "../drift/compare/over-iam/iam-remarks.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import { providerOf } from "../idp/providers.ts";
import { reasonOf } from "./failure-findings.ts";
import type { FoundTeam, PreflightFinding } from "./finding.ts";
import { linkedTeams, nameIn, type Linked, type RehearsedRun } from "./rehearsed-run.ts";
import type { PreflightSubject } from "./subject.ts";

export function teamFindings(subject: PreflightSubject): readonly PreflightFinding[] {
  const { provided, expected, astro, run, responsibility, isProtected } = subject;
  const linked = linkedTeams(run);
  const failures = new Map(
    run.failed
      .filter(({ subject: { kind } }) => kind === "group")
      .map((task) => [foldCase(task.subject.name), task]),
  );
  return [
    ...sharedNames(provided),
    ...allTeams(astro.held).flatMap((team): readonly PreflightFinding[] => {
      const group = expected.teams.get(team.key);
      const pair = linked.get(team.key);
      const failure = failures.get(team.key);
      if (group !== undefined && (pair === undefined || failure !== undefined)) {
        const reason = failure === undefined ? "the provider does not find it" : reasonOf(failure);
        return [{ kind: "team-not-linked", team: found(team), group: group.displayName, reason }];
      }
      if (pair !== undefined) return ofLinked(team, pair, { group, run });
      if (isProtected(team.key) || responsibility.excludesTeam(team.displayName) !== undefined) return [];
      return [{ kind: "team-without-group", team: found(team), members: team.memberIds.size }];
    }),
  ];
}

/** A Team as findings name it. */
export function found({ displayName, scimId }: HeldTeam): FoundTeam {
  return { name: displayName, id: scimId };
}

function ofLinked(team: HeldTeam, pair: Linked<HeldTeam>, linking: Linking): readonly PreflightFinding[] {
  const { before, after } = pair;
  const { group } = linking;
  const { gains, loses, outside } = movesOf(pair, linking);
  const roles = grantedRoles(team.iam?.roles);
  const about = { team: found(team) };
  return [
    ...rolesUnknown(team, gains.length + loses.length),
    {
      kind: "team-linked",
      ...about,
      group: group?.displayName ?? after.displayName,
      renamedTo: after.displayName === before.displayName ? undefined : after.displayName,
      membersKept: before.members.size - loses.length,
      gains,
      loses,
    },
    ...(loses.length === 0 ? [] : [{ kind: "team-loses-members", ...about, members: loses, roles } as const]),
    ...(outside.length === 0
      ? []
      : [{ kind: "team-members-outside-group", ...about, members: outside, roles } as const]),
    ...(gains.length === 0 || roles === undefined || roles.length === 0
      ? []
      : [{ kind: "team-gives-roles", ...about, members: gains, roles } as const]),
  ];
}

interface Linking {
  /** Undefined where the Team is linked by another name than its own. */
  readonly group: AstroTeam | undefined;
  readonly run: RehearsedRun;
}

/** Who comes into a Team, who goes, and who stays without being in the group; by userName, sorted. */
function movesOf({ before, after }: Linked<HeldTeam>, { group, run }: Linking) {
  const named = (keys: readonly StateKey[]): readonly string[] =>
    keys.map((key) => nameIn(run, key)).toSorted();
  const stays = [...before.members].filter((key) => after.members.has(key));
  return {
    gains: named([...after.members].filter((key) => !before.members.has(key))),
    loses: named([...before.members].filter((key) => !after.members.has(key))),
    outside: group === undefined ? [] : named(stays.filter((key) => !group.members.has(key))),
  };
}

/** Where Astro shows a part of a Team's roles, nobody can say what people gain or lose with it. */
function rolesUnknown({ iam, displayName }: HeldTeam, moves: number): readonly PreflightFinding[] {
  if (iam === undefined || moves === 0 || grantedRoles(iam.roles) !== undefined) return [];
  return [{ kind: "roles-unknown", reason: `Astro does not show all roles of the Team ${displayName}` }];
}

function sharedNames({ directory, app }: PreflightSubject["provided"]): readonly PreflightFinding[] {
  const byKey = new Map<string, string[]>();
  for (const { group, name } of providerOf(app).accountRules(directory).teams) {
    const same = byKey.get(foldCase(name));
    if (same === undefined) byKey.set(foldCase(name), [group.key]);
    else same.push(group.key);
  }
  return [...byKey].flatMap(([name, groups]) =>
    groups.length === 1 ? [] : [{ kind: "groups-share-name", name, groups } as const],
  );
}
