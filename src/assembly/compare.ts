/** The one comparison of a directory with what an Astro holds: for `diff`, the repairs, a rehearsal's end, and programs. */

import { attributesNotKept } from "../astro/api/reading/not-kept.ts";
import { readAstroState, type ReadOptions } from "../astro/api/reading/read.ts";
import { comparedPaths } from "../astro/compared-paths.ts";
import type { StateKey } from "../astro/state.ts";
import type { ProvidedDirectory, ProviderLinks } from "../directory/source.ts";
import { diff, type Drift } from "../drift/compare/diff.ts";
import { foldCase } from "../ground/fold-case.ts";
import { expectedState } from "../idp/expected/expected-state.ts";
import { providerOf, providers } from "../idp/providers.ts";
import { targetName } from "../target/resolve-target.ts";
import type { Connection } from "./connect.ts";

export interface CompareOptions extends Partial<Pick<ReadOptions, "concurrency" | "textIdsOnly" | "onPage">> {
  /** What no repair touches, beside what the source itself protects: the `protect` list of a profile. */
  readonly protect: readonly string[];
  readonly signal: AbortSignal;
}

/** @throws AppError whatever keeps the server from being read completely */
export async function compareWithAstro(
  provided: ProvidedDirectory,
  { send, baseUrl, target }: Pick<Connection, "send" | "baseUrl" | "target">,
  { protect, ...reading }: CompareOptions,
): Promise<Drift> {
  const { directory, app } = provided;
  const expected = expectedState(directory, app);
  const held = await readAstroState(send, {
    target: baseUrl,
    attributePaths: comparedPaths(expected),
    ...reading,
  });
  return diff(expected, held, {
    notKept: await attributesNotKept(send, expected, held),
    target: targetName(target),
    // A rehearsal on this machine sends the ids that are made up; what a real Astro holds has the provider's.
    isRehearsed: target.kind === "in-process" || target.isLoopback,
    protect: [...provided.protect, ...protect],
    groupsNotPushed: groupsNotProvided(provided),
    groupTerms: providers[app.idp].words.groups,
    ...(provided.remembered === undefined ? {} : linksOf(provided, provided.remembered)),
  });
}

/** Names of the groups that become no Team. */
function groupsNotProvided({ directory, app }: ProvidedDirectory): readonly string[] {
  const provided = providerOf(app).markedGroups(directory);
  return [...directory.groups.values()].filter(({ key }) => !provided.has(key)).map(({ name }) => name);
}

/**
 * Links by the key of the expected Team. A Team that should go has a key that no Team can have; one that the provider leaves
 * as it is counts by its name alone.
 */
function linksOf({ directory, app }: ProvidedDirectory, { accounts, teams }: ProviderLinks) {
  const rules = providerOf(app).accountRules(directory);
  const keys = new Map<string, StateKey>(
    rules.teams.map(({ group, name }) => [group.objectId, foldCase(name)]),
  );
  const linkedTeams = new Map<StateKey, string>();
  for (const [groupId, scimId] of teams) {
    const key = keys.get(groupId);
    if (key !== undefined) linkedTeams.set(key, scimId);
    else if (rules.leavesTeam?.(groupId) !== true) linkedTeams.set(keyOfNoTeam(groupId), scimId);
  }
  return { linkedTeams, remembered: accounts };
}

/** Keys are folded, so none of them has a capital letter. */
function keyOfNoTeam(objectId: string): StateKey {
  return `LINK ${objectId}`;
}
