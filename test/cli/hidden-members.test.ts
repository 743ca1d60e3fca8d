/** Servers that do not show who is in their Teams: told in another way, or said to be unknown; never a difference. */

import { describe, expect, test } from "vitest";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type WatchedAstro } from "../support/watched-astro.ts";

const company = (behaviour: string): string => `idp: okta
astro: { behaviour: { ${behaviour} } }
users:
  - { email: ada@example.com, firstName: Ada, lastName: King }
  - { email: grace@example.com, firstName: Grace, lastName: Hopper }
groups:
  - { name: data, members: [ada@example.com, grace@example.com], push: true }
  - { name: ops, members: [ada@example.com], push: true }
`;

async function provisioned(behaviour: string) {
  const fixture = company(behaviour);
  const cwd = await tempFolder({
    "company.yaml": fixture,
    "moved.yaml": fixture.replace("members: [ada@example.com],", "members: [grace@example.com],"),
  });
  const astro = await startWatchedAstro({ fixture });
  const run = (...words: string[]): Promise<CommandResult> =>
    runCommand([...words, ...astro.target], { cwd });
  const rehearsal = await run("simulate", "okta", "company.yaml");
  astro.forget();
  return { astro, run, rehearsal };
}

async function membersOf(astro: WatchedAstro, name: string): Promise<readonly string[]> {
  const users = (await astro.behind.get("/Users")).body.Resources;
  const teams = (await astro.behind.get(`/Groups?filter=displayName%20eq%20"${name}"`)).body.Resources;
  const filter = encodeURIComponent(`id eq "${teams[0].id}"`);
  const names: string[] = [];
  for (const { id, userName } of users) {
    const found = await astro.behind.get(`/Groups?filter=${filter}%20and%20members.value%20eq%20"${id}"`);
    if (found.body.totalResults === 1) names.push(userName);
  }
  return names;
}

describe.each(["teamMembers: on-request", "teamMembers: hidden"])("%s", (behaviour) => {
  test("who is in a Team is told: nothing differs after a rehearsal, and a difference is seen", async () => {
    const { run } = await provisioned(behaviour);
    const same = await run("diff", "company.yaml", "--json");
    expect([same.status, JSON.parse(same.stdout)]).toEqual([
      0,
      expect.objectContaining({ status: "same", changes: [], cannotTell: [] }),
    ]);
    const moved = await run("diff", "moved.yaml");
    expect(moved.stdout).toContain(
      "~ ops  members differ\n      missing       grace@example.com\n      not expected  ada@example.com\n",
    );
    expect(moved.status).toBe(2);
  });

  test("a repair writes what differs, and confirms it", async () => {
    const { astro, run } = await provisioned(behaviour);
    const repaired = await run("push-group", "ops", "--yes", "--from", "moved.yaml");
    expect([repaired.status, repaired.stdout]).toEqual([0, expect.any(String)]);
    expect(await membersOf(astro, "ops")).toEqual(["grace@example.com"]);
    expect((await run("diff", "moved.yaml")).status).toBe(0);
  });
});

describe("neither Teams nor users show it", () => {
  const hidden = "teamMembers: hidden, userGroups: hidden";

  test("diff cannot tell: no difference, status unknown, exit status 3", async () => {
    const { run } = await provisioned(hidden);
    const { status, stdout } = await run("diff", "moved.yaml", "--json");
    const json = JSON.parse(stdout);
    expect([status, json.status, json.changes]).toEqual([3, "unknown", []]);
    expect(json.cannotTell).toMatchObject([
      { what: "members", team: { name: "data" } },
      { what: "members", team: { name: "ops" } },
    ]);
    const text = (await run("diff", "moved.yaml")).stdout;
    expect(text).toContain("It is unknown whether Astro matches the directory");
    expect(text).not.toContain("Astro matches the directory:");
  });

  test("beside a difference it is still unknown, and the difference is shown", async () => {
    const { astro, run } = await provisioned(hidden);
    const [ada] = (await astro.behind.get("/Users")).body.Resources;
    await astro.behind.patch(`/Users/${ada.id}`, { op: "replace", path: "displayName", value: "Countess" });
    const { status, stdout } = await run("diff", "company.yaml", "--json");
    expect([status, JSON.parse(stdout).status]).toEqual([3, "unknown"]);
    expect(JSON.parse(stdout).changes).toMatchObject([{ kind: "user-attribute-differs" }]);
  });

  test("a rehearsal ends with unknown, not with success", async () => {
    const { rehearsal } = await provisioned(hidden);
    expect(rehearsal.status).toBe(3);
    expect(rehearsal.stdout).toContain("It is unknown whether the rehearsal succeeded");
  });

  test("a step that expects members is not checked, and no expectation is unmet for it", async () => {
    const cwd = await tempFolder({
      "company.yaml": `${company(hidden)}timeline:
  - name: Grace joins ops
    do: [{ add: { user: grace@example.com, to: ops } }]
    expect: { teams: { ops: [ada@example.com, grace@example.com] } }
`,
    });
    const { status, stdout } = await runCommand(["simulate", "okta", "company.yaml", "--json"], { cwd });
    const { steps } = JSON.parse(stdout);
    expect(steps).toMatchObject([{ unmet: null, notChecked: expect.stringContaining("does not show") }]);
    expect(status).toBe(3);
  });

  test.each([
    ["push-group", "--all"],
    ["resync", "--all"],
  ])("%s %s writes to none of these Teams, and says so", async (...words) => {
    const { astro, run } = await provisioned(hidden);
    const { status, stdout } = await run(...words, "--yes", "--from", "moved.yaml");
    expect(astro.writes()).toEqual([]);
    expect([status, stdout]).toEqual([1, expect.stringContaining("does not show who is in its Teams")]);
  });

  test("push-group NAME adds who should be in it, takes nobody out, and says that it cannot be confirmed", async () => {
    const { astro, run } = await provisioned(hidden);
    const { status, stdout } = await run("push-group", "ops", "--yes", "--from", "moved.yaml");
    expect(await membersOf(astro, "ops")).toEqual(["ada@example.com", "grace@example.com"]);
    expect([status, stdout]).toEqual([1, expect.stringContaining("it cannot be confirmed")]);
  });
});

test("Teams that say they are empty, against users who say they are in them: it cannot be told", async () => {
  const fixture = company("");
  const cwd = await tempFolder({ "company.yaml": fixture });
  const astro = await startWatchedAstro({
    fixture,
    after: ({ path, method }, answer) => {
      if (method !== "GET" || !path.startsWith("/Groups")) return answer;
      const body = JSON.parse(answer.body);
      for (const team of body.Resources ?? [body]) team.members = [];
      const headers = Object.entries(answer.headers).filter(([name]) => name !== "content-length");
      return { ...answer, headers: Object.fromEntries(headers), body: JSON.stringify(body) };
    },
  });
  await runCommand(["simulate", "okta", "company.yaml", ...astro.target], { cwd });
  const { status, stdout } = await runCommand(["diff", "company.yaml", "--json", ...astro.target], { cwd });
  expect([status, JSON.parse(stdout).status]).toEqual([3, "unknown"]);
});

test("Teams that are all empty are empty where the server shows members", async () => {
  const { astro, run } = await provisioned("");
  const teams = (await astro.behind.get("/Groups")).body.Resources;
  for (const { id } of teams) await astro.behind.patch(`/Groups/${id}`, { op: "remove", path: "members" });
  const { status, stdout } = await run("diff", "company.yaml", "--json");
  expect([status, JSON.parse(stdout).status]).toEqual([2, "different"]);
});

test("an empty Team is empty where another Team shows members", async () => {
  const { astro, run } = await provisioned("");
  const [first] = (await astro.behind.get("/Groups")).body.Resources;
  await astro.behind.patch(`/Groups/${first.id}`, { op: "remove", path: "members" });
  const { status, stdout } = await run("diff", "company.yaml");
  expect([status, stdout]).toEqual([
    2,
    expect.stringContaining(`${first.displayName}  members differ, missing`),
  ]);
});
