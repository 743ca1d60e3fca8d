/** `delete-account` and `delete-team` of a timeline: done in Astro directly, on this machine only. */

import { describe, expect, test } from "vitest";
import { simulationShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

const company = {
  okta: "{ name: data, members: [ada@example.com], push: true }",
  entra: "{ name: data, members: [ada@example.com], assign: true }",
} as const;

const people = {
  okta: "[{ email: ada@example.com }, { email: eve@example.com }]",
  entra:
    "[{ mail: ada@example.com, displayName: Ada, assigned: true }, { mail: eve@example.com, displayName: Eve, assigned: true }]",
} as const;

function fixture(idp: keyof typeof company, action: string, expectation: string): string {
  return `idp: ${idp}
users: ${people[idp]}
groups: [${company[idp]}]
timeline: [{ name: deleted in Astro, do: [${action}], expect: ${expectation} }]
`;
}

describe.each(["okta", "entra"] as const)("%s learns nothing of it", (idp) => {
  test.each([
    [
      "an account",
      "delete-account: [eve@example.com]",
      "{ users: { eve@example.com: { exists: false } }, requests: no-writes }",
    ],
    ["a Team", "delete-team: data", "{ teams: { data: null }, requests: no-writes }"],
  ])("%s", async (_, action, expectation) => {
    const text = fixture(idp, action, expectation);
    const astro = await startWatchedAstro({ fixture: text });
    const cwd = await tempFolder({ "company.yaml": text });
    const { stdout } = await runCommand(["simulate", idp, "company.yaml", ...astro.target, "--json"], {
      cwd,
    });
    const result = simulationShape.parse(JSON.parse(stdout));
    expect(result.steps).toMatchObject([{ jobs: [], unmet: [] }]);
    expect(astro.writes().filter((line) => line.startsWith("DELETE "))).toHaveLength(1);
  });
});

test("what is not there stays away, and nothing is sent", async () => {
  const twice = fixture("okta", "{ delete-team: data }, { delete-team: data }", "{ teams: { data: null } }");
  const astro = await startWatchedAstro({ fixture: twice });
  const cwd = await tempFolder({ "company.yaml": twice });
  const { stdout } = await runCommand(["simulate", "okta", "company.yaml", ...astro.target], { cwd });
  expect(stdout).toContain("✓ as expected");
  expect(astro.writes().filter((line) => line.startsWith("DELETE "))).toHaveLength(1);
});

test("an Astro that refuses ends the rehearsal with exit status 1 and its words", async () => {
  const text = fixture("okta", "delete-account: eve@example.com", "{ requests: none }");
  const astro = await startWatchedAstro({
    fixture: text,
    complaint: "not today",
    before: ({ method }) => (method === "DELETE" ? 403 : undefined),
  });
  const cwd = await tempFolder({ "company.yaml": text });
  const { status, stderr } = await runCommand(["simulate", "okta", "company.yaml", ...astro.target], { cwd });
  expect(stderr).toMatch(
    /^Error: The account of eve@example\.com could not be deleted in Astro: .*not today/m,
  );
  expect(status).toBe(1);
});

test("another machine's Astro is refused before anything is contacted; exit status 5", async () => {
  const text = fixture("okta", "delete-account: eve@example.com", "{ requests: none }");
  const cwd = await tempFolder({ "company.yaml": text });
  const remote = ["--url", "https://scim.example.com/scim/v2/org", "--token", "t", "--allow-remote", "--yes"];
  const { status, stderr } = await runCommand(["simulate", "okta", "company.yaml", ...remote], { cwd });
  expect(stderr).toMatch(
    /^Error: company\.yaml deletes accounts or Teams in Astro \(step "deleted in Astro"\), so it cannot be rehearsed on /m,
  );
  expect(status).toBe(5);
});

test("a user whom the fixture does not have is a mistake, with its place", async () => {
  const text = fixture("okta", "delete-account: eva@example.com", "{ requests: none }");
  const cwd = await tempFolder({ "company.yaml": text });
  const { status, stderr } = await runCommand(["fixture", "validate", "company.yaml"], { cwd });
  expect(stderr + status).toContain('The fixture has no user "eva@example.com".');
});
