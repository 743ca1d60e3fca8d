/** Each provider is a record; the rest of the sources ask it and never which provider it is. */

import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

import { documentedOktaSettings } from "../../src/directory/app-settings.ts";
import { documentedEntraSettings, gallerySettings } from "../../src/directory/entra-app-settings.ts";
import { simulatedClock } from "../../src/idp/run/clock.ts";
import { providerOf, providers } from "../../src/idp/providers.ts";
import { aDirectory, aGroup, aUser } from "../support/builders.ts";

const ada = "ada@example.com";
const company = aDirectory({
  users: [aUser(ada)],
  groups: [aGroup("pushed", [ada]), aGroup("assigned", [ada])],
  pushedGroups: ["pushed"],
  assignedGroups: ["assigned"],
});

const world = {
  send: async () => {
    throw new TypeError("nothing is sent before the service is driven");
  },
  clock: simulatedClock(new Date("2026-09-01T08:00:00Z")),
  signal: new AbortController().signal,
  report: () => {},
  randomText: (length: number) => "x".repeat(length),
  randomGuid: () => "7d420df3-9995-4831-a406-ecf8166f5f6a",
  random: () => 0.5,
};

describe.each([documentedOktaSettings, documentedEntraSettings])("the record of $idp", (settings) => {
  const { id, words } = providers[settings.idp];
  const provider = providerOf(settings);

  test("is found by the settings' own id", () => {
    expect(id).toBe(settings.idp);
  });

  test("has a word for everything that every provider has", () => {
    const { missingMembers: _, groups, inConsole, findings, ...others } = words;
    const ofFindings = Object.values(findings).flatMap(({ title, what, how = what }) => [title, what, how]);
    for (const text of [...Object.values({ ...others, ...groups, ...inConsole }), ...ofFindings]) {
      expect(text).toMatch(/\S/);
    }
    expect(provider.description).toMatch(/\S/);
  });

  test("has account rules by which its marked groups become Teams", () => {
    expect(provider.accountRules(company).teams.map(({ group }) => group.key)).toEqual([
      ...provider.markedGroups(company),
    ]);
  });

  test("has an example of an answer that it takes itself", () => {
    const [name = "", value = ""] = provider.fidelityExample.split("=");
    const { fidelity } = provider.withFidelity({ [name]: value });
    expect({ ...fidelity }).toMatchObject({ [name]: Number(value) });
    expect({ ...settings.fidelity }).not.toMatchObject({ [name]: Number(value) });
  });

  test("keeps its settings where nothing overrides them, or another provider's integration does", () => {
    const others = { okta: "gallery", entra: "manual" };
    expect(provider.overridden({})).toEqual(settings);
    expect(provider.overridden({ integration: others[settings.idp] })).toEqual(settings);
  });

  test("opens a service that remembers what the snapshot of another one says", async () => {
    const empty = await provider.remembered(undefined);
    expect({ linked: empty.linkedUsers(), ...empty.links() }).toEqual({
      linked: [],
      accounts: [],
      teams: new Map(),
      stopped: { users: new Map(), groups: new Map() },
    });
    const snapshot = empty.open(world, { retryTasks: false }).snapshot();
    const again = (await provider.remembered(snapshot)).open(world, { retryTasks: false });
    expect(again.snapshot()).toEqual(snapshot);
    expect(again.openTasks()).toEqual([]);
  });
});

describe("what only one provider has", () => {
  const entra = providerOf(documentedEntraSettings);
  const okta = providerOf(documentedOktaSettings);

  test("push states are Okta's", async () => {
    const opened = async (provider: typeof okta) =>
      (await provider.remembered(undefined)).open(world, { retryTasks: false });
    expect((await opened(okta)).pushStates?.()).toEqual([]);
    expect((await opened(entra)).pushStates).toBeUndefined();
  });

  test("everybody is provisioned with Entra's scope of all", () => {
    const all = providerOf({ ...documentedEntraSettings, scope: "all" });
    expect([all, entra, okta].map(({ provisionsEverybody }) => provisionsEverybody)).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("the target's URL says whether Entra's flag is there, but for the gallery's app", () => {
    const tenantUrl = "https://astro.test/scim/v2/org";
    const flagged = `${tenantUrl}?aadOptscim062020`;
    expect(entra.overridden({ tenantUrl })).toMatchObject({ flag: false });
    expect(entra.overridden({ tenantUrl: flagged })).toMatchObject({ flag: true });
    const gallery = { ...documentedEntraSettings, integration: "gallery", flag: false };
    expect(entra.overridden({ tenantUrl: flagged, integration: "gallery" })).toEqual(gallery);
    expect(providerOf(gallerySettings).description).toBe("gallery app");
  });
});

const sources = fileURLToPath(new URL("../../src/", import.meta.url));

/** A provider's id as a value, or as the name of what is only its own. */
const idOfProvider = /["'](?:okta|entra)["']|\b(?:okta|entra)\s*:/;

/** Folders and files, with what a provider's id is there for. */
const mayName: Readonly<Record<string, string>> = {
  "idp/okta/": "Okta's own folder",
  "idp/entra/": "Entra's own folder",
  "fidelity/": "the tables of what is uncertain about each",
  "fixture/": "the form of each provider's fixture",
  "astro/attributes.ts": "from which attribute of each provider an attribute of Astro comes",
  "astro/behaviour/": "what each provider makes of an answer, for the documentation",
  "idp/providers.ts": "the table of the records",
  "directory/app-settings.ts": "the tag of Okta's settings",
  "directory/entra-app-settings.ts": "the tag of Entra's settings",
  "emulators/company/provider-ids.ts": "the form of each provider's ids",
  "emulators/company/provisioning.ts": "the memory of each provider, as its emulator shows it",
  "emulators/graph/": "Microsoft Graph, which is Entra ID's management API",
  "emulators/okta/": "Okta's management API",
  "sources/okta/": "a live Okta",
  "sources/entra/": "a live Entra ID",
  "preflight/forecast.ts": "what each provider documents of the time that a first run takes",
  "preflight/run-findings.ts": "the guard against deletions that only Entra ID has",
  "sources/tables/": "the exports of each provider's console",
  "anonymize/": "where each provider's settings have words of the company",
  "assembly/sources/": "the sources by name, and the credentials of each management API",
  "target/directory/": "the options and variables that name each provider's management API",
  "target/profile/parse-profiles.ts": "the same in a profile",
  "check/context.ts": "the providers that have an app to check",
  "check/app/": "what only one of the providers has: Okta's push groups, Entra's job, flag and mappings",
  "report/check/report.ts": "the provider of a report",
  "cli/check/": "the live providers by name",
  "cli/source/": "the live sources by name",
  "cli/flags/directory-options.ts": "the options of each live source",
  "cli/flags/via-options.ts": "the help of each way names its provider",
  "cli/repair/choose-way.ts":
    "only Okta assigns through groups that may be changed, and only Entra ID has a job to restart",
  "cli/repair/provider-of-plan.ts": "how each provider is reached again, from what a plan keeps of it",
  "drift/plan/left-out/without-link.ts": "a plan that was saved from a live Okta says so",
  "drift/plan/operations/provider-operation.ts": "the ids of the providers that carry out operations",
  "drift/plan/operations/provider-summaries.ts": "what operations through each provider are called",
  "repair/via/okta/": "repairs through Okta",
  "repair/via/entra/": "repairs through Entra ID",
  "cli/with-provider/": "the emulators, by name",
  "cli/actions/simulate.ts": "simulate okta plays an Okta, whatever the directory is read from",
  "cli/commands/serve.ts": "the help lists the ids, and loads nothing",
  "cli/commands/simulate.ts": "each provider has a command and a help of its own",
  "cli/commands/trigger.ts": "each provider has a command and a help of its own",
  "cli/trigger/events.ts": "the events of each provider, in a table",
  "cli/trigger/event-fixture.ts": "what each event is in a fixture of each provider",
  "cli/trigger/event-options.ts": "attributes by the names of each provider",
  "cli/trigger/known-profile.ts": "attributes by the names of each provider, and what only Okta replaces",
  "setup/": "the sheet of each provider's console",
  "cli/setup/": "the questions and options of each provider's sheet",
  "cli/commands/repair/resync.ts": "an option that only one provider needs",
  "cli/commands/setup.ts": "each provider has a command and a help of its own",
  "cli/completion/values.ts": "the live sources by name",
  "target/profile/profile.ts": "the provider that a profile sets up",
  "cli/why/read-sides.ts": "how the app of each is set up, where the directory cannot be read",
  "cli/commands/fixture.ts": "the help lists the ids, and loads nothing",
  "cli/actions/fixture/fixture-new.ts": "the questions that are asked of each provider, in a table",
};

test("no file outside a provider's own folders names one, but for a few with a reason", () => {
  const files = readdirSync(sources, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .filter((name) => idOfProvider.test(code(readFileSync(join(sources, name), "utf8"))))
    .map((name) => name.split(sep).join("/"));
  const places = files.map((name) => Object.keys(mayName).find((place) => name.startsWith(place)) ?? name);
  expect([...new Set(places)].toSorted()).toEqual(Object.keys(mayName).toSorted());
});

/** Without comments, in which a provider may be named. */
function code(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
}
