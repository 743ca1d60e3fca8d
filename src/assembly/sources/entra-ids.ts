/** The object ids of Entra ID by what the users and groups are called in Astro: provisioning on demand is asked for by id. */

import type { ProvidedDirectory } from "../../directory/source.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { expectedWithKeys } from "../../idp/expected/expected-state.ts";
import type { EntraIds } from "../../repair/via/entra/context.ts";

/** @throws AppError invalid-file for a mapping that is wrong */
export function entraIds({ directory, app }: Pick<ProvidedDirectory, "directory" | "app">): EntraIds {
  const { expected, userKeys } = expectedWithKeys(directory, app);
  const groups = [...directory.groups.values()].flatMap(({ name, objectId }) => {
    const key = foldCase(name);
    return expected.teams.has(key) ? [[key, objectId] as const] : [];
  });
  return {
    users: new Map([...userKeys].map(([objectId, key]) => [key, objectId])),
    groups: new Map(groups),
  };
}
