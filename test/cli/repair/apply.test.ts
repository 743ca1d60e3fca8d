/** `diff --save`, a review, `apply`: what is in the plan is done, and what has changed since is not. */

import { describe, expect, test } from "vitest";

import { fakeIo, type FakeIo } from "../../support/fake-io.ts";
import { repairShape } from "../../support/json-shapes.ts";
import { runCommand } from "../../support/run-command.ts";
import { driftedCompany } from "../../support/drifted-company.ts";
import { savedPlan, type Edited } from "../../support/saved-plans.ts";
import { agreed, terminal } from "../../support/terminal.ts";
import type { WatchedAstro } from "../../support/watched-astro.ts";

async function idOf(astro: WatchedAstro, userName: string): Promise<string> {
  const { body } = await astro.behind.get("/Users?count=1000");
  return body.Resources.find((user: { userName: string }) => user.userName === userName).id;
}

async function teamIdOf(astro: WatchedAstro, name: string): Promise<string> {
  const { body } = await astro.behind.get("/Groups?count=1000");
  return body.Resources.find((team: { displayName: string }) => team.displayName === name).id;
}

const user = (name: string, given: string) => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  userName: name,
  name: { givenName: given, familyName: "X" },
  displayName: `${given} X`,
  active: true,
  emails: [{ value: name, primary: true }],
});

test("what diff saves is applied, and the drift is gone", async () => {
  const { astro, cwd, saving, apply } = await savedPlan();
  expect(saving.status).toBe(2);
  expect(saving.stderr).toContain("Plan saved to plan.json: 10 operations, 1 deletion.\n");
  expect(saving.stdout).toMatch(/\nNext: astro-scim apply plan\.json --url \S+\n$/);
  expect(astro.writes()).toEqual([]);
  const { status, stdout, stderr } = await apply();
  expect(stdout).toMatch(/\n10 done\.\nNext: astro-scim diff --from own\.yaml --url \S+\n$/);
  expect(stderr).toMatch(
    /^There is no earlier run in .*\n\nPlan of diff, saved 2026-01-15T09:00:\S+Z from the directory own\.yaml \(fingerprint \w{12}\)\.\n/,
  );
  expect(status).toBe(0);
  const after = await runCommand(["diff", "own.yaml", ...astro.target], { cwd });
  expect(after.status).toBe(0);
});

test("in CI a plan is saved, reviewed, and applied a day later, after somebody else has changed a Team", async () => {
  const { astro, apply } = await savedPlan();
  const [ops, data] = [await teamIdOf(astro, "ops"), await teamIdOf(astro, "data")];
  await astro.behind.patch(`/Groups/${data}`, {
    op: "add",
    path: "members",
    value: [{ value: await idOf(astro, "kim@example.com") }],
  });
  const now = new Date("2026-01-16T09:00:00Z");
  const { status, stdout } = await apply(["--yes"], { now });
  expect(stdout).toMatch(/\n {2}· Team data {2,}has changed since the plan was saved\n/);
  expect(stdout).toMatch(/\n8 done\.\nNext: /);
  expect(status).toBe(5);
  const { users, teams } = await astro.state();
  expect(teams).toMatchObject({ data: ["ada@example.com", "kim@example.com"], fresh: ["gus@example.com"] });
  expect(users).not.toContain("left@example.com");
  expect(ops).not.toBe("");
});

test("--strict-plan applies nothing then", async () => {
  const { astro, apply } = await savedPlan();
  await astro.behind.patch(`/Users/${await idOf(astro, "gus@example.com")}`, {
    op: "replace",
    path: "displayName",
    value: "Somebody",
  });
  const { status, stdout } = await apply(["--yes", "--strict-plan"]);
  expect(stdout).toContain(
    "Refused: with --strict-plan nothing is applied, and since the plan was saved gus@example.com changed",
  );
  expect(astro.writes()).toEqual([]);
  expect(status).toBe(5);
});

describe("who has no account when the plan is saved", () => {
  test("becomes a member of the Teams once the plan has made the account", async () => {
    const { astro, apply } = await savedPlan();
    await apply();
    expect((await astro.state()).teams["data"]).toEqual([
      "ada@example.com",
      "bob@example.com",
      "eve@example.com",
    ]);
  });

  test("becomes a member when somebody else has made the account meanwhile, which is not made again", async () => {
    const { astro, apply } = await savedPlan();
    await astro.behind.post("/Users", { ...user("bob@example.com", "Bob"), externalId: "00u-bob" });
    const { status, stdout } = await apply();
    expect(stdout).toMatch(/user bob@example\.com {2,}has had an account since the plan was saved\n/);
    expect((await astro.state()).teams["data"]).toContain("bob@example.com");
    expect(astro.writes().filter((line) => line === "POST /Users")).toEqual([]);
    expect(status).toBe(0);
  });

  test("is told when that account is not as the plan would make it; exit status 5", async () => {
    const { astro, apply } = await savedPlan();
    await astro.behind.post("/Users", user("bob@example.com", "Robert"));
    const { status, stdout } = await apply();
    expect(stdout).toContain("and it is not as the plan would create it");
    expect((await astro.state()).teams["data"]).toContain("bob@example.com");
    expect(status).toBe(5);
  });

  test("is left out when that account is inactive", async () => {
    const { astro, apply } = await savedPlan();
    await astro.behind.post("/Users", { ...user("bob@example.com", "Bob"), active: false });
    const { status, stdout } = await apply();
    expect(stdout).toContain("has an account that is not active, so is not added to the Team data");
    expect(status).toBe(5);
  });
});

test("what is deleted already needs no deletion; exit status 0", async () => {
  const { astro, apply } = await savedPlan({ command: ["delete", "--all"] });
  await astro.behind.delete(`/Users/${await idOf(astro, "left@example.com")}`);
  const { status, stdout } = await apply(["--yes", "--json"]);
  const result = repairShape.parse(JSON.parse(stdout));
  expect(result).toMatchObject({ status: "nothing-to-do", readFrom: "plan.json", command: "delete" });
  expect(status).toBe(0);
});

describe("the question", () => {
  test("names the organization and the deletions, which are typed", async () => {
    const { astro, apply, cwd } = await savedPlan();
    const io = terminal(agreed, { columns: 200, cwd });
    const { status, stderr } = await apply([], { io });
    expect(stderr).toContain(`to organization ${astro.organizationId} on `);
    expect(stderr).toContain('with 1 deletion? Type "delete 1" to confirm:');
    expect(status).toBe(0);
  });

  test.each(["y\r", "\r", "delete 2\r"])("is not answered by %j; exit status 1", async (keys) => {
    const { astro, apply, cwd } = await savedPlan();
    const { status } = await apply([], { io: terminal({ question: "Apply", keys }, { cwd }) });
    expect(astro.writes()).toEqual([]);
    expect(status).toBe(1);
  });

  test("is a yes or no where nothing is deleted", async () => {
    const { apply, cwd } = await savedPlan({ command: ["resync", "--all"] });
    const { status } = await apply([], { io: terminal({ question: "(y/N)", keys: "y\r" }, { cwd }) });
    expect(status).toBe(0);
  });

  test("cannot be asked without a terminal; exit status 5", async () => {
    const { astro, apply } = await savedPlan();
    expect((await apply([])).status).toBe(5);
    expect(astro.writes()).toEqual([]);
  });
});

describe("a plan is refused before anything is read", () => {
  const cases: readonly {
    readonly what: string;
    readonly edit?: (saved: Edited) => void;
    readonly words?: readonly string[];
    readonly now?: string;
    readonly status: number;
    readonly says: string;
  }[] = [
    { what: "older than a week", now: "2026-01-22T09:00:01Z", status: 5, says: "The plan is 7 days old" },
    {
      what: "older than --max-age",
      words: ["--max-age", "2h"],
      now: "2026-01-15T11:30:00Z",
      status: 5,
      says: "The plan is 2 hours old",
    },
    { what: "saved in the future", now: "2026-01-14T09:00:00Z", status: 5, says: "was saved in the future" },
    {
      what: "of another target",
      edit: (saved) => (saved.plan.target.baseUrl = "https://api.astronomer.io/scim/v2/other"),
      status: 5,
      says: "The plan is for https://api.astronomer.io/scim/v2/other, not for ",
    },
    {
      what: "of another organization",
      edit: (saved) => (saved.organization = "clother"),
      status: 5,
      says: "The plan is for organization clother, not for organization cknaqyipv05731evsry6cj4n0.",
    },
    {
      what: "of a later version",
      edit: (saved) => (saved.schemaVersion = 2),
      status: 64,
      says: "plan.json has schemaVersion 2; this version of astro-scim reads 1.",
    },
    {
      what: "with a field that it does not have",
      edit: (saved) => (saved.plan.force = true),
      status: 64,
      says: "plan.json is not a valid plan: plan.force is not known.",
    },
    {
      what: "of a cleanup",
      edit: (saved) => (saved.plan.command = "cleanup"),
      status: 64,
      says: "no command saves plans of a cleanup",
    },
    {
      what: "that sets active as an attribute",
      edit: (saved) =>
        (saved.plan.operations.find((one: Edited) => one.kind === "update-user").attributes = {
          active: "false",
        }),
      status: 64,
      says: "must be the path of an attribute that a mapping may set",
    },
    {
      what: "that sets active in another spelling",
      edit: (saved) =>
        (saved.plan.operations.find((one: Edited) => one.kind === "create-user").attributes = {
          "urn:ietf:params:scim:schemas:core:2.0:User:Active": "false",
        }),
      status: 64,
      says: "must be the path of an attribute that a mapping may set",
    },
    {
      what: "with an operation twice",
      edit: (saved) => {
        const removal = saved.plan.operations.find((one: Edited) => one.kind === "remove-members");
        saved.plan.operations.push({ ...removal, id: "another" });
      },
      status: 64,
      says: "does the same as plan.operations[",
    },
  ];

  test.each(cases)(
    "$what; exit status $status",
    async ({ edit = () => {}, words = [], now, status, says }) => {
      const { astro, apply } = await savedPlan();
      const world = now === undefined ? {} : { now: new Date(now) };
      const result = await apply(["--yes", ...words], { edit, ...world });
      expect(result.stderr).toContain(says);
      expect(astro.requests).toEqual([]);
      expect(result.status).toBe(status);
    },
  );

  test.each([
    ["cut off", (text: string) => text.slice(0, -30), "plan.json is not JSON."],
    ["a result of --json", () => '{"schemaVersion": 1}', "plan.json is not a saved plan."],
    ["empty", () => "", "plan.json is not JSON."],
  ])("%s; exit status 64", async (_what, damaged, says) => {
    const { apply, text, astro } = await savedPlan();
    const { status, stderr } = await apply(["--yes"], { text: damaged(text) });
    expect(stderr).toContain(says);
    expect(astro.requests).toEqual([]);
    expect(status).toBe(64);
  });

  test("without its target named; exit status 64, and the target is named in the hint", async () => {
    const { astro, cwd } = await savedPlan();
    const { status, stderr } = await runCommand(["apply", "plan.json", "--yes"], { cwd });
    expect(stderr).toContain(`Add --url ${astro.url}, or the profile of this target.`);
    expect(status).toBe(64);
  });

  test("a file that is not there; exit status 64", async () => {
    const { astro, cwd } = await savedPlan();
    const { status, stderr } = await runCommand(["apply", "none.json", "--yes", ...astro.target], { cwd });
    expect(stderr).toContain("The plan none.json cannot be read: there is no such file.");
    expect(status).toBe(64);
  });
});

describe("--save", () => {
  test.each([
    ["push-group", ["push-group", "--all"]],
    ["resync", ["resync", "--all"]],
    ["delete", ["delete", "--all"]],
    ["delete by name", ["delete", "left@example.com"]],
  ])("%s: asks nothing, writes nothing to Astro, and its Next: line applies it", async (_name, command) => {
    const { astro, saving, apply } = await savedPlan({ command });
    expect(saving.stdout).toMatch(
      /\nNothing was changed: the plan was saved to plan\.json\.\nNext: astro-scim apply plan\.json /,
    );
    expect(saving.status).toBe(0);
    expect(astro.writes()).toEqual([]);
    expect((await apply()).status).toBe(0);
    expect(astro.writes()).not.toEqual([]);
  });

  test("holds no secret", async () => {
    const token = "a-token-that-nobody-may-see";
    const { text } = await savedPlan({ token });
    expect(text).not.toContain(token);
    expect(text).not.toMatch(/token|secret|password|authorization/i);
  });

  test("is refused where a name is the token itself; nothing is written", async () => {
    const token = "left@example.com";
    const fixture = driftedCompany;
    await expect(savedPlan({ token, fixture })).rejects.toThrow("ENOENT");
  });

  test("--yes with it is a mistake; so is a file that is read or cannot be written", async () => {
    const { astro, cwd } = await savedPlan();
    const attempt = (...words: string[]) =>
      runCommand(["resync", "--all", "--from", "own.yaml", ...words, ...astro.target], { cwd });
    for (const words of [
      ["--save", "p.json", "--yes"],
      ["--save", "own.yaml"],
      ["--save", "none/p.json"],
      ["--save", "p.json", "--trace", "p.json"],
    ]) {
      const { status, stderr } = await attempt(...words);
      expect(stderr).toContain("Error: ");
      expect(status).toBe(64);
    }
    expect(astro.requests).toEqual([]);
  });

  test("the same directory has the same fingerprint", async () => {
    const [one, other] = [await savedPlan(), await savedPlan()];
    const fingerprint = ({ text }: { readonly text: string }) => JSON.parse(text).source.fingerprint;
    expect(fingerprint(one)).toBe(fingerprint(other));
    const changed = await savedPlan({
      fixture: driftedCompany.replace("firstName: Gus", "firstName: Gussie"),
    });
    expect(fingerprint(changed)).not.toBe(fingerprint(one));
  });
});

test("--dry-run reads, shows and writes nothing", async () => {
  const { astro, apply } = await savedPlan();
  const { status, stdout } = await apply(["--dry-run"]);
  expect(stdout).toMatch(
    /\n10 operations, 1 of them a deletion\.\nNothing was changed: this was a dry run\.\nNext: astro-scim apply plan\.json --url \S+\n$/,
  );
  expect(astro.writes()).toEqual([]);
  expect(status).toBe(0);
});

test("the Markdown of apply is the same twice, and ends a dry run", async () => {
  const { astro, apply } = await savedPlan();
  const [one, other] = [
    await apply(["--dry-run", "-o", "markdown"]),
    await apply(["--dry-run", "-o", "markdown"]),
  ];
  expect(one.stdout).toBe(other.stdout);
  expect(one.stdout).toMatch(/^## astro-scim apply: 10 operations, 1 deletion\n/);
  expect(one.stdout).toContain("| ➖ delete | delete the account left@example.com (not in the directory) |");
  expect(astro.writes()).toEqual([]);
  expect(one.status).toBe(0);
});

test("Ctrl-C at the question or while Astro is read writes nothing; exit status 130", async () => {
  const { astro, apply, cwd } = await savedPlan();
  const io = terminal({ question: "Apply", keys: "\u0003" }, { cwd });
  expect((await apply([], { io })).status).toBe(130);
  const reading: FakeIo = fakeIo({ cwd });
  const interrupted = await savedPlan({
    before: ({ path }) => {
      if (path.startsWith("/Groups")) reading.interrupt();
      return undefined;
    },
  });
  const { status } = await runCommand(["apply", "plan.json", "--yes", ...interrupted.astro.target], {
    io: { ...reading, cwd: interrupted.cwd },
  });
  expect(status).toBe(130);
  expect([...astro.writes(), ...interrupted.astro.writes()]).toEqual([]);
});
