/** A rehearsal of the first run against a local Astro that holds what the real one holds: what was sent, and what came of it. */

import { allTeams, allUsers, type HeldState, type HeldTeam, type HeldUser } from "../astro/held.ts";
import type { StateKey } from "../astro/state.ts";
import type { ProviderLinks } from "../directory/source.ts";
import type { Task } from "../idp/run/task.ts";

export interface RehearsedRun {
  readonly before: HeldState;
  readonly after: HeldState;
  /** What the provider is linked to at the end. */
  readonly links: ProviderLinks;
  /** Jobs that failed and wait. */
  readonly failed: readonly Task[];
  /** Requests by method, the test of the credentials included. */
  readonly requests: Readonly<Record<string, number>>;
}

/** An account or a Team that was there before, as it is before and after. */
export interface Linked<Item> {
  readonly before: Item;
  readonly after: Item;
}

/** Accounts that the first run takes over, by the key that they have before it. */
export function linkedAccounts({
  before,
  after,
  links,
}: RehearsedRun): ReadonlyMap<StateKey, Linked<HeldUser>> {
  const ids = new Set(links.accounts.map(({ scimId }) => scimId));
  return pairs(allUsers(before), allUsers(after), ids);
}

/** Teams that the first run takes over, by the key that they have before it. */
export function linkedTeams({ before, after, links }: RehearsedRun): ReadonlyMap<StateKey, Linked<HeldTeam>> {
  return pairs(allTeams(before), allTeams(after), new Set(links.teams.values()));
}

/** What the first run creates. */
export function createdIn(run: RehearsedRun): {
  readonly users: readonly HeldUser[];
  readonly teams: readonly HeldTeam[];
} {
  return {
    users: newIn(allUsers(run.before), allUsers(run.after)),
    teams: newIn(allTeams(run.before), allTeams(run.after)),
  };
}

/** The userName by which Astro knows an account, in the end. */
export function nameIn({ after }: RehearsedRun, key: StateKey): string {
  return after.users.get(key)?.userName ?? key;
}

interface Held {
  readonly scimId: string;
  readonly key: StateKey;
}

function pairs<Item extends Held>(
  before: readonly Item[],
  after: readonly Item[],
  ids: ReadonlySet<string>,
): ReadonlyMap<StateKey, Linked<Item>> {
  const later = new Map(after.map((item) => [item.scimId, item]));
  return new Map(
    before.flatMap((item) => {
      const then = ids.has(item.scimId) ? later.get(item.scimId) : undefined;
      return then === undefined ? [] : [[item.key, { before: item, after: then }] as const];
    }),
  );
}

function newIn<Item extends Held>(before: readonly Item[], after: readonly Item[]): readonly Item[] {
  const known = new Set(before.map(({ scimId }) => scimId));
  return after.filter(({ scimId }) => !known.has(scimId));
}
