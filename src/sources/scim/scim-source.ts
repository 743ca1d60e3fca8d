/** Another SCIM server as the directory: its users and groups are what the target should hold. */

import { readAstroState, type ReadOptions } from "../../astro/api/reading/read.ts";
import { attributeNameOf, attributeNames, documentedAttributes } from "../../astro/attributes.ts";
import type { HeldState, HeldTeam, HeldUser } from "../../astro/held.ts";
import { documentedOktaSettings, type OktaAppSettings } from "../../directory/app-settings.ts";
import { emptyDirectory, type Directory, type DirectoryUser } from "../../directory/directory.ts";
import type { NotEvaluated } from "../../directory/provider-finding.ts";
import type { DirectorySource, ProvidedDirectory } from "../../directory/source.ts";
import { AppError } from "../../ground/errors.ts";
import { nameList } from "../../ground/text/name-list.ts";
import type { Send } from "../../wire/exchange.ts";

export interface ScimSourceOptions extends Pick<ReadOptions, "concurrency" | "onPage"> {
  /** SCIM base URL of the directory. */
  readonly url: string;
  /** Sends to that server, with its own token. */
  readonly send: Send;
}

/**
 * Active accounts are users who are assigned to the app, groups are pushed. The userName is sent as it is, and so are the
 * attributes that Astro documents; one that no account of the server shows is not compared.
 */
export function scimSource({ url, send, concurrency, onPage }: ScimSourceOptions): DirectorySource {
  const name = `scim:${url}`;
  return {
    name,
    read: async (target, signal) => {
      if (target !== undefined && isSameUrl(target, url)) throw sameServer(url);
      const held = await readAstroState(send, {
        target: url,
        signal,
        ...(concurrency === undefined ? {} : { concurrency }),
        ...(onPage === undefined ? {} : { onPage }),
      });
      return provided(held, url);
    },
  };
}

function provided(held: HeldState, url: string): ProvidedDirectory {
  requireWhole(held, url);
  const users = [...held.users.values()];
  const shown = new Set(users.flatMap(({ attributes }) => Object.keys(attributes)));
  return {
    directory: directoryOf(held, users),
    app: settingsFor(shown),
    protect: [],
    remembered: undefined,
    notEvaluated: notShown(shown, url),
  };
}

/** @throws AppError source-incomplete, where two have one name, or a group has members of whom the server does not tell who they are */
function requireWhole(held: HeldState, url: string): void {
  const twice = [
    ...held.namesakeUsers.map(({ userName }) => userName),
    ...held.namesakeTeams.map(({ displayName }) => displayName),
  ];
  if (twice.length > 0) {
    throw incomplete(url, `several accounts or groups have the name ${nameList(twice.map(quoted))}`);
  }
  for (const team of held.teams.values()) {
    if (team.areMembersUnknown === true)
      throw incomplete(url, `it does not show who is in ${quoted(team.displayName)}`);
    const unseen = team.unseenMembers.filter(({ is }) => is !== "group");
    if (unseen.length > 0 || team.unknownMembers.length > 0) {
      throw incomplete(url, `${quoted(team.displayName)} has members who are not in the list of users`);
    }
  }
}

function directoryOf(held: HeldState, users: readonly HeldUser[]): Directory {
  const teams = [...held.teams.values()];
  return {
    ...emptyDirectory,
    users: new Map(users.map((user) => [user.userName, directoryUser(user)])),
    groups: new Map(teams.map((team) => [team.displayName, groupOf(team, held)])),
    assignedUsers: new Set(users.filter(({ active }) => active).map(({ userName }) => userName)),
    pushedGroups: new Set(teams.map(({ displayName }) => displayName)),
  };
}

/** The id is the server's own: no `externalId` is expected of it. */
function directoryUser({ userName, scimId, active, attributes }: HeldUser): DirectoryUser {
  const profile = Object.entries(attributes).flatMap(([path, value]) => {
    const name = attributeNameOf(path);
    return name === undefined ? [] : [[documentedAttributes[name].okta.source, value] as const];
  });
  return {
    key: userName,
    objectId: scimId,
    isIdMadeUp: true,
    status: active ? "active" : "deactivated",
    profile: { ...Object.fromEntries(profile), login: userName },
  };
}

/** Groups within a group are left out: their members are members of their own group. */
function groupOf({ scimId, displayName, members }: HeldTeam, held: HeldState) {
  const names = [...members].flatMap((key) => held.users.get(key)?.userName ?? []);
  return { key: displayName, objectId: scimId, name: displayName, members: new Set(names) };
}

function settingsFor(shown: ReadonlySet<string>): OktaAppSettings {
  const mappings = Object.entries(documentedOktaSettings.mappings).filter(([name]) => {
    const known = attributeNames.find((one) => one === name);
    return known !== undefined && shown.has(documentedAttributes[known].path);
  });
  return {
    ...documentedOktaSettings,
    applicationUsername: "user.login",
    mappings: Object.fromEntries(mappings),
  };
}

function notShown(shown: ReadonlySet<string>, url: string): readonly NotEvaluated[] {
  return attributeNames.flatMap((name) => {
    const { path } = documentedAttributes[name];
    return shown.has(path) ? [] : [{ attribute: path, expression: path, why: `${url} shows it of nobody` }];
  });
}

function isSameUrl(one: string, other: string): boolean {
  const plain = (url: string): string => new URL(url).href.replace(/\/+$/, "");
  return plain(one) === plain(other);
}

function sameServer(url: string): AppError {
  return new AppError("usage", `The directory and the target are the same server: ${url}.`, {
    hint: "Compare it with another one.",
  });
}

function incomplete(url: string, what: string): AppError {
  return new AppError("source-incomplete", `${url} cannot be the directory: ${what}.`, {
    hint: "Nothing was compared and nothing was written.",
  });
}

function quoted(name: string): string {
  return JSON.stringify(name);
}
