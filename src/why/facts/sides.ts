/** Both sides of a comparison with what tells which belongs to which. */

import type { StateKey } from "../../astro/state.ts";
import type { ProvidedDirectory } from "../../directory/source.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { expectedWithKeys } from "../../idp/expected/expected-state.ts";
import type { ProviderWords } from "../../idp/provider-words.ts";
import { providerOf } from "../../idp/providers.ts";

export interface Sides {
  readonly provided: ProvidedDirectory;
  readonly drift: Drift;
  readonly words: ProviderWords;
  /** Whether the provider itself was asked. */
  readonly isLive: boolean;
  /** The one that could not be read: then nothing was compared. `why` is a clause. */
  readonly unreadSide: { readonly of: "directory" | "astro"; readonly why: string } | undefined;
  /** Key of the expected account by the object id of its user. */
  readonly userKeys: ReadonlyMap<string, StateKey>;
  /** Key of the expected Team by the object id of its group. */
  readonly teamKeys: ReadonlyMap<string, StateKey>;
}

/** @throws AppError as `expectedWithKeys` */
export function sidesOf(provided: ProvidedDirectory, drift: Drift, words: ProviderWords): Sides {
  const { directory, app, findings } = provided;
  const { teams } = providerOf(app).accountRules(directory);
  return {
    provided,
    drift,
    words,
    isLive: findings !== undefined,
    unreadSide: undefined,
    userKeys: expectedWithKeys(directory, app).userKeys,
    teamKeys: new Map(teams.map(({ group, name }) => [group.objectId, foldCase(name)])),
  };
}
