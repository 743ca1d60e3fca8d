/** The app of an emulated Okta and Entra ID: each trouble is planted by itself, and found under its own name. */

import { describe, expect, test } from "vitest";
import type { EntraAppSettings } from "../../src/directory/entra-app-settings.ts";
import type { OktaAppSettings } from "../../src/directory/app-settings.ts";
import { readFixture } from "../../src/fixture/read.ts";
import { startEmulatedGraph, type EmulatedGraph } from "../support/emulated-graph.ts";
import { oktaToken, startEmulatedOkta, type EmulatedOkta } from "../support/emulated-okta.ts";
import { fakeIo } from "../support/fake-io.ts";
import { checkShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { scimClient } from "../support/scim-client.ts";
import { tempFolder } from "../support/temp-folder.ts";

interface Found {
  readonly status: number;
  /** Failures and warnings, by id. */
  readonly found: Readonly<Record<string, string>>;
  readonly details: Readonly<Record<string, string>>;
}

async function found(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd = process.cwd(),
): Promise<Found> {
  const io = fakeIo({ now: new Date(), cwd, env });
  const { status, stdout, stderr } = await runCommand(["check", "--json", ...words], { io });
  if (stdout === "") throw new Error(stderr);
  const { checks } = checkShape.parse(JSON.parse(stdout));
  return {
    status,
    found: Object.fromEntries(
      checks
        .filter(({ result }) => result === "fail" || result === "warning")
        .map(({ id, result }) => [id, result]),
    ),
    details: Object.fromEntries(checks.map(({ id, detail }) => [id, detail])),
  };
}

const oktaCompany = readFixture(
  "company.yaml",
  `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace }
  - { email: grace@example.com, firstName: Grace, lastName: Hopper }
groups:
  - { name: data-platform, members: [ada@example.com, grace@example.com], push: true }
`,
);

async function inOkta(plant: (okta: EmulatedOkta) => Promise<void> | void): Promise<Found> {
  const okta = await startEmulatedOkta({ directory: oktaCompany.start, app: oktaCompany.app });
  await okta.company.settled();
  await plant(okta);
  await okta.company.settled();
  const env = { OKTA_CLIENT_TOKEN: oktaToken, ASTRO_SCIM_TOKEN: okta.astro.token };
  const source = ["--from", "okta", "--okta-url", okta.okta.url, "--okta-app", "Astro"];
  return found([...source, "--url", okta.astro.url], env);
}

function changed(okta: EmulatedOkta, settings: Partial<OktaAppSettings>): void {
  okta.company.changeApp((app) => (app.idp === "okta" ? { ...app, ...settings } : app), "eve@example.com");
}

describe("check --from okta", () => {
  test("finds nothing where nothing is planted", async () => {
    const result = await inOkta(() => {});
    expect(result).toMatchObject({ status: 0, found: {} });
    expect(result.details).toMatchObject({
      "entra-flag": "only Entra ID needs it",
      "provisioning-job": "Okta has no provisioning job",
    });
  });

  test("says which setting was unticked, by whom and when", async () => {
    const { status, found: all, details } = await inOkta((okta) => changed(okta, { deactivateUsers: false }));
    expect({ status, all }).toEqual({ status: 1, all: { "app-toggles": "fail" } });
    expect(details["app-toggles"]).toMatch(
      /^Deactivate Users is off since .* UTC \(by eve@example\.com\): Users who lose the app keep an active account in Astro$/,
    );
  });

  test("says which mapping is not the documented one", async () => {
    const { displayName: _displayName, ...mappings } = oktaMappings();
    const missing = await inOkta((okta) => changed(okta, { mappings }));
    expect(missing.found).toEqual({ "app-mappings": "fail" });
    expect(missing.details["app-mappings"]).toBe("displayName is not mapped");
    const other = await inOkta((okta) => changed(okta, { applicationUsername: "user.login" }));
    expect(other.found).toEqual({ "app-mappings": "warning" });
  });

  test("names the error and the time of a push that failed", async () => {
    const {
      status,
      found: all,
      details,
    } = await inOkta(async (okta) => {
      const astro = scimClient(okta.astro);
      const { body } = await astro.get(
        `/Groups?filter=${encodeURIComponent('displayName eq "data-platform"')}`,
      );
      await astro.delete(`/Groups/${body.Resources[0].id}`);
      okta.company.act({ kind: "remove-member", user: "grace@example.com", group: "data-platform" });
    });
    expect({ status, all }).toEqual({ status: 1, all: { "push-mappings": "fail" } });
    expect(details["push-mappings"]).toMatch(/^data-platform: .+ \(last push .* UTC\)$/);
  });

  test("tells an error that stands from one that is stale", async () => {
    const break_ = (okta: EmulatedOkta): void => {
      okta.astro.faults.set([{ method: "PUT", path: "/Users", status: 500 }]);
      okta.company.act({ kind: "update-user", user: "ada@example.com", profile: { lastName: "King" } });
    };
    const standing = await inOkta(async (okta) => {
      break_(okta);
      await okta.company.settled();
      okta.astro.faults.clear();
    });
    expect(standing).toMatchObject({ status: 1, found: { "app-errors": "fail" } });
    expect(standing.found).not.toHaveProperty("stale-errors");
    expect(standing.details["app-errors"]).toMatch(/^ada@example\.com: ERROR since .* UTC/);
    const stale = await inOkta(async (okta) => {
      break_(okta);
      await okta.company.settled();
      okta.astro.faults.clear();
      const astro = scimClient(okta.astro);
      const { body } = await astro.get(
        `/Users?filter=${encodeURIComponent('userName eq "ada@example.com"')}`,
      );
      await astro.patch(`/Users/${body.Resources[0].id}`, {
        op: "replace",
        path: "name.familyName",
        value: "King",
      });
    });
    expect(stale).toMatchObject({ status: 1, found: { "stale-errors": "fail" } });
    expect(stale.found).not.toHaveProperty("app-errors");
  });

  test("a push that failed is stale once the Team has the members that it should have", async () => {
    const { found: all, details } = await inOkta(async (okta) => {
      okta.astro.faults.set([{ path: "/Groups", status: 500 }]);
      okta.company.act({ kind: "remove-member", user: "grace@example.com", group: "data-platform" });
      await okta.company.settled();
      okta.astro.faults.clear();
      const astro = scimClient(okta.astro);
      const named = async (endpoint: string, filter: string): Promise<string> =>
        (await astro.get(`/${endpoint}?filter=${encodeURIComponent(filter)}`)).body.Resources[0].id;
      const grace = await named("Users", 'userName eq "grace@example.com"');
      await astro.patch(`/Groups/${await named("Groups", 'displayName eq "data-platform"')}`, {
        op: "remove",
        path: `members[value eq "${grace}"]`,
      });
    });
    expect(all).toEqual({ "stale-errors": "fail" });
    expect(details["stale-errors"]).toContain("data-platform: ");
  });

  test("names the app of another server, and an app that cannot be read", async () => {
    const okta = await startEmulatedOkta({ directory: oktaCompany.start, app: oktaCompany.app });
    await okta.company.settled();
    const other = await startEmulatedOkta({ directory: oktaCompany.start, app: oktaCompany.app });
    const env = { OKTA_CLIENT_TOKEN: oktaToken, ASTRO_SCIM_TOKEN: other.astro.token };
    const source = ["--from", "okta", "--okta-url", okta.okta.url, "--url", other.astro.url];
    const elsewhere = await found([...source, "--okta-app", "Astro"], env);
    expect(elsewhere.found).toHaveProperty("app-target", "fail");
    const missing = await found([...source, "--okta-app", "Nobody's app"], env);
    expect(missing).toMatchObject({ status: 1, found: { "app-read": "fail" } });
  });
});

const withDisplayName: EntraAppSettings["users"]["scopingFilters"][number] = {
  clauses: [{ attribute: "displayName", operator: "IS NOT NULL" }],
};

function oktaMappings(): OktaAppSettings["mappings"] {
  if (oktaCompany.app.idp !== "okta") throw new TypeError("not Okta's");
  return oktaCompany.app.mappings;
}

const entraCompany = readFixture(
  "company.yaml",
  `idp: entra
users:
  - { mail: ada@example.com, displayName: Ada Lovelace }
  - { mail: grace@example.com, displayName: Grace Hopper }
groups:
  - { name: data, assign: true, members: [ada@example.com, grace@example.com] }
`,
);

async function inEntra(
  plant: (entra: EmulatedGraph) => Promise<void> | void,
  { flag = true, isSaved = false, app = entraCompany.app as EntraAppSettings } = {},
): Promise<Found> {
  const entra = await startEmulatedGraph({
    directory: entraCompany.start,
    app,
    graph: {
      clients: [
        {
          clientId: "reader",
          secret: "reader-secret",
          permissions: [
            "Application.Read.All",
            "User.Read.All",
            "GroupMember.Read.All",
            "Synchronization.Read.All",
            "ProvisioningLog.Read.All",
          ],
        },
      ],
    },
  });
  await plant(entra);
  await entra.company.settled();
  const env = {
    AZURE_TENANT_ID: entra.tenantId,
    AZURE_CLIENT_ID: "reader",
    AZURE_CLIENT_SECRET: "reader-secret",
    ASTRO_SCIM_TOKEN: entra.astro.token,
  };
  const source = ["--from", "entra", "--entra-cloud", entra.emulator.url, "--entra-app", "Astro"];
  const url = flag ? entra.astro.tenantUrl : entra.astro.url;
  if (!isSaved) return found([...source, "--url", url], env);
  const cwd = await tempFolder({});
  const saving = ["setup", "entra", "--yes", ...source, "--url", url, "--save-profile", "saved"];
  expect(await runCommand(saving, { cwd, env })).toMatchObject({ status: 0 });
  return found(["--profile", "saved"], env, cwd);
}

describe("check --from entra", () => {
  test("finds nothing where nothing is planted", async () => {
    const result = await inEntra(() => {});
    expect(result).toMatchObject({ status: 0, found: {} });
    expect(result.details["app-target"]).toContain("no published way to read the Tenant URL");
  });

  test("misses the flag in the Tenant URL", async () => {
    expect(await inEntra(() => {}, { flag: false })).toMatchObject({
      status: 1,
      found: { "entra-flag": "fail" },
    });
  });

  test("does not know the Tenant URL of a profile that setup saved", async () => {
    const { status, found: all, details } = await inEntra(() => {}, { flag: false, isSaved: true });
    expect({ status, all }).toEqual({ status: 0, all: {} });
    expect(details["entra-flag"]).toMatch(
      /^the Tenant URL in Entra ID is not known here; give it with --url/,
    );
  });

  test("finds a job that does not run", async () => {
    const { found: all, details } = await inEntra((entra) => entra.company.pause());
    expect(all).toEqual({ "provisioning-job": "fail" });
    expect(details["provisioning-job"]).toMatch(/^the job does not run: Paused/);
  });

  test("finds a job in quarantine, with its next attempt", async () => {
    const { found: all, details } = await inEntra(async (entra) => {
      entra.astro.faults.set([{ path: "/Users", status: 401 }]);
      entra.company.runCycle();
      await entra.company.settled();
      entra.astro.faults.clear();
    });
    expect(all).toHaveProperty("provisioning-job", "fail");
    expect(details["provisioning-job"]).toMatch(/^in quarantine since .* UTC: .+; next attempt .* UTC$/);
  });

  test("finds Update that is switched off", async () => {
    const { found: all, details } = await inEntra((entra) =>
      entra.company.changeApp((app) =>
        app.idp === "entra"
          ? { ...app, users: { ...app.users, actions: { ...app.users.actions, update: false } } }
          : app,
      ),
    );
    expect(all).toEqual({ "app-toggles": "fail" });
    expect(details["app-toggles"]).toContain("Target Object Actions > Update is off");
  });

  test("finds mappings that are left over, and an active that is not the documented one", async () => {
    const withRows = (
      change: (rows: EntraAppSettings["users"]["mappings"]) => EntraAppSettings["users"]["mappings"],
    ) =>
      inEntra((entra) =>
        entra.company.changeApp((app) =>
          app.idp === "entra"
            ? { ...app, users: { ...app.users, mappings: change(app.users.mappings) } }
            : app,
        ),
      );
    const extra = await withRows((rows) => [
      ...rows,
      { target: "name.givenName", source: { kind: "direct", attribute: "givenName" }, applies: "always" },
    ]);
    expect(extra.found).toEqual({ "app-mappings": "warning" });
    const lowerCase = await withRows((rows) =>
      rows.map((row) =>
        row.target === "active"
          ? {
              ...row,
              source: {
                kind: "expression",
                text: 'Switch([IsSoftDeleted], , "False", "true", "True", "false")',
              },
            }
          : row,
      ),
    );
    expect(lowerCase.found).toEqual({ "app-mappings": "fail" });
    const onceOnly = await withRows((rows) =>
      rows.map((row) => (row.target === "active" ? { ...row, applies: "only-during-creation" } : row)),
    );
    expect(onceOnly.found).toEqual({ "app-mappings": "fail" });
    const matchedByName = await withRows((rows) =>
      rows.map(({ matching: _matching, ...row }) =>
        row.target === "displayName" ? { ...row, matching: 1 } : row,
      ),
    );
    expect(matchedByName.found).toEqual({ "app-mappings": "fail" });
  });

  test("finds a scoping filter", async () => {
    const { found: all, details } = await inEntra((entra) =>
      entra.company.changeApp((app) =>
        app.idp === "entra" ? { ...app, users: { ...app.users, scopingFilters: [withDisplayName] } } : app,
      ),
    );
    expect(all).toEqual({ "app-mappings": "warning" });
    expect(details["app-mappings"]).toContain("1 scoping filter of users");
  });

  test("finds a user in escrow", async () => {
    const { found: all, details } = await inEntra(async (entra) => {
      entra.astro.faults.set([{ method: "PATCH", path: "/Users", status: 500 }]);
      entra.company.act({
        kind: "update-user",
        user: "ada@example.com",
        profile: { displayName: "Ada King" },
      });
      entra.company.runCycle();
      await entra.company.settled();
      entra.astro.faults.clear();
    });
    expect(all).toEqual({ "app-errors": "fail" });
    expect(details["app-errors"]).toMatch(/^ada@example\.com: /);
  });
});
