/** `astro-scim undo`: what a run changed is put back, and what cannot be is listed. */

import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { readPlainState, type PlainState } from "../support/plain-state.ts";
import { repairShape, runsShape } from "../support/json-shapes.ts";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type WatchedAstro } from "../support/watched-astro.ts";

const fixture = shippedFixture("okta-drift.yaml");
const fixtureText = readFileSync(fixture, "utf8");

interface Place {
  readonly astro: WatchedAstro;
  run(...argv: readonly string[]): Promise<CommandResult>;
  repair(...argv: readonly string[]): Promise<CommandResult>;
  /** Id of the newest run. */
  id(): Promise<string>;
  undo(...argv: readonly string[]): Promise<CommandResult>;
  state(): Promise<PlainState>;
}

async function place(text: string = fixtureText): Promise<Place> {
  const folder = await tempFolder();
  const astro = await startWatchedAstro({ fixture: text });
  const cwd = await tempFolder({ "own.yaml": text });
  let hour = 0;
  const run = (...argv: readonly string[]): Promise<CommandResult> => {
    hour += 1;
    const now = new Date(Date.UTC(2026, 0, 15, hour));
    return runCommand([...argv, "--state-dir", folder], { cwd, now });
  };
  const id = async (): Promise<string> =>
    runsShape.parse(JSON.parse((await run("runs", "--json")).stdout)).runs[0]!.id;
  return {
    astro,
    run,
    id,
    repair: (...argv) => run(...argv, "--from", "own.yaml", ...astro.target, "--yes"),
    undo: async (...argv) => run("undo", await id(), "--token", astro.token, ...argv),
    state: () => readPlainState(astro),
  };
}

describe("undo", () => {
  test("of resync puts names, attributes and members back, and removes what the run created", async () => {
    const at = await place();
    const before = await at.state();
    expect((await at.repair("resync", "--all")).status).toBe(0);
    const { status, stdout } = await at.undo("--yes");
    expect(stdout).toContain("stays active: no repair deactivates an account");
    expect(status).toBe(0);
    const after = await at.state();
    const inactive = Object.entries(before.users).filter(([, { active }]) => !active);
    const activated = new Set(inactive.map(([name]) => name));
    const asBefore = Object.entries(before.users).map(([name, user]) => {
      const wasActivated = activated.has(name) && after.users[name]?.active === true;
      return [name, wasActivated ? { ...user, active: true } : user];
    });
    expect(after.users).toEqual(Object.fromEntries(asBefore));
    for (const [name, members] of Object.entries(before.teams)) {
      expect(after.teams[name]?.filter((one) => !activated.has(one))).toEqual(members);
    }
    expect(Object.keys(after.teams).toSorted()).toEqual(Object.keys(before.teams).toSorted());
  });

  test("of delete makes the account again, with its attributes and Teams, and says what it does not get back", async () => {
    const at = await place();
    const before = await at.state();
    const [name = ""] = await leftOver(at);
    expect((await at.repair("delete", name)).status).toBe(0);
    expect((await at.state()).users[name]).toBeUndefined();
    const { status, stdout } = await at.undo("--yes");
    expect(stdout).toContain("gets a new SCIM ID, and the provider stays linked to the old one");
    expect(status).toBe(0);
    expect(await at.state()).toEqual(before);
  });

  test("is a run itself, which names the one that it undoes", async () => {
    const at = await place();
    await at.repair("resync", "--all");
    const undone = await at.id();
    await at.undo("--yes");
    const { runs } = runsShape.parse(JSON.parse((await at.run("runs", "--json")).stdout));
    expect(runs[0]).toMatchObject({ command: "undo", undoes: undone, state: "finished" });
  });

  test("asks first, and a dry run only shows the plan", async () => {
    const at = await place();
    await at.repair("resync", "--all");
    const before = await at.state();
    const shown = await at.undo("--dry-run");
    expect(shown.stdout).toContain("Nothing was changed: this was a dry run.");
    expect(shown.status).toBe(0);
    const unasked = await at.undo();
    expect(unasked.stderr).toContain("--yes");
    expect(await at.state()).toEqual(before);
  });

  test("leaves alone what somebody else has changed since, and says so", async () => {
    const at = await place();
    await at.repair("resync", "--all");
    const created = await createdBy(at);
    const [name = ""] = created;
    const filter = encodeURIComponent(`userName eq "${name}"`);
    const { body } = await at.astro.behind.get(`/Users?filter=${filter}`);
    const change = { op: "replace", path: "displayName", value: "Changed by hand" };
    await at.astro.behind.patch(`/Users/${body.Resources[0].id}`, change);
    const { status, stdout } = await at.undo("--yes");
    expect(stdout).toContain("was created by the run, and has changed since");
    expect((await at.state()).users[name]?.displayName).toBe("Changed by hand");
    expect(status).toBe(1);
  });

  test("deleting what the run created counts for no limit; a protected account stays", async () => {
    const people = Array.from({ length: 8 }, (_, at) => `new${at}@example.com`);
    const at = await place(`idp: okta
organization: cknaqyipv05731evsry6cj4n0
users:
${people.map((email) => `  - { email: ${email}, firstName: New, lastName: X }\n`).join("")}
astro: { users: [] }
`);
    expect((await at.repair("resync", "--all")).status).toBe(0);
    expect(Object.keys((await at.state()).users)).toHaveLength(8);
    expect((await at.undo("--yes")).status).toBe(0);
    expect((await at.state()).users).toEqual({});
  });

  test("of a deleted Team makes it again with its members, and lists the roles that it does not get back", async () => {
    const folder = await tempFolder();
    const orphaned =
      "    - { name: legacy, isIdpManaged: true, workspaceRoles: { Analytics: WORKSPACE_OWNER }, members: [ben.fischer@example.com] }\n";
    const text = fixtureText.replace("    - { name: weekend", `${orphaned}    - { name: weekend`);
    const astro = await startWatchedAstro({ fixture: text, hasIam: true });
    const here = ["--state-dir", folder];
    const before = await readPlainState(astro);
    const argv = ["delete", "--team", "legacy", "--from", fixture, ...astro.target, "--yes"];
    const deleted = await runCommand([...argv, ...here]);
    expect(deleted.status).toBe(0);
    expect((await readPlainState(astro)).teams["legacy"]).toBeUndefined();
    const { runs } = runsShape.parse(JSON.parse((await runCommand(["runs", "--json", ...here])).stdout));
    const { stdout, status } = await runCommand([
      "undo",
      runs[0]!.id,
      "--token",
      astro.token,
      "--yes",
      ...here,
    ]);
    expect(stdout).toMatch(/legacy .*does not get its roles back: WORKSPACE_OWNER of Workspace/);
    expect(status).toBe(0);
    expect(await readPlainState(astro)).toEqual(before);
  });

  test.each([
    ["readOnly: true", "the profile of this target is read-only"],
    ["protect: [olga.ivanova@example.com]", "olga.ivanova@example.com  is protected"],
  ])("under a profile with %s leaves alone what that protects, exit status 5", async (setting, message) => {
    const folder = await tempFolder();
    const astro = await startWatchedAstro({ fixture: fixtureText });
    const profile = `profiles:\n  prod:\n    url: ${astro.url}\n    tokenEnv: PROD_TOKEN\n    ${setting}\n`;
    const cwd = await tempFolder({ "astro-scim.yaml": profile });
    const here = ["--state-dir", folder];
    await runCommand(["resync", "--all", "--from", fixture, ...astro.target, "--yes", ...here]);
    const { runs } = runsShape.parse(JSON.parse((await runCommand(["runs", "--json", ...here])).stdout));
    const env = { PROD_TOKEN: astro.token };
    const argv = ["undo", runs[0]!.id, "--profile", "prod", "--yes", ...here];
    const { status, stdout } = await runCommand(argv, { cwd, env });
    expect(stdout).toContain(message);
    expect((await readPlainState(astro)).users["olga.ivanova@example.com"]?.active).toBe(true);
    expect(status).toBe(5);
  });

  test("of an unfinished run is refused", async () => {
    const at = await place();
    const { fakeIo } = await import("../support/fake-io.ts");
    const folder = await tempFolder();
    const io = fakeIo();
    const astro = await startWatchedAstro({
      fixture: fixtureText,
      after: ({ method }) => {
        if (method === "POST") io.interrupt();
      },
    });
    const here = ["--state-dir", folder];
    const argv = ["resync", "--all", "--from", fixture, ...astro.target, "--yes", "--concurrency", "1"];
    await runCommand([...argv, ...here], { io });
    const { runs } = runsShape.parse(JSON.parse((await runCommand(["runs", "--json", ...here])).stdout));
    const { status, stderr } = await runCommand(["undo", runs[0]!.id, "--token", astro.token, ...here]);
    expect(stderr).toContain("is unfinished");
    expect(stderr).toContain("apply --resume");
    expect(status).toBe(5);
    expect(at.astro.writes()).toEqual([]);
  });
});

/** userNames that the newest run created. */
async function createdBy(at: Place): Promise<readonly string[]> {
  const { stdout } = await at.run("runs", "show", await at.id(), "--json");
  const { operations } = JSON.parse(stdout) as {
    operations: readonly { readonly kind: string; readonly subject: { readonly name: string } }[];
  };
  return operations.filter(({ kind }) => kind === "create-user").map(({ subject }) => subject.name);
}

/** userNames of active accounts that are orphaned. */
async function leftOver({ run, astro, state }: Place): Promise<readonly string[]> {
  const { stdout } = await run(
    "delete",
    "--all",
    "--dry-run",
    "--json",
    "--from",
    "own.yaml",
    ...astro.target,
  );
  const { operations } = repairShape.parse(JSON.parse(stdout));
  const { users } = await state();
  return operations
    .filter(({ kind, subject }) => kind === "delete-user" && users[subject.name]?.active === true)
    .map(({ subject }) => subject.name);
}
