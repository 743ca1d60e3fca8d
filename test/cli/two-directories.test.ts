/** Two directories feed one Astro over real HTTP, each responsible for its own domain and its own Teams. */

import { describe, expect, test } from "vitest";
import { driftShape, repairShape } from "../support/json-shapes.ts";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type WatchedAstro } from "../support/watched-astro.ts";

const organization = "organization: cknaqyipv05731evsry6cj4n0\n";

/** Ada and Grace of a.example; Grace leaves. */
const a = `idp: okta
${organization}users:
  - { email: ada@a.example, firstName: Ada, lastName: L }
  - { email: grace@a.example, firstName: Grace, lastName: H }
  - { email: kim@b.example, firstName: Kim, lastName: K, assigned: false }
groups: [{ name: a-data, push: true, members: [ada@a.example, grace@a.example] }]
astro:
  users: [{ email: guest@partner.example, displayName: Guest }]
  teams: [{ name: guests, members: [guest@partner.example] }]
timeline: [{ name: grace leaves, do: [{ deactivate: grace@a.example }] }]
`;

/** Kim and Eve of b.example; Eve leaves. */
const b = `idp: entra
${organization}users:
  - { mail: kim@b.example, displayName: Kim, assigned: true }
  - { mail: eve@b.example, displayName: Eve, assigned: true }
groups: [{ name: b-data, assign: true, members: [kim@b.example, eve@b.example] }]
timeline: [{ name: eve leaves, after: 1d, do: [{ delete: eve@b.example }] }]
`;

const forA = 'responsibleFor: { domains: [a.example], teams: ["a-*"] }\n';
const forB = 'responsibleFor: { domains: ["B.example"], teams: ["B-*"] }\n';

interface Fed {
  readonly cwd: string;
  readonly astro: WatchedAstro;
  readonly simulations: readonly CommandResult[];
  readonly run: (...argv: readonly string[]) => Promise<CommandResult>;
}

/** Both are provisioned, one after the other, and their timelines played. */
async function fed(first: string, second: string): Promise<Fed> {
  const astro = await startWatchedAstro({ fixture: first });
  const cwd = await tempFolder({ "a.yaml": first, "b.yaml": second });
  const run: Fed["run"] = (...argv) => runCommand([...argv, ...astro.target], { cwd });
  const simulations = [
    await run("simulate", "okta", "a.yaml", "--state", "a.json", "--quiet"),
    await run("simulate", "entra", "b.yaml", "--state", "b.json", "--quiet"),
    await run("simulate", "okta", "a.yaml", "--state", "a.json", "--quiet"),
  ];
  astro.forget();
  return { cwd, astro, simulations, run };
}

test("without a word of it each takes the other's accounts for left over", async () => {
  const { run, simulations } = await fed(a, b);
  expect(simulations.map(({ status }) => status)).toEqual([1, 1, 1]);
  for (const file of ["a.yaml", "b.yaml"]) {
    const { status, stdout } = await run("diff", file, "--json");
    const { changes } = driftShape.parse(JSON.parse(stdout));
    expect(changes.map(({ kind }) => kind)).toEqual(Array.from(changes, () => "user-left-over"));
    expect(changes.length).toBeGreaterThan(0);
    expect(status).toBe(2);
  }
});

test("a rehearsal whose responsibility includes nobody sends nothing", async () => {
  const { status, stderr } = await runCommand(["simulate", "okta", "a.yaml"], {
    cwd: await tempFolder({ "a.yaml": `${a}responsibleFor: { domains: [a.exmaple] }\n` }),
  });
  expect(status).toBe(64);
  expect(stderr).toContain("includes no user that the directory provisions");
  expect(stderr).not.toContain("could not be read");
});

describe("with responsibilities that have nothing in common", () => {
  test("each rehearsal ends well, and each diff is clean", async () => {
    const { run, simulations, astro } = await fed(a + forA, b + forB);
    expect(simulations.map(({ status }) => status)).toEqual([0, 0, 0]);
    for (const [file, state] of [
      ["a.yaml", "a.json"],
      ["b.yaml", "b.json"],
    ] as const) {
      for (const memory of [[], ["--state", state]]) {
        const { status, stdout } = await run("diff", file, ...memory, "--json");
        const drift = driftShape.parse(JSON.parse(stdout));
        expect(drift.changes).toEqual([]);
        expect(drift.unexplainedTeams).toEqual([]);
        expect(drift.outside.users.map(({ userName }) => userName)).toContain("guest@partner.example");
        expect(drift.outside.teams.map(({ name }) => name)).toContain("guests");
        expect(drift.outside.provisioned).toEqual([]);
        expect(status).toBe(0);
      }
    }
    expect(astro.writes()).toEqual([]);
  });

  test.each(["resync", "push-group", "delete"])("%s --all touches nothing of the other", async (command) => {
    const { run, astro } = await fed(a + forA, b + forB);
    const before = await astro.state();
    for (const file of ["a.yaml", "b.yaml"]) {
      const { status, stdout } = await run(command, "--all", "--yes", "--from", file, "--json");
      const { operations, outside } = repairShape.parse(JSON.parse(stdout));
      expect(operations).toEqual([]);
      expect(outside.users).toBeGreaterThan(0);
      expect(outside.teams).toBe(2);
      expect(status).toBe(0);
    }
    expect(astro.writes()).toEqual([]);
    expect(await astro.state()).toEqual(before);
  });

  test("its own leaver and its own Team are repaired, and nothing else", async () => {
    const { run, astro } = await fed(a + forA, b + forB);
    await astro.behind.post("/Users", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: "old@a.example",
    });
    await astro.behind.post("/Users", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: "old@b.example",
    });
    astro.forget();
    const { status, stdout } = await run("delete", "--all", "--yes", "--from", "a.yaml");
    expect(stdout).toContain("delete the account old@a.example");
    expect(stdout).toMatch(/^Not changed, because outside responsibleFor: \d accounts and 2 Teams\.$/m);
    expect(astro.writes()).toHaveLength(1);
    expect((await astro.state()).users).toContain("old@b.example");
    expect(status).toBe(0);
  });

  test("an invited guest in a pushed Team stays, whatever is pushed by hand", async () => {
    const { run, astro } = await fed(a + forA, b + forB);
    const { body } = await astro.behind.get('/Users?filter=userName%20eq%20"guest@partner.example"');
    const groups = await astro.behind.get('/Groups?filter=displayName%20eq%20"a-data"');
    const [guest, team] = [body.Resources[0].id, groups.body.Resources[0].id];
    await astro.behind.patch(`/Groups/${team}`, { op: "add", path: "members", value: [{ value: guest }] });
    astro.forget();
    const { status, stdout } = await run("diff", "a.yaml");
    expect(stdout).toContain(
      "  ? Team a-data      keeps 1 member from outside responsibleFor: guest@partner.example\n",
    );
    expect(status).toBe(0);
    for (const who of [["a-data"], ["--all"]]) {
      expect((await run("push-group", ...who, "--yes", "--from", "a.yaml")).status).toBe(0);
    }
    expect(astro.writes()).toEqual([]);
  });
});

describe("what is outside", () => {
  test("is refused by name, with exit status 5 and what would change it", async () => {
    const { run, astro } = await fed(a + forA, b + forB);
    const { status, stdout } = await run(
      "delete",
      "kim@b.example",
      "--team",
      "b-data",
      "--yes",
      "--from",
      "a.yaml",
    );
    expect(stdout).toContain(
      "user kim@b.example  is outside responsibleFor of fixture a.yaml (domains: a.example): repairs do not change it; add b.example to domains there if this directory is responsible for it\n",
    );
    expect(stdout).toContain("Team b-data         is outside responsibleFor of fixture a.yaml (teams: a-*)");
    expect(status).toBe(5);
    expect(astro.writes()).toEqual([]);
  });

  test("is shown by domain, and the Teams in one line", async () => {
    const { run } = await fed(a + forA, b + forB);
    const { stdout } = await run("diff", "a.yaml");
    expect(stdout).toMatch(
      /^Outside responsibleFor \(not compared, never changed\)\n {2}\? b\.example +\d accounts?: .*\n {2}\? partner\.example +1 account: guest@partner\.example\n {2}\? 2 Teams +b-data and guests\n$/m,
    );
    expect(stdout).toContain("Astro matches the directory");
  });
});

describe("a profile", () => {
  const profile = (url: string, responsibleFor: string) =>
    `profiles:\n  local:\n    url: ${url}\n    tokenEnv: LOCAL_TOKEN\n    from: a.yaml\n    responsibleFor: ${responsibleFor}\n`;

  async function withProfile(fixture: string, responsibleFor: string) {
    const astro = await startWatchedAstro({ fixture });
    const cwd = await tempFolder({
      "a.yaml": fixture,
      "astro-scim.yaml": profile(astro.url, responsibleFor),
    });
    const run = (...argv: readonly string[]): Promise<CommandResult> =>
      runCommand([...argv, "--profile", "local"], { cwd, env: { LOCAL_TOKEN: astro.token } });
    return { astro, run };
  }

  const held = a.replace(
    "astro:\n  users: [",
    "astro:\n  users: [{ email: old@a.example }, { email: old@b.example }, ",
  );

  test("says it for every fixture", async () => {
    const { run, astro } = await withProfile(held, "{ domains: [a.example] }");
    const { stdout, status } = await run("delete", "--all", "--yes");
    expect(stdout).toContain("delete the account old@a.example");
    expect(astro.writes()).toHaveLength(1);
    expect(status).toBe(0);
  });

  test("restricts a fixture that claims more", async () => {
    const claims = `${held}responsibleFor: { domains: [a.example, b.example, partner.example], teams: ["*"] }\n`;
    const { run, astro } = await withProfile(claims, '{ domains: [a.example], teams: ["a-*"] }');
    const named = await run("delete", "old@b.example", "guest@partner.example", "--team", "guests", "--yes");
    expect(named.stdout).toContain(
      'responsibleFor of profile "local" of ./astro-scim.yaml (domains: a.example)',
    );
    expect(named.status).toBe(5);
    expect(astro.writes()).toEqual([]);
    const { stdout } = await run("diff", "--json");
    const { responsibleFor } = driftShape.parse(JSON.parse(stdout));
    expect(responsibleFor.map(({ statedBy }) => statedBy)).toEqual([
      "fixture a.yaml",
      'profile "local" of ./astro-scim.yaml',
    ]);
  });

  test("is held to at the end of a rehearsal", async () => {
    const { run } = await withProfile(a, '{ domains: [a.example], teams: ["a-*"] }');
    expect((await run("simulate", "okta", "a.yaml")).status).toBe(0);
  });

  test("that includes nobody of the directory is a mistake, before anything is read", async () => {
    const { run, astro } = await withProfile(a, "{ domains: [a.exampel] }");
    const { status, stderr } = await run("diff");
    expect(stderr).toContain(
      'responsibleFor of profile "local" of ./astro-scim.yaml (domains: a.exampel) includes no user that the directory provisions.',
    );
    expect(status).toBe(64);
    expect(astro.requests).toEqual([]);
  });
});

describe("a suggestion", () => {
  const guests = ["jo", "mo", "bo"].map((name) => `{ email: ${name}@partner.example }`).join(", ");
  const crowded = a
    .replace("astro:\n  users: [", `astro:\n  users: [${guests}, `)
    .replace("b.example", "a.example");

  test("is one paragraph with the line to add, and that line ends the drift", async () => {
    const { run } = await fed(crowded, b);
    const before = await run("diff", "a.yaml");
    expect(before.stdout).toContain(
      "4 orphaned accounts are of partner.example, a domain that no user of the directory has. " +
        "If they come from another directory or from invitations, add this line to the profile or the fixture, and nothing is done about them:\n" +
        "  responsibleFor: { domains: [a.example] }\n",
    );
    const json = driftShape.parse(JSON.parse((await run("diff", "a.yaml", "--json")).stdout));
    expect(json.suggestedResponsibleFor).toEqual({ domains: ["a.example"] });
    const [line = ""] = /^ {2}responsibleFor: .*$/m.exec(before.stdout) ?? [];
    const astro = await startWatchedAstro({ fixture: crowded });
    const cwd = await tempFolder({ "a.yaml": `${crowded}${line.trim()}\n` });
    const after = await runCommand(["simulate", "okta", "a.yaml", ...astro.target], { cwd });
    expect(after.stdout).not.toContain("orphaned");
    expect(after.status).toBe(0);
  });
});

test("a contradiction is shown, compared and not repaired", async () => {
  const contractor = a.replace("assigned: false", "assigned: true") + forA;
  const astro = await startWatchedAstro({ fixture: contractor });
  const cwd = await tempFolder({ "a.yaml": contractor });
  const run = (...argv: readonly string[]) => runCommand([...argv, ...astro.target], { cwd });
  const { stdout, status } = await run("diff", "a.yaml");
  expect(stdout).toContain(
    "Provisioned, but outside responsibleFor (compared, never changed)\n" +
      "  ! kim@b.example  is outside responsibleFor of fixture a.yaml (domains: a.example); add b.example to domains there if this directory is responsible for it\n",
  );
  expect(stdout).toContain("kim@b.example  missing: assigned in the directory, no account in Astro");
  expect(status).toBe(2);
  const repaired = await run("resync", "--all", "--yes", "--from", "a.yaml");
  expect(repaired.stdout).toContain("· user kim@b.example  is outside responsibleFor of fixture a.yaml");
  expect((await astro.state()).users).toEqual(["ada@a.example", "guest@partner.example"]);
  expect((await run("resync", "kim@b.example", "--yes", "--from", "a.yaml")).status).toBe(5);
  const validated = await runCommand(["fixture", "validate", "a.yaml"], { cwd });
  expect(validated.stdout).toContain(
    "the directory provisions the user kim@b.example, which is outside responsibleFor of fixture a.yaml (domains: a.example): repairs would not change it; add b.example to domains there if this directory is responsible for it.",
  );
  expect(validated.status).toBe(0);
});

test("--cleanup deletes what the run has created outside, and nothing else", async () => {
  const contractor = a.replace("assigned: false", "assigned: true") + forA;
  const astro = await startWatchedAstro({ fixture: contractor });
  const cwd = await tempFolder({ "a.yaml": contractor });
  const before = await astro.state();
  const argv = ["simulate", "okta", "a.yaml", "--cleanup", ...astro.target];
  const { status, stdout, stderr } = await runCommand(argv, { cwd });
  expect(stdout).toContain(
    "Provisioned, but outside responsibleFor (compared, never changed)\n  ! kim@b.example",
  );
  expect(stderr).toContain("Cleaned up: 4 users and Teams that this run created were deleted.");
  expect(astro.requests.filter((one) => one.startsWith("DELETE"))).toHaveLength(4);
  expect(await astro.state()).toEqual(before);
  expect(status).toBe(0);
});
