/** `setup okta --check` against an emulated Okta: each mistake is planted and found under its own name, and nothing else. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OktaAppSettings } from "../../../src/directory/app-settings.ts";
import type { DirectoryAction } from "../../../src/directory/action.ts";
import { oktaSwitches, type OktaSwitches } from "../../../src/emulators/okta/switches.ts";
import { readFixture } from "../../../src/fixture/read.ts";
import { oktaToken, startEmulatedOkta, type EmulatedOkta } from "../../support/emulated-okta.ts";
import { setupCheckShape } from "../../support/json-shapes.ts";
import { runCommand, type CommandResult } from "../../support/run-command.ts";
import { foundBySetup } from "../../support/found-by-setup.ts";

const company = readFixture(
  "company.yaml",
  `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace, profile: { secondEmail: ada@home.example } }
  - { email: grace@example.com, firstName: Grace, lastName: Hopper, profile: { secondEmail: grace@home.example } }
groups:
  - { name: astro-users, members: [ada@example.com, grace@example.com], assign: true }
  - { name: data-platform, members: [ada@example.com], push: true }
`,
);

let okta: EmulatedOkta;

beforeAll(async () => {
  okta = await startEmulatedOkta({ directory: company.start, app: company.app, keep: true });
  await okta.company.settled();
});
afterAll(() => okta.stop());

async function check(...words: readonly string[]): Promise<CommandResult> {
  const env = { OKTA_CLIENT_TOKEN: oktaToken, ASTRO_SCIM_TOKEN: okta.astro.token };
  const app = ["--okta-url", okta.okta.url, "--okta-app", "Astro", "--url", okta.astro.url];
  return runCommand(["setup", "okta", "--check", ...app, ...words], { env });
}

async function found(...words: readonly string[]): Promise<readonly string[]> {
  return foundBySetup(await check("--json", ...words));
}

describe("setup okta --check", () => {
  test("finds nothing in an app that was set up by the sheet, and says what it cannot read", async () => {
    expect(await found()).toEqual([]);
    const { status, stdout } = await check();
    expect(status).toBe(0);
    expect(stdout).toContain("  ✓ SCIM connector base URL\n");
    expect(stdout).toContain(
      "  ? Unique identifier field for users  cannot be read: Okta's API does not show it\n",
    );
    expect(stdout).toMatch(
      /\n\d+ lines right, none different\. \d+ lines cannot be read: compare with the console\.\n$/,
    );
  });

  test.each<readonly [name: string, settings: Partial<OktaAppSettings>, finds: readonly string[]]>([
    ["Create Users is off", { createUsers: false }, ["create-users off"]],
    ["Update User Attributes is off", { updateUserAttributes: false }, ["update-user-attributes off"]],
    ["Deactivate Users is off", { deactivateUsers: false }, ["deactivate-users off", "update-off"]],
    ["Import is on", { importGroups: true }, ["import-users on"]],
    [
      "the format is the Okta username",
      { applicationUsername: "user.login" },
      ["username-format Okta username (user.login)", "mail-unlike-sso"],
    ],
    [
      "an attribute is mapped that the sheet does not have",
      { mappings: { ...mappingsOf(), title: "user.title" } },
      ["other-mappings mapped", "mapping-extra"],
    ],
    [
      "an attribute is mapped from another one",
      { mappings: { ...mappingsOf(), displayName: "user.nickName" } },
      ["mapping-displayName user.nickName"],
    ],
    [
      "an attribute is mapped from one that differs by case",
      { mappings: { ...mappingsOf(), displayName: "user.displayname" } },
      ["mapping-displayName user.displayname"],
    ],
    [
      "an attribute is not mapped",
      { mappings: { ...mappingsOf(), givenName: "" } },
      ["mapping-givenName no mapping"],
    ],
    ["the app is of the catalog", { integration: "catalog" }, ["app catalog"]],
  ])("finds it where %s", async (_name, settings, finds) => {
    const { app } = company;
    okta.company.changeApp((before) => (before.idp === "okta" ? { ...before, ...settings } : before));
    expect(await found("--integration", "manual")).toEqual(finds);
    okta.company.changeApp(() => app);
  });

  test.each<
    readonly [name: string, switches: (url: string) => Partial<OktaSwitches>, finds: readonly string[]]
  >([
    ["Push Groups is off", () => ({ groupPush: false }), ["push-groups off"]],
    ["Sync Password is on", () => ({ syncPassword: true }), ["sync-password on"]],
    [
      "an attribute is sent only at creation",
      () => ({ mappedOnCreate: new Set(["displayName"]) }),
      ["mapping-displayName user.displayName, only when the account is created"],
    ],
    ["the URL ends with a slash", (url) => ({ shownBaseUrl: `${url}/` }), ["scim-url", "slash-at-end"]],
    [
      "the URL has Entra's flag",
      (url) => ({ shownBaseUrl: `${url}?aadOptscim062020` }),
      ["scim-url", "flag-in-okta"],
    ],
    [
      "the URL is of another organization",
      () => ({ shownBaseUrl: "https://api.astronomer.io/scim/v2/other" }),
      ["scim-url", "other-address"],
    ],
  ])("finds it where %s", async (_name, switches, finds) => {
    Object.assign(okta.switches, switches(okta.astro.url));
    const all = await found();
    Object.assign(okta.switches, oktaSwitches());
    expect(all.map((one) => (one.startsWith("scim-url ") ? "scim-url" : one))).toEqual(finds);
  });

  test("says that Provisioning is off, and that nobody could be looked at", async () => {
    Object.assign(okta.switches, { provisioning: false });
    const result = await check("--json");
    Object.assign(okta.switches, oktaSwitches());
    expect(foundBySetup(result)).toContain("provisioning off");
    expect(setupCheckShape.parse(JSON.parse(result.stdout)).directoryUnread).toContain(
      "has no provisioning in Okta",
    );
  });

  test("finds the group that is both assigned and pushed, and users without the attribute", async () => {
    const act = (action: DirectoryAction): void => okta.company.act(action);
    act({ kind: "assign-group", group: "data-platform" });
    expect(await found()).toEqual(["group-assigned-and-pushed"]);
    act({ kind: "unassign-group", group: "data-platform" });
    expect(await found("--mail-attribute", "nickName")).toContain("users-without-mail");
  });

  test("names single sign-on by another attribute than the userName", async () => {
    expect(await found("--sso-attribute", "login")).toEqual(["mail-unlike-sso"]);
  });
});

function mappingsOf(): OktaAppSettings["mappings"] {
  return company.app.idp === "okta" ? company.app.mappings : {};
}
