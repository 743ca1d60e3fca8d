/** A preflight of a live Okta or Entra ID before the day, with an Astro in which SCIM is not on yet: both emulated, over HTTP. */

import { describe, expect, onTestFinished, test } from "vitest";
import type { AppSettings } from "../../../src/directory/app-settings.ts";
import type { EntraAppSettings } from "../../../src/directory/entra-app-settings.ts";
import type { Directory } from "../../../src/directory/directory.ts";
import { readFixture } from "../../../src/fixture/read.ts";
import { startServer } from "../../../src/server/start.ts";
import { startEmulatedGraph } from "../../support/emulated-graph.ts";
import { oktaToken, startEmulatedOkta } from "../../support/emulated-okta.ts";
import {
  preflightCompany,
  preflighted,
  type Planted,
  type Preflighted,
} from "../../support/preflight-company.ts";
import { followNext, recommendedIn } from "../../support/follow-next.ts";
import { runCommand } from "../../support/run-command.ts";
import { tempFolder } from "../../support/temp-folder.ts";

interface LiveCase extends Planted {
  /** What is different in the directory, where a fixture cannot say it. */
  readonly directory?: (directory: Directory) => Directory;
  /** What the console changes after that. */
  readonly console?: (app: AppSettings) => AppSettings;
  /** The provider has provisioned the Astro that is looked at. */
  readonly isSameAstro?: true;
  readonly found: readonly string[];
  readonly status: 0 | 1 | 3;
}

const assumed = {
  okta: [
    "setting-assumed Rename app groups to match group name in Okta",
    "setting-assumed Push group memberships immediately",
  ],
  entra: [
    "setting-assumed Settings > Scope",
    "setting-assumed SkipOutOfScopeDeletions",
    "setting-assumed aadOptscim062020 in the Tenant URL",
    "setting-assumed the claim by which Astro knows a person at single sign-on",
  ],
};

/** Planted in the provider, whose own provisioning goes to another Astro than the one that is looked at. */
async function livePreflight({
  directory = (same) => same,
  console,
  ...planted
}: LiveCase): Promise<Preflighted> {
  const { idp = "okta" } = planted;
  const fixture = readFixture("company.yaml", preflightCompany(planted));
  const company = { directory: directory(fixture.start), app: fixture.app };
  // A live provider says nothing of whom nobody wants to be warned.
  const users = fixture.astro.users.filter(({ userName }) => userName !== "root@example.com");
  const server = await startServer({ seed: { ...fixture.astro, users } });
  onTestFinished(() => server.close());
  const from = idp === "okta" ? await okta(company, console) : await entra(company, console);
  const target = planted.isSameAstro === true ? from.astro : server;
  const words = [
    "preflight",
    "--from",
    idp,
    ...from.words,
    "--url",
    target.url,
    "--token",
    target.token,
    "--json",
  ];
  const result = await runCommand(
    [...words, "--just-in-time", "off", "--verified-domain", "example.com", ...(planted.flags ?? [])],
    { env: from.env },
  );
  return preflighted(result);
}

interface Company {
  readonly directory: Directory;
  readonly app: AppSettings;
}

async function okta(company: Company, console: LiveCase["console"]) {
  const emulated = await startEmulatedOkta(company);
  await emulated.company.settled();
  if (console !== undefined) emulated.company.changeApp(console);
  return {
    astro: emulated.astro,
    words: ["--okta-url", emulated.okta.url, "--okta-app", "Astro"],
    env: { OKTA_CLIENT_TOKEN: oktaToken },
  };
}

async function entra(company: Company, console: LiveCase["console"]) {
  const permissions = [
    "Application.Read.All",
    "User.Read.All",
    "GroupMember.Read.All",
    "Synchronization.Read.All",
    "ProvisioningLog.Read.All",
  ];
  const clients = [{ clientId: "reader", secret: "reader-secret", permissions }];
  const emulated = await startEmulatedGraph({ ...company, graph: { clients } });
  if (console !== undefined) {
    emulated.company.pause();
    emulated.company.changeApp(console);
  }
  return {
    astro: emulated.astro,
    words: ["--entra-cloud", emulated.emulator.url, "--entra-app", "Astro"],
    env: {
      AZURE_TENANT_ID: emulated.tenantId,
      AZURE_CLIENT_ID: "reader",
      AZURE_CLIENT_SECRET: "reader-secret",
    },
  };
}

/** A group under another name than a fixture could give it. */
function renamed(directory: Directory, key: string, name: string): Directory {
  const group = directory.groups.get(key);
  if (group === undefined) throw new Error(`no group ${key}`);
  return { ...directory, groups: new Map([...directory.groups, [key, { ...group, name }]]) };
}

function withMapping(app: EntraAppSettings, target: string, text: string): EntraAppSettings {
  const mappings = app.users.mappings.map((mapping) =>
    mapping.target === target ? { ...mapping, source: { kind: "expression", text } as const } : mapping,
  );
  return { ...app, users: { ...app.users, mappings } };
}

const cases: Readonly<Record<string, LiveCase>> = {
  "nothing in Okta but what it does not show": { found: [], status: 0 },
  "nothing in Entra ID but what it does not show": { idp: "entra", found: [], status: 0 },
  "who was assigned in Okta before Provisioning was on": {
    users: ["{ email: eve@example.com, firstName: Eve, lastName: E, assignment: sso-only }"],
    accounts: ["{ email: eve@example.com, displayName: Eve E }"],
    found: ["assigned-before-provisioning eve@example.com"],
    status: 1,
  },
  "groups of Entra ID with one name": {
    idp: "entra",
    groups: ["{ name: other, assign: true, members: [ada@example.com] }"],
    directory: (directory) => renamed(directory, "other", "DATA"),
    found: ["groups-share-name data"],
    status: 1,
  },
  "a group of Okta that meets a Team in another case": {
    directory: (directory) => renamed(directory, "data", "Data"),
    teams: ["{ name: dATA }"],
    found: ["team-linked dATA"],
    status: 0,
  },
  "a user of Entra ID without mail": {
    idp: "entra",
    users: ["{ userPrincipalName: eve@example.com, displayName: Eve }"],
    groups: ["{ name: more, assign: true, members: [eve@example.com] }"],
    found: ["user-without-mail eve@example.com"],
    status: 1,
  },
  "a setting of Okta that is off": {
    console: (app) => (app.idp === "okta" ? { ...app, deactivateUsers: false } : app),
    found: ["provider-finding"],
    status: 1,
  },
  "an Astro that Okta has provisioned already": {
    isSameAstro: true,
    found: [
      "already-provisioned",
      "team-linked data",
      "account-linked ada@example.com",
      "account-linked bob@example.com",
      "scim-already-enabled",
    ],
    status: 1,
  },
  "a mapping of Entra ID that cannot be evaluated": {
    idp: "entra",
    console: (app) => (app.idp === "entra" ? withMapping(app, "active", "Nothing([IsSoftDeleted])") : app),
    found: ["mapping-not-evaluated active"],
    status: 3,
  },
  "a mapping of Entra ID that is left out": {
    idp: "entra",
    console: (app) => (app.idp === "entra" ? withMapping(app, "displayName", "Nothing([displayName])") : app),
    found: ["mapping-left-out displayName"],
    status: 0,
  },
};

describe("a preflight finds", () => {
  test.each(Object.entries(cases))("%s", async (_name, { found, status, ...planted }) => {
    const result = await livePreflight({ ...planted, found, status });
    const { idp = "okta" } = planted;
    expect({ found: result.found.toSorted(), status: result.status }).toEqual({
      found: [...found, ...assumed[idp]].toSorted(),
      status,
    });
  });
});

/** Of a profile that names both: what preflight recommends can be pasted. */
test.each([
  { day: "before the day", isSameAstro: false, next: /^astro-scim simulate okta --from okta --okta-url / },
  { day: "after it", isSameAstro: true, next: /^astro-scim diff --from okta --profile local$/ },
])("recommends, with a profile, what can be pasted $day", async ({ isSameAstro, next }) => {
  const fixture = readFixture("company.yaml", preflightCompany());
  const { astro, words, env } = await okta({ directory: fixture.start, app: fixture.app }, undefined);
  const other = await startServer({ seed: fixture.astro });
  onTestFinished(() => other.close());
  const { url, token } = isSameAstro ? astro : other;
  const profile = `{ url: "${url}", directory: { okta: { url: "${words[1]}", app: Astro } } }`;
  const cwd = await tempFolder({ "astro-scim.yaml": `profiles:\n  local: ${profile}\n` });
  const world = { cwd, env: { ...env, ASTRO_SCIM_TOKEN: token } };
  const { stdout } = await runCommand(["preflight", "--profile", "local"], world);
  expect(recommendedIn(stdout).next).toMatch(next);
  expect((await followNext(stdout, world)).status).toBe(0);
});
