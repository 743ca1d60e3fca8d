/** What keeps `push-group`, `resync` and `delete` from doing harm: exit status 5, and nothing written. */

import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";
import { shippedFixture } from "../../../src/assembly/files/fixture-file.ts";
import { repairShape } from "../../support/json-shapes.ts";
import { runCommand, type CommandOptions, type CommandResult } from "../../support/run-command.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { agreed, terminal } from "../../support/terminal.ts";
import { startWatchedAstro, type WatchedAstro } from "../../support/watched-astro.ts";

const drift = shippedFixture("okta-drift.yaml");
const driftText = readFileSync(drift, "utf8");

interface Company {
  /** Short names: `ada` is ada@example.com. */
  readonly assigned?: readonly string[];
  readonly held?: readonly string[];
  readonly team?: readonly string[];
  readonly protect?: readonly string[];
}

/** A fixture whose directory has these people, and whose Astro holds those. */
function company({ assigned = [], held = [], team = [], protect = [] }: Company): string {
  const mail = (name: string) => `${name}@example.com`;
  const users = assigned.map((name) => `  - { email: ${mail(name)}, firstName: ${name}, lastName: X }\n`);
  const accounts = held.map((name) => `    - { email: ${mail(name)}, givenName: ${name}, familyName: X }\n`);
  return `idp: okta
organization: cknaqyipv05731evsry6cj4n0
users:${users.length === 0 ? " []" : ""}
${users.join("")}groups:
  - { name: data, push: true, members: [${assigned.map(mail).join(", ")}] }
astro:
  users:${accounts.length === 0 ? " []" : ""}
${accounts.join("")}  teams: [{ name: data, members: [${team.map(mail).join(", ")}] }]
protect: [${protect.join(", ")}]
`;
}

interface Tried extends CommandResult {
  readonly astro: WatchedAstro;
}

/** Runs a command for a fixture against the Astro that it describes. */
async function attempt(
  yaml: string,
  words: readonly string[],
  { files = {}, ...options }: CommandOptions & { readonly files?: Record<string, string> } = {},
): Promise<Tried> {
  const astro = await startWatchedAstro({ fixture: yaml });
  const cwd = await tempFolder({ "own.yaml": yaml, ...files });
  const result = await runCommand([...words, "--from", "own.yaml", ...astro.target], { cwd, ...options });
  return { ...result, astro };
}

const crowd = ["ada", "bob", "eve", "gus", "kim", "liv"];

describe("the deletion limit", () => {
  const leavers = company({ assigned: ["ada"], held: crowd });

  test("more than three of seven are refused, and the option that would allow it is named", async () => {
    const { status, stdout, astro } = await attempt(leavers, ["delete", "--all", "--yes"]);
    expect(stdout).toMatch(
      /\nRefused: 5 of 7 accounts and Teams would be deleted \(71\.4 %\); the limit is 3; --max-deletions 5 allows it\n/,
    );
    expect(astro.writes()).toEqual([]);
    expect(status).toBe(5);
  });

  test("the JSON names the rule, with the same exit status", async () => {
    const { status, stdout } = await attempt(leavers, ["delete", "--all", "--yes", "--json"]);
    const { refusals, ...result } = repairShape.parse(JSON.parse(stdout));
    expect(result.status).toBe("refused");
    expect(refusals).toMatchObject([{ rule: "deletion-limit", allowedBy: "--max-deletions 5" }]);
    expect(status).toBe(5);
  });

  test("--max-deletions allows as many as it says", async () => {
    const tooFew = await attempt(leavers, ["delete", "--all", "--yes", "--max-deletions", "4"]);
    expect(tooFew.status).toBe(5);
    const enough = await attempt(leavers, ["delete", "--all", "--yes", "--max-deletions", "5"]);
    expect((await enough.astro.state()).users).toEqual(["ada@example.com"]);
    expect(enough.status).toBe(0);
  });

  test("--max-deletions 0 allows none", async () => {
    const { status, stdout } = await attempt(leavers, [
      "delete",
      "bob@example.com",
      "--yes",
      "--max-deletions",
      "0",
    ]);
    expect(stdout).toContain(
      "\nRefused: 1 of 7 accounts and Teams would be deleted (14.3 %); the limit is 0;",
    );
    expect(status).toBe(5);
  });

  test("a dry run says the refusal, with the same exit status, and not that it could be carried out", async () => {
    const { status, stdout } = await attempt(leavers, ["delete", "--all", "--dry-run"]);
    expect(stdout).toContain("\nRefused: 5 of 7 accounts");
    expect(stdout).not.toContain("Next:");
    expect(status).toBe(5);
  });
});

describe("an empty directory is never 'everybody left'", () => {
  test.each([["delete"], ["resync"], ["push-group"]])("%s is refused", async (command) => {
    const yaml = company({ held: ["ada", "bob"], team: ["ada"] });
    const { status, stdout, astro } = await attempt(yaml, [command, "--all", "--yes"]);
    expect(stdout).toContain("\nRefused: no user in the directory is assigned to the app; ");
    expect(astro.writes()).toEqual([]);
    expect(status).toBe(5);
  });
});

test("where no option allows a plan, none is offered for the other reasons", async () => {
  const yaml = company({ held: ["ada", "bob"], team: ["ada"] });
  const { stdout } = await attempt(yaml, ["delete", "--all", "--yes", "--max-deletions", "1"]);
  expect(stdout).toMatch(
    /\nRefused: 2 of 3 accounts and Teams would be deleted \(66\.7 %\); the limit is 1\n/,
  );
  expect(stdout).toMatch(/\nRefused: the Team \S+ would have no member left\n/);
});

describe("what is protected is never touched", () => {
  const people = { assigned: ["ada"], held: ["ada", "bob", "eve"], team: ["bob", "eve"] };

  test.each<readonly [where: string, yaml: string, words: readonly string[]]>([
    ["the fixture", company({ ...people, protect: ["bob@example.com"] }), []],
    ["the fixture, in another case", company({ ...people, protect: ["BOB@Example.com"] }), []],
  ])("protected by %s", async (_where, yaml, words) => {
    const { status, astro } = await attempt(yaml, ["delete", "--all", "--yes", ...words]);
    expect((await astro.state()).users).toEqual(["ada@example.com", "bob@example.com"]);
    expect(status).toBe(0);
  });

  test("a protected account that is named is said; exit status 5", async () => {
    const yaml = company({ ...people, protect: ["bob@example.com"] });
    const { status, stdout, astro } = await attempt(yaml, ["delete", "bob@example.com", "--yes"]);
    expect(stdout).toMatch(/\n {2}= user bob@example\.com {2}is protect/);
    expect(astro.writes()).toEqual([]);
    expect(status).toBe(5);
    const dryRun = await attempt(yaml, ["delete", "bob@example.com", "--dry-run"]);
    expect(dryRun.status).toBe(5);
  });

  test("a protected member stays in the Team", async () => {
    const yaml = company({ ...people, protect: ["bob@example.com"] });
    const { astro } = await attempt(yaml, ["push-group", "data", "--yes"]);
    expect((await astro.state()).teams["data"]).toEqual(["ada@example.com", "bob@example.com"]);
  });

  test("a protected Team stays as it is", async () => {
    const { astro } = await attempt(company({ ...people, protect: ["data"] }), [
      "push-group",
      "--all",
      "--yes",
    ]);
    expect(astro.writes()).toEqual([]);
  });
});

describe("a profile", () => {
  /** Runs a command with a profile for the Astro of the fixture. */
  async function withProfile(settings: string, words: readonly string[], folder = "."): Promise<Tried> {
    const yaml = company({ assigned: ["ada"], held: ["ada", "bob", "eve"] });
    const astro = await startWatchedAstro({ fixture: yaml });
    const profile = `profiles:\n  prod:\n    url: ${astro.url}\n    tokenEnv: PROD_TOKEN\n${settings}`;
    const cwd = await tempFolder({ "own.yaml": yaml, "astro-scim.yaml": profile, "below/empty.txt": "" });
    const options = { cwd: `${cwd}/${folder}`, env: { PROD_TOKEN: astro.token } };
    return { ...(await runCommand([...words, "--profile", "prod"], options)), astro };
  }

  test("readOnly: the plan is shown and refused", async () => {
    const settings = "    from: own.yaml\n    readOnly: true\n";
    const { status, stdout, astro } = await withProfile(settings, ["delete", "--all", "--yes"]);
    expect(stdout).toContain("\nRefused: the profile of this target is read-only (readOnly: true)\n");
    expect(astro.writes()).toEqual([]);
    expect(status).toBe(5);
  });

  test("readOnly: reading goes on", async () => {
    const settings = "    from: own.yaml\n    readOnly: true\n";
    expect((await withProfile(settings, ["diff"])).status).toBe(2);
  });

  test("protect adds to the fixture's own", async () => {
    const settings = "    from: own.yaml\n    protect: [bob@example.com]\n";
    const { status, astro } = await withProfile(settings, ["delete", "--all", "--yes"]);
    expect((await astro.state()).users).toEqual(["ada@example.com", "bob@example.com"]);
    expect(status).toBe(0);
  });

  test("maxDeletions 0 forbids every deletion; the flag goes before it", async () => {
    const settings = "    from: own.yaml\n    maxDeletions: 0\n";
    expect((await withProfile(settings, ["delete", "--all", "--yes"])).status).toBe(5);
    expect((await withProfile(settings, ["delete", "--all", "--yes", "--max-deletions", "2"])).status).toBe(
      0,
    );
  });

  test("from is found beside the profile, from a folder below as well", async () => {
    const { status, stderr } = await withProfile("    from: own.yaml\n", ["diff"], "below");
    expect(stderr).not.toMatch(/^Error/m);
    expect(status).toBe(2);
  });

  test("Next names the profile, and no token", async () => {
    const { stdout, astro } = await withProfile("    from: own.yaml\n", ["delete", "--all", "--dry-run"]);
    expect(stdout).toMatch(/\nNext: astro-scim delete --all --from \S+ --profile prod\n$/);
    expect(stdout).not.toContain(astro.token);
  });
});

describe("the target", () => {
  const remote = ["--url", "https://scim.example.com/v2", "--token", "abc"];

  test.each([["push-group"], ["resync"], ["delete"]])(
    "%s: a shipped fixture is for loopback only",
    async (command) => {
      const { status, stderr } = await runCommand([command, "--all", "--yes", "--from", drift, ...remote]);
      expect(stderr).toContain(
        "Error: A fixture that comes with astro-scim cannot be used with scim.example.com.\n",
      );
      expect(status).toBe(5);
    },
  );

  test.each([["push-group"], ["resync"], ["delete"]])(
    "%s: with a target the directory is named",
    async (command) => {
      const { status, stderr } = await runCommand([command, "--all", "--yes", ...remote]);
      expect(stderr).toContain("Error: With a target, a directory is required.\n");
      expect(status).toBe(64);
    },
  );

  test("--roles-unknown is for Astro's own host: elsewhere delete goes without it", async () => {
    const yaml = company({ assigned: ["ada"], held: ["ada", "bob"] });
    for (const words of [[], ["--roles-unknown"]]) {
      const { status, astro } = await attempt(yaml, ["delete", "--all", "--yes", ...words]);
      expect((await astro.state()).users).toEqual(["ada@example.com"]);
      expect(status).toBe(0);
    }
  });
});

describe("what changed while the question stood there", () => {
  /** Peter gets another display name after the plan was shown; then the question is answered with yes. */
  async function staleDelete(words: readonly string[]): Promise<Tried> {
    const astro = await startWatchedAstro({ fixture: driftText });
    const rename = async (): Promise<void> => {
      const { body } = await astro.behind.get(
        `/Users?filter=userName eq "peter.grant@example.com"`.replaceAll(" ", "%20"),
      );
      const set = { op: "replace", path: "displayName", value: "Peter Grant-Hill" };
      await astro.behind.patch(`/Users/${body.Resources[0].id}`, set);
    };
    const io = terminal({ ...agreed, meanwhile: rename });
    const argv = ["delete", "--all", "--from", drift, ...words, ...astro.target];
    return { ...(await runCommand(argv, { io })), astro };
  }

  test("is left alone, and everything else is done; exit status 5", async () => {
    const { status, stdout, astro } = await staleDelete([]);
    expect(stdout).toMatch(
      /delete the account peter\.grant@example\.com .* {2}stale: it has changed since the plan was made\n/,
    );
    expect(stdout).toMatch(/\n2 done, 1 stale\.\n/);
    const { users } = await astro.state();
    expect(users).toContain("peter.grant@example.com");
    expect(users).not.toContain("ruth.meyer@example.com");
    expect(status).toBe(5);
  });

  test("with --strict-plan nothing at all is done; exit status 5", async () => {
    const { status, stdout, astro } = await staleDelete(["--strict-plan"]);
    expect(stdout).toMatch(/\n1 stale, 2 not done\.\n/);
    expect(astro.writes()).toEqual([]);
    expect(status).toBe(5);
  });

  test("the JSON has the same status", async () => {
    const { status, stdout } = await staleDelete(["--json"]);
    expect(repairShape.parse(JSON.parse(stdout)).status).toBe("stale");
    expect(status).toBe(5);
  });
});
