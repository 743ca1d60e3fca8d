/** Teams whose members a server may have cut off or stripped, though it answered 200: what the sizes of all Teams show. */

import { allTeams, type HeldTeam } from "../../astro/held.ts";
import type { StateKey } from "../../astro/state.ts";
import type { ProviderFinding } from "../../directory/provider-finding.ts";
import type { Change, TeamMembersDiffer } from "../compare/change.ts";
import type { Sides } from "../compare/teams/memberships.ts";
import type { ProviderSide } from "./provider-side.ts";

interface Compared {
  readonly sides: Sides;
  readonly changes: readonly Change[];
  readonly protectedSkipped: readonly Change[];
}

/** Fewer members than these are the same in several Teams by chance. */
const leastInSeveral = 10;
/** A limit of a server is a round number: of one Team alone, nothing else is evidence. */
const leastRound = 20;

/**
 * A Team is named where members are missing and none is left over, no Team has more members than it, and either several such Teams
 * have the same number, or it is a round one. Where no Team at all has members, several such Teams are named.
 */
export function cutOffMembers(
  { teamKeys }: Pick<ProviderSide, "teamKeys">,
  { sides, changes, protectedSkipped }: Compared,
): readonly ProviderFinding[] {
  const most = allTeams(sides.held).reduce((size, team) => Math.max(size, sizeOf(team)), 0);
  const suspects = [...changes, ...protectedSkipped]
    .filter((change) => change.kind === "team-members-differ")
    .filter((change) => lacksOnly(change) && sizeOf(change.held) === most);
  if (!isEvidence(most, suspects.length)) return [];
  const objectIds = new Map<StateKey, string>([...teamKeys].map(([objectId, key]) => [key, objectId]));
  return suspects.flatMap(({ team, missing }): readonly ProviderFinding[] => {
    const objectId = objectIds.get(team.key);
    if (objectId === undefined) return [];
    const group = { objectId, name: team.displayName };
    return [{ kind: "members-cut-off", group, held: most, missing: missing.length }];
  });
}

function isEvidence(size: number, teams: number): boolean {
  if (teams > 1) return size === 0 || size >= leastInSeveral;
  return teams === 1 && size >= leastRound && /^(?:[125]0+|250*)$/.test(String(size));
}

function lacksOnly({ missing, leftOver, unknownMembers, unseenMembers }: TeamMembersDiffer): boolean {
  return missing.length > 0 && leftOver.length + unknownMembers.length + unseenMembers.length === 0;
}

function sizeOf({ memberIds }: HeldTeam): number {
  return memberIds.size;
}
