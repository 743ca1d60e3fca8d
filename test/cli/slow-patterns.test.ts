/** Regular expressions in a fixture for which others go back for ever: they answer, or are stopped and named. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const long = `${"a".repeat(40)}!`;
const hint =
  "Rewrite it so that a text matches in one way only: a+ instead of (a+)+, [^@]+@ instead of .+.+@.\n";

function oktaFixture(expression: string): string {
  return `idp: okta
app: { mappings: { displayName: '${expression}' } }
users: [{ email: ada@example.com, firstName: Ada, lastName: Lovelace, profile: { title: ${long} } }]
groups: [{ name: ${long}, push: true, members: [ada@example.com] }]
`;
}

function entraFixture(users: string): string {
  return `idp: entra
app: { users: { ${users} } }
users: [{ mail: ada@example.com, displayName: Ada Lovelace, department: ${long}, assigned: true }]
`;
}

function scopingFilter(operator: string, pattern: string): string {
  return `scopingFilters: [{ clauses: [{ attribute: department, operator: ${operator}, value: '${pattern}' }] }]`;
}

function replace(pattern: string): string {
  return `mappings: { title: 'Replace([department], , "${pattern}", , "x", , )' }`;
}

test.each([
  ["Okta's matches", "okta", oktaFixture('user.title matches "(a+)+" ? "yes" : "no"')],
  ["Okta's groups by expression", "okta", oktaFixture('isMemberOfGroupNameRegex("(a+)+") ? "yes" : "no"')],
  ["Entra's Replace", "entra", entraFixture(replace("(a+)+$"))],
  ["Entra's REGEX MATCH", "entra", entraFixture(scopingFilter("REGEX MATCH", "(a+)+$"))],
  ["Entra's NOT REGEX MATCH", "entra", entraFixture(scopingFilter("NOT REGEX MATCH", "(a+)+$"))],
])("%s is rehearsed to its end", async (_what, idp, fixture) => {
  const { status, stderr } = await run(["simulate", idp, "f.yaml"], fixture);
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringContaining("Error") });
});

test.each([
  [
    "Okta's matches",
    ["simulate", "okta"],
    oktaFixture('user.title matches "(?=a)(a+)+" ? "yes" : "no"'),
    "The profile of ada@example.com: The regular expression (?=a)(a+)+ takes",
  ],
  [
    "Okta's groups by expression",
    ["diff"],
    oktaFixture('isMemberOfGroupNameRegex("(?=a)(a+)+") ? "yes" : "no"'),
    "The profile of ada@example.com: The regular expression (?=a)(a+)+ takes",
  ],
  [
    "Entra's Replace",
    ["simulate", "entra"],
    entraFixture(replace("(?=a)(a+)+$")),
    "The mapping of title for ada@example.com: The regular expression (?=a)(a+)+$ takes",
  ],
  [
    "Entra's Replace in a fixture that is only checked",
    ["fixture", "validate"],
    entraFixture(replace("(?=a)(a+)+$")),
    "The mapping of title for ada@example.com: The regular expression (?=a)(a+)+$ takes",
  ],
  [
    "Entra's REGEX MATCH",
    ["diff"],
    entraFixture(scopingFilter("REGEX MATCH", "(?=a)(a+)+$")),
    "The scoping filters for ada@example.com: The regular expression (?=a)(a+)+$ takes",
  ],
])("%s with look-ahead is stopped", async (_what, command, fixture, begin) => {
  const { status, stderr } = await run([...command, "f.yaml"], fixture);
  expect(status).toBe(64);
  expect(stderr).toContain(`Error: ${begin} too long for the text "${long}".\n${hint}`);
});

async function run(argv: readonly string[], fixture: string): Promise<CommandResult> {
  const cwd = await tempFolder();
  await writeFile(join(cwd, "f.yaml"), fixture);
  return runCommand(argv, { cwd });
}
