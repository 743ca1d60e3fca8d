/** What one run may take away: each limit at the command line, with the option that a refusal prints. */

import { describe, expect, test } from "vitest";
import { runCommand, type CommandResult } from "../../support/run-command.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { startWatchedAstro, type WatchedAstro } from "../../support/watched-astro.ts";

interface Tried extends CommandResult {
  readonly astro: WatchedAstro;
  /** Repeats the command with more words. */
  readonly again: (...more: readonly string[]) => Promise<CommandResult>;
}

async function attempt(yaml: string, ...words: readonly string[]): Promise<Tried> {
  const astro = await startWatchedAstro({ fixture: yaml });
  const cwd = await tempFolder({ "own.yaml": yaml });
  const again = (...more: readonly string[]): Promise<CommandResult> =>
    runCommand([...words, ...more, "--yes", "--from", "own.yaml", ...astro.target], { cwd });
  return { ...(await again()), astro, again };
}

const crowd = Array.from({ length: 15 }, (_, at) => `p${at}@example.com`);

function fixture(parts: {
  readonly users?: readonly string[];
  readonly groups?: readonly string[];
  readonly held?: readonly string[];
  readonly teams?: readonly string[];
  readonly protect?: readonly string[];
}): string {
  const list = (lines: readonly string[] = []) => lines.map((line) => `\n  - ${line}`).join("") || " []";
  return `idp: okta
organization: cknaqyipv05731evsry6cj4n0
users:${list(parts.users)}
groups:${list(parts.groups)}
astro:
 users:${list(parts.held)}
 teams:${list(parts.teams)}
protect: ${JSON.stringify(parts.protect ?? [])}
`;
}

const idOf = (email: string) => email.split("@")[0]!.replaceAll(".", "-");
const person = (email: string, id = idOf(email)) =>
  `{ email: ${email}, firstName: F, lastName: L, id: "00u${id}" }`;
const account = (email: string, id = idOf(email)) =>
  `{ email: ${email}, givenName: F, familyName: L, displayName: F L, externalId: "00u${id}" }`;

/** The allowing options that a refusal prints, as words. */
function allowedBy(stdout: string): readonly string[] {
  const [, options = ""] = /; (--\S+.*) allows it$/m.exec(stdout) ?? [];
  return options.split(" ");
}

test("push-group --all of a directory that has lost most of a group's members is refused; the printed option allows it", async () => {
  const { status, stdout, astro, again } = await attempt(
    fixture({
      users: crowd.map((email) => person(email)),
      groups: [`{ name: data, push: true, members: [${crowd.slice(0, 2).join(", ")}] }`],
      held: crowd.map((email) => account(email)),
      teams: [`{ name: data, members: [${crowd.join(", ")}] }`],
    }),
    "push-group",
    "--all",
  );
  expect(stdout).toMatch(/Refused: 13 of 15 memberships would be removed \(86\.7 %\); the limit is 10; /);
  expect(astro.writes()).toEqual([]);
  expect(status).toBe(5);
  expect(allowedBy(stdout)).toEqual(["--max-removals", "13"]);
  expect((await again(...allowedBy(stdout))).status).toBe(0);
  expect((await astro.state()).teams["data"]).toHaveLength(2);
});

test("another tenant's directory, whose ids are the same and whose names are not, renames nobody", async () => {
  const { status, stdout, astro, again } = await attempt(
    fixture({
      users: crowd.map((email, at) => person(`other.${email}`, `${at}`)),
      held: crowd.map((email, at) => account(email, `${at}`)),
    }),
    "resync",
    "--all",
  );
  expect(stdout).toMatch(/Refused: 15 of 15 accounts and Teams would be renamed \(100 %\); the limit is 3; /);
  expect(astro.writes()).toEqual([]);
  expect(status).toBe(5);
  expect(allowedBy(stdout)).toEqual(["--max-renames", "15"]);
  expect((await again("--max-renames", "100%")).status).toBe(0);
});

test("a directory without groups empties no Team, by name either, and nothing allows it", async () => {
  const yaml = fixture({
    users: crowd.map((email) => person(email)),
    groups: ["{ name: data, push: true, members: [] }"],
    held: crowd.map((email) => account(email)),
    teams: [`{ name: data, members: [${crowd.slice(0, 2).join(", ")}] }`],
  });
  const { status, stdout, astro, again } = await attempt(yaml, "push-group", "data");
  expect(stdout).toContain(
    "Refused: no group in the directory has a member; this looks like a mistake, and no option allows it",
  );
  expect((await again("--allow-empty", "data", "--max-removals", "100%")).status).toBe(5);
  expect(astro.writes()).toEqual([]);
  expect(status).toBe(5);
});

test("a Team that would lose its last member needs --allow-empty, though it was named", async () => {
  const { status, stdout, astro, again } = await attempt(
    fixture({
      users: crowd.map((email) => person(email)),
      groups: [
        "{ name: It's data, push: true, members: [] }",
        `{ name: ops, push: true, members: [${crowd[0]}] }`,
      ],
      held: crowd.map((email) => account(email)),
      teams: [`{ name: It's data, members: [${crowd[1]}] }`, `{ name: ops, members: [${crowd[0]}] }`],
    }),
    "push-group",
    "It's data",
  );
  expect(stdout).toContain(
    "Refused: the Team It's data would have no member left; --allow-empty 'It'\\''s data' allows it\n",
  );
  expect(astro.writes()).toEqual([]);
  expect(status).toBe(5);
  expect((await again("--allow-empty", "it's data")).status).toBe(0);
  expect((await astro.state()).teams["It's data"]).toEqual([]);
});

describe("protect", () => {
  const yaml = (protect: readonly string[]) =>
    fixture({
      users: crowd.slice(0, 3).map((email) => person(email)),
      groups: [`{ name: data, push: true, members: [${crowd[0]}] }`],
      held: crowd.slice(0, 5).map((email) => account(email)),
      teams: [`{ name: data, members: [${crowd.slice(0, 3).join(", ")}] }`],
      protect,
    });

  test("a warning is printed before anything is written, with --quiet as well", async () => {
    const protect = ["nobody@example.com", ` ${crowd[1]}`];
    const { stdout, status, again } = await attempt(yaml(protect), "push-group", "--all", "--quiet");
    const warnings = [
      'Warning: protect: "nobody@example.com" matches no account, no Team and nothing in the directory, so it protects nothing.\n',
      'Warning: protect: " p1@example.com" has spaces around it; they were ignored.\n',
    ];
    for (const warning of warnings) expect(stdout).toContain(warning);
    expect(stdout.indexOf("Warning")).toBeLessThan(stdout.indexOf("Plan"));
    expect(status).toBe(0);
    expect(JSON.parse((await again("--json")).stdout)).toMatchObject({
      warnings: [
        { entry: "nobody@example.com", problem: "matches-nobody" },
        { entry: " p1@example.com", problem: "blanks" },
      ],
    });
  });

  test("what touches it is left out and listed; the rest goes on", async () => {
    const { stdout, status, astro } = await attempt(yaml([crowd[1]!, crowd[3]!]), "push-group", "--all");
    expect(status).toBe(0);
    expect(stdout).toMatch(/\n1 done\.\n/);
    expect((await astro.state()).teams["data"]).toEqual([crowd[0], crowd[1]]);
  });
});

describe("simulate --cleanup deletes by a plan", () => {
  const yaml = fixture({
    users: [person("new@example.com")],
    held: [account("there@example.com"), account("boss@example.com")],
  });

  test("an account that the server says it created, and that was there before, stays", async () => {
    let there = "";
    const astro = await startWatchedAstro({
      fixture: yaml,
      after: ({ method, path }, answer) => {
        if (method !== "POST" || path !== "/Users") return undefined;
        return { ...answer, headers: {}, body: JSON.stringify({ ...JSON.parse(answer.body), id: there }) };
      },
    });
    there = (await astro.behind.get("/Users?filter=userName%20eq%20%22there@example.com%22")).body
      .Resources[0].id;
    const cwd = await tempFolder({ "own.yaml": yaml });
    const words = ["simulate", "okta", "own.yaml", "--cleanup", ...astro.target];
    const { status, stderr } = await runCommand(words, { cwd });
    expect((await astro.state()).users).toContain("there@example.com");
    expect(stderr).toContain(
      "there@example.com (the server answered that it was created, but it existed before the run)",
    );
    expect(status).toBe(1);
  });

  test("an account that somebody has changed since the run ended stays", async () => {
    let deletions = 0;
    const astro = await startWatchedAstro({
      fixture: yaml,
      before: async ({ method, path }) => {
        // The first look by id after the run has been compared is the one before the deletion.
        if (method !== "GET" || !/^\/Users\/[^?]+$/.test(path)) return undefined;
        const user = (await astro.behind.get(path)).body;
        if (user.userName !== "new@example.com" || deletions > 0) return undefined;
        deletions += 1;
        await astro.behind.patch(path, { op: "replace", path: "displayName", value: "Somebody else's now" });
        return undefined;
      },
    });
    const cwd = await tempFolder({ "own.yaml": yaml });
    const { status, stderr } = await runCommand(
      ["simulate", "okta", "own.yaml", "--cleanup", ...astro.target],
      {
        cwd,
      },
    );
    expect(stderr).toContain("new@example.com (it has changed since the plan was made)");
    expect((await astro.state()).users).toContain("new@example.com");
    expect(status).toBe(1);
  });
});

test("the Next line of a dry run repeats what says which directory, which target and what is allowed", async () => {
  const yaml = fixture({
    users: crowd.map((email) => person(email)),
    held: [...crowd, "left@example.com"].map((email) => account(email)),
  });
  const astro = await startWatchedAstro({ fixture: yaml });
  const cwd = await tempFolder({ "own.yaml": yaml, "my token.txt": astro.token });
  const target = ["--from", "own.yaml", "--url", astro.url, "--token-file", "my token.txt"];
  const words = ["delete", "--all", "--max-deletions", "50%", "--allow-empty", "a b"];
  const { stdout } = await runCommand([...words, "--at", "start", "--dry-run", ...target], { cwd });
  expect(stdout).toContain(
    "Next: astro-scim delete --all --max-deletions 50% --allow-empty 'a b' --from own.yaml --at start " +
      `--url ${astro.url} --token-file 'my token.txt'\n`,
  );
});
