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
  test("of resync puts names, attributes and members back, removes what the run created, and deactivates what it activated", async () => {
    const at = await place();
    const before = await at.state();
    expect((await at.repair("resync", "--all")).status).toBe(0);
    expect(Object.values(before.users).some(({ active }) => !active)).toBe(true);
    const { status, stdout } = await at.undo("--yes");
    expect(stdout).toContain("deactivate the account samir.haddad@example.com (activated by run");
    expect(status).toBe(0);
    expect(await at.state()).toEqual(before);
  });

  test("an account that the run activated stays active where somebody has changed it since", async () => {
    const at = await place();
    await at.repair("resync", "--all");
    const filter = encodeURIComponent('userName eq "samir.haddad@example.com"');
    const { body } = await at.astro.behind.get(`/Users?filter=${filter}`);
    const change = { op: "replace", path: "displayName", value: "Changed by hand" };
    await at.astro.behind.patch(`/Users/${body.Resources[0].id}`, change);
    const { status, stdout } = await at.undo("--yes");
    expect(stdout).toContain("was activated by the run, and stays active: it has changed since");
    expect((await at.state()).users["samir.haddad@example.com"]?.active).toBe(true);
    expect(status).toBe(1);
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

  test("runs that are undone one after the other, the last one first, end where they began", async () => {
    const at = await place();
    const before = await at.state();
    const ids: string[] = [];
    for (const command of ["resync", "delete"]) {
      expect((await at.repair(command, "--all", "--max-deletions", "100%")).status).toBe(0);
      ids.unshift(await at.id());
    }
    for (const run of ids) {
      const allowed = ["--max-deletions", "100%", "--yes"];
      const { status, stdout } = await at.run("undo", run, "--token", at.astro.token, ...allowed);
      expect(`${status} ${stdout}`).toMatch(/^0 /);
    }
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

  describe("of a deleted Team", () => {
    const legacy = "{ name: legacy, isIdpManaged: true, ROLES, members: [ben.fischer@example.com] }";

    /** Deletes the Team; `undo` puts it back. */
    async function deleted(roles: string) {
      const folder = await tempFolder();
      const text = fixtureText.replace(
        "    - { name: weekend",
        `    - ${legacy.replace("ROLES", roles)}\n    - { name: weekend`,
      );
      let isIamDown = false;
      const astro = await startWatchedAstro({
        fixture: text,
        hasIam: true,
        before: ({ path }) => (isIamDown && path.startsWith("/v1/") ? 500 : undefined),
      });
      const here = ["--state-dir", folder];
      const rolesNow = async (): Promise<string> => {
        const { stdout } = await runCommand(["teams", "show", "legacy", "--json", ...astro.target]);
        return stdout
          .split("\n")
          .filter((line) => /role|workspaceId/i.test(line))
          .join("\n");
      };
      const before = { state: await readPlainState(astro), roles: await rolesNow() };
      const argv = ["delete", "--team", "legacy", "--from", fixture, ...astro.target, "--yes", ...here];
      expect((await runCommand(argv)).status).toBe(0);
      expect((await readPlainState(astro)).teams["legacy"]).toBeUndefined();
      const { runs } = runsShape.parse(JSON.parse((await runCommand(["runs", "--json", ...here])).stdout));
      const undo = (...more: readonly string[]): Promise<CommandResult> =>
        runCommand(["undo", runs[0]!.id, "--token", astro.token, "--yes", ...more, ...here]);
      const loseIam = (): void => {
        isIamDown = true;
      };
      return { astro, before, rolesNow, undo, loseIam };
    }

    test("makes it again with its members and its roles", async () => {
      const { astro, before, rolesNow, undo } = await deleted(
        "workspaceRoles: { Analytics: WORKSPACE_OWNER }, role: ORGANIZATION_BILLING_ADMIN",
      );
      const { stdout, status } = await undo();
      expect(stdout).toMatch(/give the Team legacy .*WORKSPACE_OWNER of Workspace .* back/);
      expect(stdout).not.toContain("does not get its roles back");
      expect(status).toBe(0);
      expect(await readPlainState(astro)).toEqual(before.state);
      expect(before.roles).toMatch(/ORGANIZATION_BILLING_ADMIN[^]*WORKSPACE_OWNER/);
      expect(await rolesNow()).toBe(before.roles);
    });

    test("makes nobody an Organization Owner without --restore-owner", async () => {
      const { before, rolesNow, undo } = await deleted(
        "workspaceRoles: { Analytics: WORKSPACE_OWNER }, role: ORGANIZATION_OWNER",
      );
      const { stdout, status } = await undo();
      expect(stdout).toContain("does not get ORGANIZATION_OWNER back: add --restore-owner legacy to give it");
      expect(status).toBe(0);
      expect(before.roles).toContain("ORGANIZATION_OWNER");
      expect(await rolesNow()).toContain("WORKSPACE_OWNER");
      expect(await rolesNow()).not.toContain("ORGANIZATION_OWNER");
    });

    test("gives ORGANIZATION_OWNER back to the Team that --restore-owner names", async () => {
      const { before, rolesNow, undo } = await deleted("role: ORGANIZATION_OWNER");
      expect((await undo("--restore-owner", "Legacy")).status).toBe(0);
      expect(await rolesNow()).toEqual(before.roles);
    });

    test("lists its roles as lost where the IAM API cannot be read", async () => {
      const { astro, before, undo, loseIam } = await deleted(
        "workspaceRoles: { Analytics: WORKSPACE_OWNER }",
      );
      loseIam();
      const { stdout } = await undo();
      expect(stdout).toMatch(/legacy .*does not get its roles back .*: WORKSPACE_OWNER of Workspace/);
      expect(await readPlainState(astro)).toEqual(before.state);
    });
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
