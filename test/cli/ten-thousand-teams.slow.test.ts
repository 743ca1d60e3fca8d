/** An organization with 10,000 Teams: the commands read all of them, over every API, and find the one that differs. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { driftShape, teamsShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { seedUser } from "../support/seed-user.ts";
import { tempFolder } from "../support/temp-folder.ts";

const organizationId = "cknaqyipv05731evsry6cj4n0";
const names = Array.from({ length: 10_000 }, (_, number) => `team-${number}`);
const people = Array.from({ length: 20 }, (_, number) => `user-${number}@example.com`);
const membersOf = (team: number): readonly string[] => [
  people[team % people.length] ?? "",
  people[(team + 1) % people.length] ?? "",
];

/** Of one Team a member is missing in Astro, and one Team has no group. */
const short = 7_777;
const gone = 9_999;

const fixture = `idp: okta
organization: ${organizationId}
users:
${people.map((email) => `  - { email: ${email}, firstName: Ada, lastName: King, displayName: Ada King }\n`).join("")}groups:
${names
  .slice(0, gone)
  .map((name, team) => `  - { name: ${name}, push: true, members: [${membersOf(team).join(", ")}] }\n`)
  .join("")}`;

let server: AstroServer;

beforeAll(async () => {
  const named = { displayName: "Ada King", givenName: "Ada", familyName: "King" };
  server = await startServer({
    organizationId,
    seed: {
      users: people.map((email) => seedUser(email, named)),
      teams: names.map((name, team) => ({
        name,
        isIdpManaged: true,
        members: team === short ? membersOf(team).slice(1) : membersOf(team),
      })),
    },
  });
});
afterAll(() => server.close());

async function run(...words: readonly string[]) {
  const cwd = await tempFolder({ "own.yaml": fixture });
  return runCommand([...words, "--url", server.url, "--token", server.token], { cwd });
}

test.each(["iam", "scim"])("teams lists all of them over %s, each once", async (api) => {
  const { status, stdout } = await run("teams", "--json", "--api", api);
  expect(status).toBe(0);
  const { teams } = teamsShape.parse(JSON.parse(stdout));
  expect(new Set(teams.map(({ name }) => name))).toEqual(new Set(names));
  expect(teams.length).toBe(names.length);
});

test("teams show finds one of them, and the nearest name to one that is not there", async () => {
  const { status, stdout } = await run("teams", "show", "TEAM-4711");
  expect(status).toBe(0);
  expect(stdout).toContain("user-11@example.com");
  const { status: refused, stderr } = await run("teams", "show", "taem-4711");
  expect(refused).toBe(1);
  expect(stderr).toContain("team-4711");
});

test.each([
  { over: "IAM alone", flags: ["--api", "iam"] },
  { over: "SCIM and IAM", flags: [] },
])("diff over $over finds the two that differ, and no other", async ({ flags }) => {
  const { status, stdout } = await run("diff", "own.yaml", "--json", ...flags);
  expect(status).toBe(2);
  const { changes, compared } = driftShape.parse(JSON.parse(stdout));
  expect(compared).toMatchObject({ heldTeams: 10_000, expectedTeams: 9_999 });
  expect(changes.map(({ kind, subject }) => `${kind} ${subject.name}`)).toEqual([
    `team-members-differ team-${short}`,
    `team-left-over team-${gone}`,
  ]);
});
