/** Which Team belongs to which pushed group: by name, else by the provider's link, else by having its very members. */

import type { HeldTeam } from "../../../astro/held.ts";
import type { AstroTeam, StateKey } from "../../../astro/state.ts";
import { expectedMemberSignature, heldMemberSignature, type Sides } from "./memberships.ts";

/** A Team found for a group. */
export interface TeamPair {
  readonly held: HeldTeam;
  readonly by: "name" | "link" | "same-members";
}

export interface TeamMatch {
  /** By the key of the expected Team; a missing one is not there. */
  readonly pairs: ReadonlyMap<StateKey, TeamPair>;
  /** Teams that belong to no group, those that have another's name included. */
  readonly others: readonly HeldTeam[];
}

/**
 * Finds the Teams of all pushed groups. Of several Teams with a group's name the one that the provider remembers is its
 * own, else the one that is listed first.
 * @param linkedTeams what the provider remembers: key of the expected Team → SCIM id of its Team.
 */
export function matchTeams(sides: Sides, linkedTeams: ReadonlyMap<StateKey, string>): TeamMatch {
  const pairs = new Map<StateKey, TeamPair>();
  const free = new Map<string, HeldTeam>();
  const others = new Map(sides.held.namesakeTeams.map((team) => [team.scimId, team]));
  for (const first of sides.held.teams.values()) {
    const remembered = others.get(linkedTeams.get(first.key) ?? "");
    const held = remembered?.key === first.key ? remembered : first;
    if (held !== first) {
      others.delete(held.scimId);
      others.set(first.scimId, first);
    }
    if (sides.expected.teams.has(held.key)) pairs.set(held.key, { held, by: "name" });
    else free.set(held.scimId, held);
  }
  const missing = [...sides.expected.teams.values()].filter((team) => !pairs.has(team.key));
  const found = [...byLink(missing, free, linkedTeams), ...bySameMembers(missing, free, sides)];
  for (const [key, pair] of found) {
    if (pairs.has(key) || !free.delete(pair.held.scimId)) continue;
    pairs.set(key, pair);
  }
  return { pairs, others: [...free.values(), ...others.values()] };
}

function byLink(
  missing: readonly AstroTeam[],
  free: ReadonlyMap<string, HeldTeam>,
  linkedTeams: ReadonlyMap<StateKey, string>,
): readonly [StateKey, TeamPair][] {
  return missing.flatMap(({ key }): [StateKey, TeamPair][] => {
    const held = free.get(linkedTeams.get(key) ?? "");
    return held === undefined ? [] : [[key, { held, by: "link" }]];
  });
}

/**
 * Only where one group and one Team have these members, and the Team is neither outside nor one that Astro manages itself;
 * anything less is a guess.
 */
function bySameMembers(
  missing: readonly AstroTeam[],
  free: ReadonlyMap<string, HeldTeam>,
  sides: Sides,
): readonly [StateKey, TeamPair][] {
  const groups = groupedBy(missing, (team) => expectedMemberSignature(team, sides));
  const teams = groupedBy(free.values(), (team) => heldMemberSignature(team, sides));
  return [...groups].flatMap(([members, [team, ...rivals]]): [StateKey, TeamPair][] => {
    const [held, ...doubles] = teams.get(members) ?? [];
    if (team === undefined || held === undefined || rivals.length + doubles.length > 0) return [];
    if (members === "" || held.unknownMembers.length + held.unseenMembers.length > 0) return [];
    if (held.iam?.isIdpManaged === false || held.isHiddenFromScim === true) return [];
    if (held.areMembersUnknown === true || sides.outside.teamIds.has(held.scimId)) return [];
    return [[team.key, { held, by: "same-members" }]];
  });
}

function groupedBy<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
