/** What a provider remembers, by the keys of what its directory says that Astro should hold. */

import type { StateKey } from "../astro/state.ts";
import type { ProvidedDirectory, ProviderLinks, Stopped } from "../directory/source.ts";
import type { ProviderLink } from "../drift/compare/provider-links.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import { providerOf } from "../idp/providers.ts";

export interface RememberedLinks {
  /** A Team that should go has a key that no Team can have; one that the provider leaves as it is counts by its name alone. */
  readonly linkedTeams: ReadonlyMap<StateKey, string>;
  readonly users: readonly ProviderLink[];
  readonly teams: readonly ProviderLink[];
}

/** @param userKeys as in `ExpectedWithKeys` */
export function rememberedLinks(
  { directory, app }: ProvidedDirectory,
  { accounts, teams, stopped }: ProviderLinks,
  userKeys: ReadonlyMap<string, StateKey>,
): RememberedLinks {
  const rules = providerOf(app).accountRules(directory);
  const teamKeys = new Map<string, StateKey>(
    rules.teams.map(({ group, name }) => [group.objectId, foldCase(name)]),
  );
  const linkedTeams = new Map<StateKey, string>();
  for (const [groupId, scimId] of teams) {
    const key = teamKeys.get(groupId);
    if (key !== undefined) linkedTeams.set(key, scimId);
    else if (rules.leavesTeam?.(groupId) !== true) linkedTeams.set(keyOfNoTeam(groupId), scimId);
  }
  const linkedUsers = new Map(accounts.map(({ objectId, ...link }) => [objectId, link]));
  return {
    linkedTeams,
    users: [
      ...accounts.map(({ objectId, userName, scimId }): ProviderLink => {
        return { key: userKeys.get(objectId), name: userName, scimId, stopped: undefined };
      }),
      ...[...stopped.users]
        .filter(([objectId]) => !linkedUsers.has(objectId))
        .map(([objectId, one]) => unlinked(userKeys.get(objectId), one)),
    ],
    teams: teamLinks(rules.teams, teams, stopped.groups),
  };
}

/** Of several groups of one name the first makes the Team. */
function teamLinks(
  groups: ReturnType<ReturnType<typeof providerOf>["accountRules"]>["teams"],
  links: ProviderLinks["teams"],
  stopped: ReadonlyMap<string, Stopped>,
): readonly ProviderLink[] {
  const byKey = new Map<StateKey, ProviderLink>();
  for (const { group, name } of groups) {
    const key = foldCase(name);
    if (byKey.has(key)) continue;
    const { objectId } = group;
    byKey.set(key, { key, name, scimId: links.get(objectId), stopped: stopped.get(objectId)?.why });
  }
  return [...byKey.values()];
}

function unlinked(key: StateKey | undefined, { name, why }: Stopped): ProviderLink {
  return { key, name, scimId: undefined, stopped: why };
}

/** Keys are folded, so none of them has a capital letter. */
function keyOfNoTeam(objectId: string): StateKey {
  return `LINK ${objectId}`;
}
