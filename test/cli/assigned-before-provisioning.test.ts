/**
 * Users who were assigned before Provisioning was switched on, as the commands treat them: `simulate` sends nothing, `diff`
 * lists them apart, `resync` and `delete` refuse, `push-group` leaves them out.
 */

import { describe, expect, test } from "vitest";
import { driftShape, repairShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

const [ada, grace, alan] = ["ada@example.com", "grace@example.com", "alan@example.com"];

/** Ada and Alan wait; Alan was invited by hand. */
const text = `idp: okta
users:
  - { email: ${ada}, firstName: Ada, lastName: L, displayName: Ada L, assignment: sso-only }
  - { email: ${grace}, firstName: Grace, lastName: H, displayName: Grace H }
  - { email: ${alan}, firstName: Alan, lastName: T, displayName: Alan T, assignment: sso-only }
groups:
  - { name: data, push: true, members: [${ada}, ${grace}] }
astro:
  users: [{ email: ${alan}, displayName: Al }]
timeline:
  - { name: Provision Ada, do: [{ provision: ${ada} }] }
`;
const untilStart = text.slice(0, text.indexOf("timeline:"));

const driftOf = (stdout: string) => driftShape.parse(JSON.parse(stdout));

async function provisionedAtStart() {
  const astro = await startWatchedAstro({ fixture: text });
  const cwd = await tempFolder({ "start.yaml": untilStart, "all.yaml": text });
  const words = ["start.yaml", "--state", "memory.json", ...astro.target];
  const simulated = await runCommand(["simulate", "okta", ...words], { cwd });
  return { astro, cwd, simulated };
}

test("a rehearsal sends nothing for them, and ends without drift", async () => {
  const { astro, cwd, simulated } = await provisionedAtStart();
  expect(simulated.status).toBe(0);
  const { stdout, status } = await runCommand(["diff", "start.yaml", ...astro.target, "--json"], { cwd });
  expect(status).toBe(0);
  expect(driftOf(stdout)).toMatchObject({
    status: "same",
    changes: [],
    ssoOnly: [
      { user: ada, userName: ada, account: "missing", scimId: null },
      { user: alan, userName: alan, account: "active" },
    ],
  });
});

test("the text lists those with an account first, and says that it stays", async () => {
  const { astro, cwd } = await provisionedAtStart();
  const { stdout } = await runCommand(["diff", "start.yaml", ...astro.target], { cwd });
  expect(stdout)
    .toBe(`Assigned before Provisioning was switched on (not counted: nothing is sent for these users before Provision User)
  ? ${alan}  has an active account that the provider does not manage: it stays active when the user leaves
  ? ${ada}   no account

Astro matches the directory: 1 active user and 1 Team; listed apart: 2 users assigned before Provisioning was switched on.
2 of 3 users in the directory are not provisioned: assigned before Provisioning was switched on.
`);
});

test("diff --at knows who was provisioned in a step", async () => {
  const { astro, cwd } = await provisionedAtStart();
  const at = async (moment: string) =>
    driftOf(
      (await runCommand(["diff", "all.yaml", "--at", moment, ...astro.target, "--json"], { cwd })).stdout,
    );
  expect((await at("start")).ssoOnly.map(({ user }) => user)).toEqual([ada, alan]);
  const after = await at("Provision Ada");
  expect(after.ssoOnly.map(({ user }) => user)).toEqual([alan]);
  expect(after.changes.map(({ kind, subject }) => `${kind} ${subject.name}`)).toEqual([
    `user-missing ${ada}`,
    "team-members-differ data",
  ]);
});

describe("with --state", () => {
  const memory = ["--state", "memory.json"];

  test("a later run remembers who was provisioned: nothing is sent again", async () => {
    const { astro, cwd } = await provisionedAtStart();
    const run = async (file: string) =>
      runCommand(["simulate", "okta", file, ...memory, ...astro.target], { cwd });
    expect((await run("all.yaml")).status).toBe(0);
    astro.forget();
    expect((await run("all.yaml")).status).toBe(0);
    expect(astro.writes()).toEqual([]);
  });

  test("who was linked since counts as any other, whatever the directory still says", async () => {
    const { astro, cwd } = await provisionedAtStart();
    await runCommand(["simulate", "okta", "all.yaml", ...memory, ...astro.target], { cwd });
    const words = ["diff", "all.yaml", "--at", "start", ...astro.target, "--json"];
    const without = driftOf((await runCommand(words, { cwd })).stdout);
    const remembered = driftOf((await runCommand([...words, ...memory], { cwd })).stdout);
    expect(without.ssoOnly.map(({ user }) => user)).toEqual([ada, alan]);
    expect(remembered.ssoOnly.map(({ user }) => user)).toEqual([alan]);
    expect(remembered.changes).toEqual([]);
  });

  test("an import that links an account makes its user one like any other", async () => {
    const { astro } = await provisionedAtStart();
    const imported = `${untilStart}timeline:\n  - { name: Import, do: [{ import: {} }] }\n`;
    const more = await tempFolder({ "import.yaml": imported });
    const words = ["import.yaml", ...memory, ...astro.target];
    await runCommand(["simulate", "okta", ...words], { cwd: more });
    const { stdout } = await runCommand(["diff", ...words, "--json"], { cwd: more });
    expect(driftOf(stdout).ssoOnly.map(({ user }) => user)).toEqual([ada]);
  });
});

describe("repairs", () => {
  test.each([
    ["resync", ada, "sso-only"],
    ["resync", alan, "sso-only"],
    ["delete", alan, "not-left-over"],
  ])("%s %s is refused, and nothing is written", async (command, name, code) => {
    const { astro, cwd } = await provisionedAtStart();
    astro.forget();
    const argv = [command, name, "--from", "start.yaml", ...astro.target, "--yes", "--json"];
    const { status, stdout } = await runCommand(argv, { cwd });
    const result = repairShape.parse(JSON.parse(stdout));
    expect({ status, says: result.status, codes: result.leftOut.map((one) => one.code) }).toEqual({
      status: 5,
      says: "refused",
      codes: [code],
    });
    expect(astro.writes()).toEqual([]);
  });

  test("push-group makes the Team without them, says so, and ends with 0", async () => {
    const astro = await startWatchedAstro({
      fixture: text.replace(`users: [{ email: ${alan}, displayName: Al }]`, `users: [{ email: ${grace} }]`),
    });
    const cwd = await tempFolder({ "start.yaml": untilStart });
    const argv = ["push-group", "data", "--from", "start.yaml", ...astro.target, "--yes"];
    const { status, stdout } = await runCommand(argv, { cwd });
    expect(status).toBe(0);
    expect(stdout).toContain(
      `Team data  does not get the members who were assigned before Provisioning was switched on: ${ada}`,
    );
    expect(stdout).toContain(`add 1 member to the Team data: ${grace}\n`);
  });

  test("push-group without a name calls a Team well that lacks them alone", async () => {
    const { astro, cwd } = await provisionedAtStart();
    const argv = ["push-group", "--from", "start.yaml", ...astro.target];
    expect((await runCommand(argv, { cwd })).stdout).toContain(
      "Every pushed group in Astro matches the directory.",
    );
  });

  test("the account of one who leaves is left over, and delete removes it", async () => {
    const { astro } = await provisionedAtStart();
    const gone = untilStart.replace(/.*alan@example.com, firstName.*\n/, "");
    const more = await tempFolder({ "gone.yaml": gone });
    const { stdout } = await runCommand(["diff", "gone.yaml", ...astro.target, "--json"], { cwd: more });
    expect(driftOf(stdout).changes.map(({ kind, subject }) => `${kind} ${subject.name}`)).toEqual([
      `user-left-over ${alan}`,
    ]);
    const argv = ["delete", alan, "--from", "gone.yaml", ...astro.target, "--yes"];
    expect((await runCommand(argv, { cwd: more })).status).toBe(0);
  });
});

test("many of them are counted in the text, and all are in the JSON", async () => {
  const many = Array.from(
    { length: 30 },
    (_, at) => `  - { email: u${at}@example.com, assignment: sso-only }\n`,
  );
  const cwd = await tempFolder({ "many.yaml": `idp: okta\nusers:\n${many.join("")}` });
  expect((await runCommand(["diff", "many.yaml"], { cwd })).stdout).toContain(
    "  ? 30 users  no account\n      u0@example.com, u1@example.com, u2@example.com and 27 more (-v shows all)\n",
  );
  expect(driftOf((await runCommand(["diff", "many.yaml", "--json"], { cwd })).stdout).ssoOnly).toHaveLength(
    30,
  );
});
