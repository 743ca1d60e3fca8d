/** Links of the provider to Teams, each against the Team that Astro shows for the group. */

import type { HeldTeam } from "../../../astro/held.ts";
import type { StateKey } from "../../../astro/state.ts";
import type { TeamLinkBroken, TeamLinkProblem } from "../change.ts";
import type { TeamPair } from "./match-teams.ts";
import type { Sides } from "./memberships.ts";
import type { ProviderLink, ProviderLinks } from "../provider-links.ts";

/** The links that do not lead to the group's Team, or by which nothing is pushed; in no particular order. */
export function brokenTeamLinks(
  { expected, held }: Sides,
  pairs: ReadonlyMap<StateKey, TeamPair>,
  { teams: links, unlisted, rules }: ProviderLinks,
): readonly TeamLinkBroken[] {
  const all = [...held.teams.values(), ...held.namesakeTeams];
  const teams: TeamsByLink = {
    heldById: new Map(all.map((one) => [one.scimId, one])),
    ownIds: new Set([...pairs.values()].map((pair) => pair.held.scimId)),
    unlisted: unlisted.teams,
  };
  const { provider, mends } = rules;
  return links.flatMap((link): readonly TeamLinkBroken[] => {
    const team = expected.teams.get(link.key ?? "");
    if (team === undefined) return [];
    const resource = pairs.get(team.key)?.held;
    const problem = problemOf(link, resource, teams);
    if (problem === undefined) return [];
    return [{ kind: "team-link-broken", team, resource, problem, provider, mend: mends.team[problem.kind] }];
  });
}

interface TeamsByLink {
  readonly heldById: ReadonlyMap<string, HeldTeam>;
  /** Of the Teams that are some group's. */
  readonly ownIds: ReadonlySet<string>;
  readonly unlisted: ProviderLinks["unlisted"]["teams"];
}

function problemOf(
  link: ProviderLink,
  own: HeldTeam | undefined,
  teams: TeamsByLink,
): TeamLinkProblem | undefined {
  const { scimId, stopped } = link;
  if (scimId === undefined) {
    return own === undefined || stopped === undefined ? undefined : { kind: "not-linked", why: stopped };
  }
  const target = teams.heldById.get(scimId);
  if (target === undefined) return leadsNowhere(link, scimId, teams);
  if (target === own)
    return stopped === undefined ? undefined : { kind: "push-failed", scimId, why: stopped };
  const kind = teams.ownIds.has(scimId) ? "other-group" : "other-team";
  return { kind, scimId, name: target.displayName };
}

function leadsNowhere(
  { key }: ProviderLink,
  scimId: string,
  { unlisted }: TeamsByLink,
): TeamLinkProblem | undefined {
  const hidden = unlisted.get(scimId);
  if (hidden === undefined) return { kind: "gone", scimId };
  return hidden.key === key ? undefined : { kind: "other-team", scimId, name: hidden.name };
}
