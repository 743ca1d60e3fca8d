/** `astro-scim simulate okta`: what it does to a server, what it says, and how it ends. */

import { readFileSync, statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { beforeEach, describe, expect, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { simulationShape } from "../support/json-shapes.ts";
import { runCommand, type CommandOptions, type CommandResult } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { terminal } from "../support/terminal.ts";
import { startWatchedAstro, type WatchedAstro, type WatchedAstroOptions } from "../support/watched-astro.ts";
import { ownerOnly } from "../support/owner-only.ts";

const small = shippedFixture("okta-small.yaml");
const smallText = readFileSync(small, "utf8");

const astroWith = (options: Partial<WatchedAstroOptions> = {}): Promise<WatchedAstro> =>
  startWatchedAstro({ fixture: smallText, ...options });

/** `simulate okta` with these words behind it. */
function simulate(
  words: readonly string[],
  { astro, ...options }: CommandOptions & { readonly astro?: WatchedAstro } = {},
): Promise<CommandResult> {
  return runCommand(["simulate", "okta", ...words, ...(astro?.target ?? [])], options);
}

describe("without a target", () => {
  test("the local Astro ends as the directory says", async () => {
    const { status, stdout } = await simulate([small]);
    expect(stdout).toContain("Astro matches the directory: 3 active users and 2 Teams; listed separately: ");
    expect(stdout).toMatch(
      /\nNext: astro-scim \S[^\n]*\nThen, in another terminal, with the API token of serve in ASTRO_SCIM_TOKEN: astro-scim \S[^\n]*\n$/,
    );
    expect(status).toBe(0);
  });

  test("--json: one value of the documented shape, nothing else on standard output", async () => {
    const { status, stdout } = await simulate([small, "--json"]);
    const result = simulationShape.parse(JSON.parse(stdout));
    expect(result).toMatchObject({ status: "ok", integration: "manual", target: null, stepsNotBegun: [] });
    expect(result.first.jobs.map(({ subject }) => subject.name)).toContain("ada@example.com");
    expect(result.steps.map(({ name, unmet }) => [name, unmet])).toEqual([
      ["Ada leaves", []],
      ["Mary becomes an Airflow administrator", []],
    ]);
    expect(status).toBe(0);
  });

  test("--json and --output json are the same", async () => {
    const [short, long] = [await simulate([small, "--json"]), await simulate([small, "-o", "json"])];
    expect(JSON.parse(long.stdout)).toEqual(withIdsOf(JSON.parse(short.stdout), JSON.parse(long.stdout)));
  });

  test.each([
    ["manual", "PUT /Groups/"],
    ["catalog", "PATCH /Groups/"],
  ])(
    "--integration %s speaks as that integration, whatever the fixture says",
    async (integration, writes) => {
      const { stdout, stderr } = await simulate([small, "--integration", integration, "--verbose", "--json"]);
      expect(JSON.parse(stdout).integration).toBe(integration);
      expect(stderr).toContain(writes);
    },
  );

  test("--verbose shows every request, decoded", async () => {
    const { stdout, stderr } = await simulate([small, "--verbose", "--json"]);
    const lines = stderr.split("\n").filter((line) => /^ {2}(?:GET|POST|PUT|PATCH|DELETE) \//.test(line));
    expect(lines.length).toBeGreaterThanOrEqual(JSON.parse(stdout).requests);
    expect(lines.join("\n")).toMatch(/GET \/Users\?filter=userName eq "ada@example\.com"&.* 200 /);
  });

  test("--quiet: the result and nothing else", async () => {
    const { status, stdout, stderr } = await simulate([small, "--quiet"]);
    expect(stderr).toBe("");
    expect(stdout).not.toContain("Day 0");
    expect(stdout).toMatch(/^The rehearsal went as expected\.\n/);
    expect(stdout).toContain("Astro matches the directory");
    expect(status).toBe(0);
  });
});

/** Ids differ from run to run: they are taken from the other result. */
function withIdsOf(value: object, other: { comparison: unknown }): object {
  return { ...value, comparison: other.comparison };
}

describe("the Next line can be pasted", () => {
  test("against a server: with the fixture and the target", async () => {
    const astro = await astroWith();
    const { stdout } = await simulate([small], { astro });
    expect(stdout.split("\n").at(-2)).toBe(
      `Next: astro-scim diff --from fixtures/okta-small.yaml --url ${astro.url}`,
    );
  });

  test("a fixture whose name is several words for a shell is quoted", async () => {
    const cwd = await tempFolder({ "Ada's company.yaml": smallText });
    const { stdout } = await simulate(["Ada's company.yaml"], { cwd });
    expect(stdout.split("\n").at(-3)).toBe(`Next: astro-scim serve 'Ada'\\''s company.yaml' --provisioned`);
  });

  test("a shipped fixture is found from any folder by the name that is shown", async () => {
    const cwd = await tempFolder();
    expect((await simulate(["fixtures/okta-small.yaml"], { cwd })).status).toBe(0);
  });

  test("a fixture of one's own of that name goes first", async () => {
    const cwd = await tempFolder({ "fixtures/okta-small.yaml": "not: a fixture" });
    expect((await simulate(["fixtures/okta-small.yaml"], { cwd })).status).toBe(64);
  });
});

test("a directory in which nobody is assigned gets a warning", async () => {
  const cwd = await tempFolder({
    "nobody.yaml": "idp: okta\nusers: [{ email: a@example.com, assigned: false }]\n",
  });
  const { stderr } = await simulate(["nobody.yaml"], { cwd });
  expect(stderr).toContain(
    "Warning: no user is assigned to the app, so Okta provisions no users at the start.\n",
  );
});

describe("an expectation that is not met", () => {
  const wrong = smallText.replace("ada@example.com: { active: false }", "ada@example.com: { active: true }");

  const line = "expected user ada@example.com: active true, got false";

  test("shows what was expected and what is, as it happens and at the end; exit status 1", async () => {
    const cwd = await tempFolder({ "wrong.yaml": wrong });
    const { status, stdout } = await simulate(["wrong.yaml"], { cwd });
    expect(stdout).toContain(`  ✗ ${line}\n`);
    expect(stdout).toContain(
      [
        "\nExpectations not met",
        "  ✗ step 1, Ada leaves: user ada@example.com",
        "      expected      got",
        "      active true   active false\n",
      ].join("\n"),
    );
    expect(stdout).toMatch(/requests, 2 steps of the timeline, 1 expectation not met\.\n/);
    expect(status).toBe(1);
  });

  test("--quiet: the end begins with the verdict and says it all", async () => {
    const cwd = await tempFolder({ "wrong.yaml": wrong });
    const { stdout } = await simulate(["wrong.yaml", "--quiet"], { cwd });
    expect(stdout).toMatch(/^The rehearsal failed: 1 expectation not met\.\n\nExpectations not met\n/);
  });

  test.each([
    ["--verbose", ""],
    ["--integration catalog --verbose", "--integration catalog"],
    ["--trace trace.ndjson", "--verbose"],
    ["--json", "--verbose --trace t.ndjson"],
  ])("Next goes on with %s after '%s'", async (more, words) => {
    const cwd = await tempFolder({ "wrong.yaml": wrong });
    const { stdout } = await simulate(["wrong.yaml", ...words.split(" ").filter(Boolean)], { cwd });
    expect(stdout.split("\n").at(-2)).toBe(`Next: astro-scim simulate okta wrong.yaml ${more}`);
  });

  test("is in the JSON, with the same exit status", async () => {
    const cwd = await tempFolder({ "wrong.yaml": wrong });
    const { status, stdout } = await simulate(["wrong.yaml", "--json"], { cwd });
    const result = simulationShape.parse(JSON.parse(stdout));
    expect(result.status).toBe("failed");
    expect(result.steps[0]?.unmet).toEqual([
      { kind: "user", name: "ada@example.com", what: "active", expected: true, got: false },
    ]);
    expect(status).toBe(1);
  });
});

describe("--state", () => {
  let cwd: string;
  beforeEach(async () => {
    cwd = await tempFolder();
  });
  const state = ["--state", "okta.json"];

  test("a second run of the same directory sends no write", async () => {
    const astro = await astroWith();
    expect((await simulate([small, ...state], { astro, cwd })).status).toBe(0);
    expect(astro.writes()).not.toEqual([]);
    astro.forget();
    const { status, stdout } = await simulate([small, ...state], { astro, cwd });
    expect(astro.writes()).toEqual([]);
    expect(stdout).toContain("\n  · nothing to send; the timeline was played before\n");
    expect(stdout).toContain("Astro matches the directory");
    expect(status).toBe(0);
  });

  test("without it a second run links to what it finds and ends in the same state", async () => {
    const astro = await astroWith();
    await simulate([small], { astro });
    const before = await astro.state();
    const { status } = await simulate([small], { astro });
    expect(await astro.state()).toEqual(before);
    expect(status).toBe(0);
  });

  test("the file can be read by its owner only", async () => {
    await simulate([small, ...state], { astro: await astroWith(), cwd });
    expect(statSync(join(cwd, "okta.json")).mode & 0o777).toBe(ownerOnly);
  });

  test("the memory of another target is refused before anything is sent; exit status 5", async () => {
    const [one, other] = [await astroWith(), await astroWith()];
    await simulate([small, ...state], { astro: one, cwd });
    const { status, stderr } = await simulate([small, ...state], { astro: other, cwd });
    expect(stderr).toContain(`Error: The state file belongs to ${one.url}, not to ${other.url}.\n`);
    expect(other.requests).toEqual([]);
    expect(status).toBe(5);
  });

  test.each([
    ["is no JSON", "{"],
    ["is something else", `{"provider":"entra"}`],
  ])("a file that %s is named and refused before anything is sent; exit status 64", async (_what, text) => {
    const astro = await astroWith();
    cwd = await tempFolder({ "okta.json": text });
    const { status, stderr } = await simulate([small, ...state], { astro, cwd });
    expect(stderr).toMatch(/^Error: .*okta\.json/m);
    expect(astro.requests).toEqual([]);
    expect(status).toBe(64);
  });

  test("a file that cannot be written is said before anything is sent; exit status 64", async () => {
    const astro = await astroWith();
    const { status, stderr } = await simulate([small, "--state", "no/such/folder/okta.json"], { astro, cwd });
    expect(stderr).toMatch(/^Error: The state file no\/such\/folder\/okta\.json cannot be written: /m);
    expect(astro.requests).toEqual([]);
    expect(status).toBe(64);
  });

  test("a file that cannot be written any more ends the run; exit status 1, for people have been provisioned", async () => {
    const astro = await astroWith({
      after: async ({ method }) => {
        if (method === "POST") await mkdir(join(cwd, "okta.json", "in the way"), { recursive: true });
      },
    });
    const { status, stderr } = await simulate([small, ...state], { astro, cwd });
    expect(stderr).toMatch(/^Error: The state file okta\.json cannot be written: /m);
    expect(status).toBe(1);
  });

  test("a memory of accounts that --cleanup has deleted is none: they exclude each other", async () => {
    const astro = await astroWith();
    const { status, stderr } = await simulate([small, ...state, "--cleanup"], { astro, cwd });
    expect(stderr).toMatch(/^Error: --cleanup and --state cannot be used together/m);
    expect(astro.requests).toEqual([]);
    expect(status).toBe(64);
  });

  test("--retry does what failed before; without it the tasks stay open", async () => {
    let isAilingFor = "jose@example.com";
    const astro = await astroWith({
      before: ({ method, body }) =>
        method === "POST" && isAilingFor !== "" && body.includes(isAilingFor) ? 500 : undefined,
    });
    expect((await simulate([small, ...state], { astro, cwd })).status).toBe(1);
    isAilingFor = "";
    const without = await simulate([small, ...state, "--json"], { astro, cwd });
    const openTasks = simulationShape.parse(JSON.parse(without.stdout)).openTasks;
    expect(openTasks.map(({ subject }) => subject.name)).toEqual(["jose@example.com"]);
    expect(without.status).toBe(1);
    const retried = await simulate([small, ...state, "--retry", "--json"], { astro, cwd });
    expect(JSON.parse(retried.stdout)).toMatchObject({ status: "ok", openTasks: [] });
    expect(retried.status).toBe(0);
  });
});

describe("--cleanup", () => {
  test("deletes what this run created and nothing else", async () => {
    const astro = await astroWith();
    const before = await astro.state();
    const { status, stderr } = await simulate([small, "--cleanup"], { astro });
    expect(await astro.state()).toEqual(before);
    expect(stderr).toContain("Cleaned up: 5 users and Teams that this run created were deleted.\n");
    expect(status).toBe(0);
  });

  test("names what could not be deleted; exit status 1", async () => {
    const astro = await astroWith({ before: ({ method }) => (method === "DELETE" ? 403 : undefined) });
    const { status, stderr } = await simulate([small, "--cleanup"], { astro });
    expect(stderr).toMatch(/^Error: 5 could not be deleted: airflow-admins \(403: it misbehaves\), /m);
    expect(status).toBe(1);
  });
});

describe("a target that is not on this machine", () => {
  const remote = ["--url", "https://scim.example.com/v2", "--token", "abc"];
  let cwd: string;
  beforeEach(async () => {
    cwd = await tempFolder({ "own.yaml": smallText });
  });

  test.each<readonly [rule: string, words: readonly string[], status: number, message: string]>([
    [
      "is refused without --allow-remote",
      ["own.yaml", ...remote],
      5,
      "This would create test users on scim.example.com.",
    ],
    [
      "is refused for a shipped fixture, whatever is allowed",
      [small, "--allow-remote", "--yes", ...remote],
      5,
      "A fixture that comes with astro-scim cannot be used with scim.example.com.",
    ],
    [
      "needs its directory named",
      ["--allow-remote", "--yes", ...remote],
      64,
      "With a target, a directory is required.",
    ],
    [
      "is asked about, and without a terminal there is nobody to ask",
      ["own.yaml", "--allow-remote", ...remote],
      5,
      "Confirmation is required when not on a terminal; nothing was changed.",
    ],
  ])("%s", async (_rule, words, status, message) => {
    const result = await simulate(words, { cwd });
    expect(result).toMatchObject({ status, stdout: "" });
    expect(result.stderr).toContain(`Error: ${message}\n`);
  });

  test("is named in the question, and no is no; exit status 1", async () => {
    const io = terminal({ question: "Provision the users of", keys: "n\r" }, { cwd });
    const { status, stdout, stderr } = await simulate(["own.yaml", "--allow-remote", ...remote], { io });
    expect(stderr).toContain("Provision the users of own.yaml to scim.example.com?");
    expect(stderr).toContain("Error: Not confirmed; nothing was changed.\n");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  });

  test("that a profile marks readOnly is refused", async () => {
    cwd = await tempFolder({
      "own.yaml": smallText,
      "astro-scim.yaml":
        "profiles:\n  p:\n    url: http://127.0.0.1:1/scim/v2\n    tokenEnv: T\n    readOnly: true\n",
    });
    const words = ["own.yaml", "--profile", "p"];
    const { status, stderr } = await simulate(words, { cwd, env: { T: "abc" } });
    expect(stderr).toContain(`Error: The profile "p" of ./astro-scim.yaml is marked readOnly.\n`);
    expect(status).toBe(5);
  });
});

describe("--trace", () => {
  test("keeps each exchange as a line of JSON, without secrets, for its owner only", async () => {
    const astro = await astroWith();
    const cwd = await tempFolder();
    await simulate([small, "--trace", "t.ndjson"], { astro, cwd });
    const text = readFileSync(join(cwd, "t.ndjson"), "utf8");
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ request }) => `${request.method} ${request.path}`)).toEqual(astro.requests);
    expect(lines[0].request.headers.Authorization ?? "[redacted]").toBe("[redacted]");
    expect(text).not.toContain(astro.token);
    expect(text).toMatch(/"password":"\[redacted\]"/);
    expect(statSync(join(cwd, "t.ndjson")).mode & 0o777).toBe(ownerOnly);
  });
});
