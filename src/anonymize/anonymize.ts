/**
 * A company with everything personal replaced by inventions, and with the same structure: who is in which group, who shares a name or
 * a domain, what differs only in case, which values the mappings and filters mention.
 */

import type { AppSettings } from "../directory/app-settings.ts";
import type { Directory, DirectoryGroup, DirectoryUser, ProfileValue } from "../directory/directory.ts";
import { exampleOrganization, type Fixture } from "../fixture/fixture.ts";
import { objectIdOf } from "../fixture/build/object-id.ts";
import { attributeNames } from "./attribute-names.ts";
import { countryCodes } from "./country-codes.ts";
import { inventedApp, type Inventions } from "./invented-app.ts";
import { InventedTexts } from "./invented-texts.ts";
import { textsIn } from "./texts-in.ts";
import { foldCase } from "../ground/text/fold-case.ts";

/** The same for the same company and seed. */
export function anonymize(company: Fixture, seed: string): Fixture {
  const { app, start, protect, responsibleFor } = company;
  const real = textsIn(company);
  const texts = new InventedTexts(seed, {
    texts: real,
    domains: domainsIn(real),
    ids: idsIn(start, app.idp, seed),
  });
  const inventions = { idp: app.idp, texts, names: attributeNames(app.idp, texts), seed };
  return {
    file: "anonymized",
    shipped: false,
    organization: exampleOrganization,
    astro: { users: [], teams: [] },
    timeline: [],
    app: inventedApp(app, inventions),
    start: directoryOf(start, inventions),
    protect: protect.map((name) => texts.text(name)),
    ...(responsibleFor === undefined
      ? {}
      : {
          responsibleFor: responsibleFor.map(({ domains, teams }) => ({
            statedBy: "the directory",
            ...(domains === undefined
              ? {}
              : { domains: domains.map((one) => one.replace(/[^*.].*/, (name) => texts.domain(name))) }),
            ...(teams === undefined ? {} : { teams: teams.map((name) => texts.text(name)) }),
          })),
        }),
  };
}

/** What stands after an @ anywhere. */
function domainsIn(texts: readonly string[]): ReadonlySet<string> {
  const found = texts.flatMap((text) => [
    ...text.matchAll(/@([\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+)/gu),
  ]);
  return new Set(found.map(([, domain = ""]) => foldCase(domain)));
}

/** In the provider's form. */
function idsIn(
  { users, groups }: Directory,
  idp: AppSettings["idp"],
  seed: string,
): ReadonlyMap<string, string> {
  const origin = { idp, organization: seed };
  return new Map([
    ...[...users.values()].map(({ objectId }) => [objectId, objectIdOf("user", origin, objectId)] as const),
    ...[...groups.values()].map(({ objectId }) => [objectId, objectIdOf("group", origin, objectId)] as const),
  ]);
}

function directoryOf(directory: Directory, inventions: Inventions): Directory {
  const { texts } = inventions;
  const all = (keys: ReadonlySet<string>): ReadonlySet<string> =>
    new Set([...keys].map((key) => texts.text(key)));
  const users = [...directory.users.values()].map((user) => userOf(user, inventions));
  const groups = [...directory.groups.values()].map((group): DirectoryGroup => {
    const { key, name, teamName, objectId, members, nestedGroups } = group;
    return {
      ...group,
      key: texts.text(key),
      name: texts.text(name),
      ...(teamName === undefined ? {} : { teamName: texts.text(teamName) }),
      objectId: texts.id(objectId),
      members: all(members),
      ...(nestedGroups === undefined ? {} : { nestedGroups: all(nestedGroups) }),
    };
  });
  return {
    users: new Map(users.map((user) => [user.key, user])),
    groups: new Map(groups.map((group) => [group.key, group])),
    assignedUsers: all(directory.assignedUsers),
    assignedGroups: all(directory.assignedGroups),
    pushedGroups: all(directory.pushedGroups),
    ssoOnlyUsers: all(directory.ssoOnlyUsers),
  };
}

function userOf({ key, objectId, status, profile }: DirectoryUser, inventions: Inventions): DirectoryUser {
  const { texts, names } = inventions;
  const entries = Object.entries(profile).map(
    ([name, value]) => [names.source(name), valueOf(name, value, inventions)] as const,
  );
  return { key: texts.text(key), objectId: texts.id(objectId), status, profile: Object.fromEntries(entries) };
}

const countryAttributes: ReadonlySet<string> = new Set(["countryCode", "usageLocation", "country"]);

function valueOf(name: string, value: ProfileValue, { idp, texts }: Inventions): ProfileValue {
  // Entra ID has these two types, and both are of the schema.
  if (idp === "entra" && name === "userType") return value;
  if (typeof value === "string") {
    const isCode = countryAttributes.has(name) && /^[A-Z]{2}$/.test(value);
    return isCode ? texts.words.oneOf("country", countryCodes, value) : texts.text(value);
  }
  if (typeof value === "number") return Number(texts.inWords(String(value)));
  return value === null || typeof value === "boolean" ? value : value.map((one) => texts.text(one));
}
