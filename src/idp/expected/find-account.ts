/** Which account of Astro is whose, and which ids stand for a name that a fixture uses. */

import type { AstroState, AstroUser } from "../../astro/state.ts";
import type { AppSettings } from "../../directory/app-settings.ts";
import type { Directory } from "../../directory/directory.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { providerOf } from "../providers.ts";
import { isUnmappable } from "../accounts/unmappable.ts";

/** Astro as it is, and the directory by which people are named. */
export interface Scene {
  readonly state: AstroState;
  readonly directory: Directory;
  readonly settings: AppSettings;
}

export type FindAccount = (name: string) => AstroUser | undefined;

/** Finds a person's account by the id that the provider sent, else by the userName that the mappings make. */
export function accountFinder({ state, directory, settings }: Scene): FindAccount {
  const userNameOf = userNames({ directory, settings });
  const byExternalId = new Map([...state.users.values()].map((user) => [user.externalId, user]));
  return (name) => {
    const user = directory.users.get(name);
    const byId = user === undefined ? undefined : byExternalId.get(user.objectId);
    return byId ?? state.users.get(foldCase(userNameOf(name)));
  };
}

/** The userName that the mappings make of a user of the directory, by its key; any other name as it is. */
export function userNames({
  directory,
  settings,
}: Pick<Scene, "directory" | "settings">): (name: string) => string {
  const rules = providerOf(settings).accountRules(directory);
  return (name) => {
    const user = directory.users.get(name);
    const mapped = user === undefined ? undefined : rules.account(user);
    return mapped === undefined || isUnmappable(mapped) ? name : mapped.userName;
  };
}

/** Names and ids of accounts and Teams, as they were at one moment or another. */
export interface ResourceIds {
  readonly idsOf: (resource: {
    readonly kind: "user" | "team";
    readonly name: string;
  }) => ReadonlySet<string>;
  readonly nameOf: (id: string) => string | undefined;
}

/** Of several moments, the later ones behind the earlier: a Team that was deleted had an id, and so has its successor. */
export function resourceIds(scenes: readonly Scene[]): ResourceIds {
  const moments = scenes.map((scene) => ({ ...scene, find: accountFinder(scene) }));
  const names = new Map<string, string>();
  for (const { users, teams } of scenes.map(({ state }) => state)) {
    for (const { scimId, userName } of users.values()) if (scimId !== undefined) names.set(scimId, userName);
    for (const { scimId, displayName } of teams.values())
      if (scimId !== undefined) names.set(scimId, displayName);
  }
  return {
    idsOf: ({ kind, name }) => {
      const ids = moments.map(({ find, state }) =>
        kind === "user" ? find(name)?.scimId : state.teams.get(foldCase(name))?.scimId,
      );
      return new Set(ids.filter((id) => id !== undefined));
    },
    nameOf: (id) => names.get(id),
  };
}
