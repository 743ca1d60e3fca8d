/** Differences in Teams and their members. */

import type { HeldTeam } from "../../../astro/held.ts";
import type { AstroTeam, StateKey } from "../../../astro/state.ts";
import type { MembersNotShown, TeamChange } from "../change.ts";
import type { TeamMatch, TeamPair } from "./match-teams.ts";
import { asMembers, diffMembers, expectedMemberKeys, type Sides } from "./memberships.ts";

export interface TeamDrift {
  readonly changes: readonly TeamChange[];
  readonly notShown: readonly MembersNotShown[];
  /** Teams that no pushed group explains, and of which nothing tells who manages them: no drift. */
  readonly unexplained: readonly HeldTeam[];
  /** Teams that were made in Astro, and are managed there: no drift. */
  readonly local: readonly HeldTeam[];
}

export interface TeamRules {
  /** What the provider remembers: key of the expected Team → SCIM id of its Team. */
  readonly linkedTeams: ReadonlyMap<StateKey, string>;
  /** Whether the directory provides groups. */
  readonly areProvided: boolean;
}

/**
 * Teams that are missing, renamed, different or left over; in no particular order. A linked Team whose group is not pushed any
 * more is left over, unless the directory provides no groups at all: then nothing is said of any Team.
 */
export function diffTeams(
  sides: Sides,
  { pairs, others }: TeamMatch,
  { linkedTeams, areProvided }: TeamRules,
): TeamDrift {
  const linkedToNone = [...linkedTeams].filter(([key]) => !sides.expected.teams.has(key));
  const managed = new Set(linkedToNone.map(([, scimId]) => scimId));
  const changes: TeamChange[] = [];
  const notShown: MembersNotShown[] = [];
  for (const team of sides.expected.teams.values()) {
    const pair = pairs.get(team.key);
    changes.push(...diffTeam(team, pair, sides));
    if (pair?.held.areMembersUnknown === true) {
      const members = asMembers(expectedMemberKeys(team, sides), sides);
      notShown.push({ team, held: pair.held, members });
    }
  }
  const inside = others.filter(({ scimId }) => !sides.outside.teamIds.has(scimId));
  const unexplained: HeldTeam[] = [];
  const local: HeldTeam[] = [];
  for (const held of inside) {
    if (!areProvided) (held.iam?.isIdpManaged === false ? local : unexplained).push(held);
    else if (managed.has(held.scimId)) changes.push({ kind: "team-left-over", held, evidence: "linked" });
    else if (held.iam?.isIdpManaged === true)
      changes.push({ kind: "team-left-over", held, evidence: "idp-managed" });
    else (held.iam === undefined ? unexplained : local).push(held);
  }
  return { changes, notShown, unexplained, local };
}

function diffTeam(team: AstroTeam, pair: TeamPair | undefined, sides: Sides): readonly TeamChange[] {
  if (pair === undefined) {
    return [{ kind: "team-missing", team, members: asMembers(expectedMemberKeys(team, sides), sides) }];
  }
  const { held, by } = pair;
  const changes: TeamChange[] = [];
  if (by !== "name") {
    changes.push({ kind: "team-renamed", team, held, evidence: by === "link" ? "linked" : "same-members" });
  }
  const members = held.areMembersUnknown === true ? undefined : diffMembers(team, held, sides);
  if (members !== undefined) changes.push(members);
  return changes;
}
