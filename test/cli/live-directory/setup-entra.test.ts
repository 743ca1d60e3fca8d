/** `setup entra --check` against an emulated Microsoft Graph: each mistake is planted and found under its own name, and nothing else. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { documentedEntraSettings, type EntraAppSettings } from "../../../src/directory/entra-app-settings.ts";
import { readFixture } from "../../../src/fixture/read.ts";
import { startEmulatedGraph, type EmulatedGraph } from "../../support/emulated-graph.ts";
import { foundBySetup } from "../../support/found-by-setup.ts";
import { runCommand, type CommandResult } from "../../support/run-command.ts";

const company = readFixture(
  "company.yaml",
  `idp: entra
users:
  - { mail: ada@example.com, displayName: Ada Lovelace }
  - { mail: grace@example.com, displayName: Grace Hopper }
  - { userPrincipalName: svc-etl@corp.example.com, displayName: ETL service account }
groups:
  - { name: data, assign: true, members: [ada@example.com, grace@example.com] }
  - { name: interns, members: [grace@example.com] }
  - { name: outer, nested: [interns], members: [ada@example.com] }
`,
);

const permissions = [
  "Application.Read.All",
  "User.Read.All",
  "GroupMember.Read.All",
  "Synchronization.Read.All",
  "ProvisioningLog.Read.All",
];

let entra: EmulatedGraph;

beforeAll(async () => {
  const clients = [{ clientId: "reader", secret: "reader-secret", permissions }];
  entra = await startEmulatedGraph({
    directory: company.start,
    app: company.app,
    keep: true,
    graph: { clients },
  });
});
afterAll(() => entra.stop());

async function check(...words: readonly string[]): Promise<CommandResult> {
  const env = {
    AZURE_TENANT_ID: entra.tenantId,
    AZURE_CLIENT_ID: "reader",
    AZURE_CLIENT_SECRET: "reader-secret",
    ASTRO_SCIM_TOKEN: entra.astro.token,
  };
  const app = ["--entra-cloud", entra.emulator.url, "--entra-app", "Astro", "--url", entra.astro.url];
  return runCommand(["setup", "entra", "--check", ...app, ...words], { env });
}

async function found(...words: readonly string[]): Promise<readonly string[]> {
  return foundBySetup(await check("--json", ...words));
}

const { users, groups } = documentedEntraSettings;

describe("setup entra --check", () => {
  test("finds nothing in an app that was set up by the sheet, and says what it cannot read", async () => {
    expect(await found()).toEqual([]);
    const { status, stdout } = await check();
    expect(status).toBe(0);
    expect(stdout).toContain("  ✓ mail → userName\n");
    expect(stdout).toContain(
      "  ? Admin Credentials > Tenant URL  cannot be read: Microsoft Graph has no published way to read the Tenant URL; give --tenant-url to check it\n",
    );
  });

  test.each<readonly [name: string, settings: Partial<EntraAppSettings>, finds: readonly string[]]>([
    [
      "Update is off for users",
      { users: { ...users, actions: { ...users.actions, update: false } } },
      ["users-update off", "update-off"],
    ],
    [
      "Create is off for users",
      { users: { ...users, actions: { ...users.actions, create: false } } },
      ["users-create off"],
    ],
    [
      "Delete is off for users",
      { users: { ...users, actions: { ...users.actions, delete: false } } },
      ["users-delete off"],
    ],
    ["the mapping of users is disabled", { users: { ...users, enabled: false } }, ["users-enabled off"]],
    ["the mapping of groups is disabled", { groups: { ...groups, enabled: false } }, ["groups-enabled off"]],
    [
      "Update is off for groups",
      { groups: { ...groups, actions: { ...groups.actions, update: false } } },
      ["groups-update off"],
    ],
    [
      "Create is off for groups",
      { groups: { ...groups, actions: { ...groups.actions, create: false } } },
      ["groups-create off"],
    ],
    [
      "Delete is off for groups",
      { groups: { ...groups, actions: { ...groups.actions, delete: false } } },
      ["groups-delete off"],
    ],
    [
      "userName is the userPrincipalName",
      { users: { ...users, mappings: withSource("userName", "userPrincipalName") } },
      ["users-mapping-userName userPrincipalName, objects are matched by it", "mail-unlike-sso"],
    ],
    [
      "the literals of active are in lower case",
      {
        users: {
          ...users,
          mappings: withExpression("active", 'Switch([IsSoftDeleted], , "false", "true", "true", "false")'),
        },
      },
      ['users-mapping-active Switch([IsSoftDeleted], , "false", "true", "true", "false")'],
    ],
    [
      "displayName has a default value",
      {
        users: {
          ...users,
          mappings: users.mappings.map((one) =>
            one.target === "displayName" ? { ...one, defaultIfNull: "nobody" } : one,
          ),
        },
      },
      ['users-mapping-displayName displayName, default "nobody"'],
    ],
    [
      "displayName is not mapped",
      { users: { ...users, mappings: users.mappings.filter(({ target }) => target !== "displayName") } },
      ["users-mapping-displayName no mapping"],
    ],
    [
      "a default mapping of users was left",
      {
        users: {
          ...users,
          mappings: [
            ...users.mappings,
            { target: "title", source: { kind: "direct", attribute: "jobTitle" }, applies: "always" },
          ],
        },
      },
      ["users-other-mappings mapped", "mapping-extra"],
    ],
    [
      "externalId of groups was left",
      {
        groups: {
          ...groups,
          mappings: [
            ...groups.mappings,
            { target: "externalId", source: { kind: "direct", attribute: "objectId" }, applies: "always" },
          ],
        },
      },
      ["groups-other-mappings mapped", "mapping-extra"],
    ],
    [
      "a scoping filter keeps people away",
      {
        users: {
          ...users,
          scopingFilters: [{ clauses: [{ attribute: "department", operator: "IS NOT NULL" }] }],
        },
      },
      ["users-scope 1 scoping filter"],
    ],
    ["the app is of the gallery", { integration: "gallery" }, ["app catalog"]],
  ])("finds it where %s", async (_name, settings, finds) => {
    entra.company.changeApp((before) => (before.idp === "entra" ? { ...before, ...settings } : before));
    expect(await found("--integration", "manual")).toEqual(finds);
    entra.company.changeApp(() => company.app);
  });

  test.each([
    ["the flag is missing", "", ["scim-url", "flag-missing"]],
    ["the flag is misspelt", "?aadOptScim062020", ["scim-url", "flag-misspelt"]],
    ["the flag is in the path", "/aadOptscim062020", ["scim-url", "flag-in-path"]],
    ["the flag is encoded", "%3FaadOptscim062020", ["scim-url", "flag-encoded"]],
    ["the flag is there twice", "?aadOptscim062020&aadOptscim062020", ["scim-url", "flag-doubled"]],
    ["a slash is before the flag", "/?aadOptscim062020", ["scim-url", "slash-at-end"]],
    ["a resource is in the path", "/Users?aadOptscim062020", ["scim-url", "resource-in-path"]],
  ])("finds it where %s in the Tenant URL that was copied", async (_name, end, [, ...finds]) => {
    const [line, ...warnings] = await found("--tenant-url", entra.astro.url + end);
    expect(line).toBe(`tenant-url ${entra.astro.url}${end}`);
    expect(warnings).toEqual(finds);
  });

  test("takes the Tenant URL of the sheet as right", async () => {
    const { stdout, status } = await check("--tenant-url", `${entra.astro.url}?aadOptscim062020`);
    expect(status).toBe(0);
    expect(stdout).toContain("  ✓ Admin Credentials > Tenant URL\n");
  });

  test("finds users without mail and nested groups once they are assigned", async () => {
    entra.company.act({ kind: "assign-user", user: "svc-etl@corp.example.com" });
    expect(await found()).toEqual(["users-without-mail"]);
    entra.company.act({ kind: "unassign-user", user: "svc-etl@corp.example.com" });
    entra.company.act({ kind: "assign-group", group: "outer" });
    expect(await found()).toEqual(["nested-groups"]);
    entra.company.act({ kind: "unassign-group", group: "outer" });
  });

  test("finds a job that is paused", async () => {
    entra.company.pause();
    expect(await found()).toEqual(["job-state paused"]);
    entra.company.resume();
  });

  test("wants no mapping of groups where users alone are provisioned", async () => {
    expect(await found("--users-only")).toEqual(["groups-enabled on"]);
  });
});

function withSource(target: string, attribute: string): EntraAppSettings["users"]["mappings"] {
  return users.mappings.map((one) =>
    one.target === target ? { ...one, source: { kind: "direct", attribute } } : one,
  );
}

function withExpression(target: string, text: string): EntraAppSettings["users"]["mappings"] {
  return users.mappings.map((one) =>
    one.target === target ? { ...one, source: { kind: "expression", text } } : one,
  );
}
