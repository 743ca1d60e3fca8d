/** `diff` and the repairs where the list of users over IAM and the one over SCIM contradict each other. */

import { expect, test } from "vitest";
import { driftShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type PassedAnswer } from "../support/watched-astro.ts";

const fixture = `idp: okta
organization: cknaqyipv05731evsry6cj4n0
users:
  - { email: ada@example.com, firstName: Ada, lastName: King, displayName: Ada King }
  - { email: bob@example.com, firstName: Bob, lastName: Ray, displayName: Bob Ray }
astro:
  users:
    - { email: ada@example.com, displayName: Ada King, givenName: Ada, familyName: King }
    - { email: bob@example.com, displayName: Bob Ray, givenName: Bob, familyName: Ray }
`;

/** The list of users over IAM is complete by its own count, and does not have Bob. */
function withoutBob(answer: PassedAnswer): PassedAnswer {
  const page = JSON.parse(answer.body);
  const users = page.users.filter(({ username }: { username: string }) => username !== "bob@example.com");
  const { "content-length": _, ...headers } = answer.headers;
  return { ...answer, headers, body: JSON.stringify({ ...page, users, totalCount: users.length }) };
}

async function run(...words: readonly string[]) {
  const astro = await startWatchedAstro({
    fixture,
    hasIam: true,
    after: ({ path }, answer) =>
      /\/v1\/organizations\/[^/]+\/users\?/.test(path) ? withoutBob(answer) : undefined,
  });
  const cwd = await tempFolder({ "own.yaml": fixture });
  return { ...(await runCommand([...words, ...astro.target], { cwd })), writes: astro.writes() };
}

test("an active account that IAM does not list leaves it unknown whether Astro matches: exit status 3", async () => {
  const { status, stdout } = await run("diff", "own.yaml");
  expect(status).toBe(3);
  expect(stdout).toContain("SCIM and the IAM API disagree");
  expect(stdout).toContain("bob@example.com");
  expect(stdout).toContain("What to do");
  expect(stdout).toContain("It is unknown whether Astro matches the directory");
});

test("in JSON it is named, and IAM counts as read", async () => {
  const { stdout } = await run("diff", "own.yaml", "--json");
  const json = driftShape.parse(JSON.parse(stdout));
  expect(json).toMatchObject({ status: "unknown", changes: [], iam: { status: "read" } });
  expect(json.apisDisagree).toMatchObject([
    { user: { name: "bob@example.com" }, scim: "active", iam: "not-listed" },
  ]);
});

test.each([["--all"], ["bob@example.com"]])("resync %s says so, writes nothing, and fails", async (whom) => {
  const { status, stdout, writes } = await run("resync", whom, "--from", "own.yaml", "-y");
  expect(status).toBe(1);
  expect(stdout).toContain("bob@example.com");
  expect(stdout).toContain("Access Management");
  expect(stdout).not.toContain("nothing differs");
  expect(writes).toEqual([]);
});

test("over SCIM alone nothing is unknown", async () => {
  expect((await run("diff", "own.yaml", "--api", "scim")).status).toBe(0);
});
