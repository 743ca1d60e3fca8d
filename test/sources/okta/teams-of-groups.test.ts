/** Which Team a pushed group is compared with: one of another name, and none at all in an app that pushes no groups. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readFixture } from "../../../src/fixture/read.ts";
import { oktaToken, startEmulatedOkta, type EmulatedOkta } from "../../support/emulated-okta.ts";
import { driftShape } from "../../support/json-shapes.ts";
import { refusalOfEmulatedOkta } from "../../support/read-emulated-okta.ts";
import { runCommand, type CommandResult } from "../../support/run-command.ts";
import { scimClient } from "../../support/scim-client.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const company = readFixture(
  "company.yaml",
  `idp: okta
app: { renameGroups: false }
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace }
  - { email: grace@example.com, firstName: Grace, lastName: Hopper }
groups:
  - { name: Data, team: data-platform, members: [ada@example.com, grace@example.com], push: true }
  - { name: staff, members: [ada@example.com], push: true }
`,
);

interface Place {
  readonly okta: EmulatedOkta;
  readonly env: Readonly<Record<string, string>>;
  readonly from: readonly string[];
  readonly diff: (...words: readonly string[]) => Promise<CommandResult>;
}

async function provisioned(): Promise<Place> {
  const okta = await startEmulatedOkta({ directory: company.start, app: company.app });
  await okta.company.settled();
  const env = { OKTA_CLIENT_TOKEN: oktaToken, ASTRO_SCIM_TOKEN: okta.astro.token };
  const from = ["--from", "okta", "--okta-url", okta.okta.url, "--okta-app", "Astro"];
  return {
    okta,
    env,
    from,
    diff: (...words) => runCommand(["diff", ...from, "--url", okta.astro.url, ...words], { env }),
  };
}

describe("a group that is pushed to a Team of another name", () => {
  test("is compared with that Team, and the setting that this shows is not assumed", async () => {
    const { diff } = await provisioned();
    const { status, stdout } = await diff();
    expect(stdout).not.toContain("Rename app groups");
    expect({ status, last: stdout.trim().split("\n").at(-1) }).toEqual({
      status: 0,
      last: expect.stringContaining("Astro matches the directory: 2 active users and 2 Teams"),
    });
  });

  test("has the members of its group missing in that Team", async () => {
    const { okta, diff } = await provisioned();
    const astro = scimClient(okta.astro);
    const { body } = await astro.get(
      `/Groups?filter=${encodeURIComponent('displayName eq "data-platform"')}`,
    );
    const [team] = body.Resources;
    await astro.patch(`/Groups/${team.id}`, {
      op: "remove",
      path: `members[value eq "${team.members[0].value}"]`,
    });
    const { changes } = driftShape.parse(JSON.parse((await diff("--json")).stdout));
    expect(changes.map(({ kind, subject }) => `${kind} ${subject.name}`)).toEqual([
      "team-members-differ data-platform",
    ]);
  });

  test("keeps its Team in a fixture, and in a rehearsal", async () => {
    const { okta, env, from } = await provisioned();
    const cwd = await tempFolder();
    const exported = await runCommand(["fixture", "export", ...from, "--out", "copy.yaml"], { env, cwd });
    expect(exported.status).toBe(0);
    expect(await readFile(join(cwd, "copy.yaml"), "utf8")).toMatch(
      /name: Data\s+push: true\s+team: data-platform/,
    );
    const again = await runCommand(["diff", "copy.yaml", "--url", okta.astro.url], { env, cwd });
    expect(again).toMatchObject({ status: 0 });
    const rehearsed = await runCommand(["simulate", "okta", ...from], { env, cwd });
    expect({ status: rehearsed.status, stderr: rehearsed.stderr }).toMatchObject({ status: 0 });
    expect(rehearsed.stdout).not.toMatch(/POST .*Groups.* Data\b/);
  });

  test("is refused where the credentials may not read the app's group", async () => {
    const { okta } = await provisioned();
    const mappings = await okta.get(`${okta.app}/group-push/mappings`);
    const { targetGroupId } = mappings.body[0];
    okta.switches.hidden = new Set([targetGroupId]);
    const { code, message } = await refusalOfEmulatedOkta(okta);
    expect({ code, message }).toEqual({
      code: "permission-missing",
      message: expect.stringContaining(`GET /api/v1/groups/${targetGroupId} was answered 403`),
    });
  });

  test.each([
    [
      "a group that is not pushed",
      "app: { renameGroups: false }",
      "push: false",
      "is not pushed, so it has no Team",
    ],
    ["an app that renames Teams", "app: {}", "push: true", 'Okta renames the Team to "Data"'],
  ])("is a mistake in a fixture for %s", (_, app, push, message) => {
    const text = `idp: okta\n${app}\nusers: []\ngroups:\n  - { name: Data, team: data-platform, ${push} }\n`;
    expect(() => readFixture("company.yaml", text)).toThrow(message);
  });
});

test("an app without Group Push: its Teams are not compared, and nobody is told to delete them", async () => {
  const { okta, diff } = await provisioned();
  okta.switches.groupPush = false;
  const { status, stdout } = await diff();
  expect(status).toBe(0);
  expect(stdout).toContain(
    "Teams not compared: the app in Okta has no Group Push, so it pushes no groups\n  ? data-platform  2 members\n",
  );
  expect(stdout).not.toContain("orphaned");
  expect(stdout).not.toContain("delete");
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(
    "Astro matches the directory: 2 active users and 0 Teams; not compared: Teams, because the app in Okta has no Group Push",
  );
  const shape = driftShape.parse(JSON.parse((await diff("--json")).stdout));
  expect(shape.teamsNotCompared).toBe("the app in Okta has no Group Push, so it pushes no groups");
});
