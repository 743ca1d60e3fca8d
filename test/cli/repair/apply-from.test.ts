/** `apply --from`: a saved plan is held against the directory as it is now. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, test } from "vitest";
import { driftedCompany } from "../../support/drifted-company.ts";
import { runCommand, type CommandResult } from "../../support/run-command.ts";
import { savedPlan, type SavedOnce } from "../../support/saved-plans.ts";

const from = ["--from", "own.yaml"];

/** Applies the plan after the directory has become another. */
async function applied(
  { apply, cwd }: SavedOnce,
  edit: (text: string) => string,
  words: readonly string[] = ["--yes"],
): Promise<CommandResult> {
  await writeFile(join(cwd, "own.yaml"), edit(driftedCompany));
  return apply([...words, ...from]);
}

const without = (name: string) => (text: string) =>
  text
    .replace(new RegExp(`^ {2}- \\{ email: ${name}@.*\\n`, "m"), "")
    .replace(new RegExp(`, ${name}@example\\.com(?=[^\\n]*\\n {2}- \\{ name: ops, push)`), "");

describe("what the directory no longer asks for is left out, and the rest is applied", () => {
  test.each([
    {
      rule: "who has left gets no account, and joins no Team",
      edit: without("bob"),
      leaves: /user bob@example\.com {2}is left as it is: the directory no longer asks to create the account/,
      without: "POST /Users",
    },
    {
      rule: "who has come back keeps the account and the membership",
      edit: (text: string) =>
        text
          .replace("groups:\n", "  - { email: left@example.com, firstName: Left, lastName: X }\ngroups:\n")
          .replace("eve@example.com] }", "eve@example.com, left@example.com] }"),
      leaves: /user left@example\.com {2}is left as it is: the directory no longer asks to delete/,
      without: "DELETE /Users",
    },
    {
      rule: "a group that is pushed no longer becomes no Team",
      edit: (text: string) => text.replace(/^ {2}- \{ name: fresh.*\n/m, ""),
      leaves: /Team fresh {2}is left as it is/,
      without: "POST /Groups",
    },
    {
      rule: "another name in the directory is not overwritten with the old one",
      edit: (text: string) => text.replace("firstName: Gus", "firstName: Gustav"),
      leaves: /user gus@example\.com {2}is left as it is: the directory no longer asks to set/,
      without: "nothing",
    },
  ])("$rule", async ({ edit, leaves, without: refused }) => {
    const saved = await savedPlan();
    const { stdout, status } = await applied(saved, edit);
    expect(stdout).toContain("The directory has changed since the plan was saved");
    expect(stdout.replaceAll(/\s*\n {4,}/g, " ")).toMatch(leaves);
    expect(saved.astro.writes().filter((line) => line.startsWith(refused))).toEqual([]);
    expect(saved.astro.writes().length).toBeGreaterThan(1);
    expect(status).toBe(5);
  });
});

test("the same directory changes nothing about the plan, and it is said", async () => {
  const saved = await savedPlan();
  const { stdout, status } = await applied(saved, (text) => text);
  expect(stdout).toContain("The directory is as it was when the plan was saved.");
  expect(status).toBe(0);
});

test("without --from it is said that the directory was not read again", async () => {
  const { apply } = await savedPlan();
  const { stdout, status } = await apply();
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(
    "The directory was not read again: who has joined or left since the plan was saved is not known.",
  );
  expect(status).toBe(0);
});

test("a directory that is empty now takes nobody away; exit status 5", async () => {
  const saved = await savedPlan();
  const { stdout, status } = await applied(saved, (text) =>
    text.replace(/^users:\n[^]*?^astro:/m, "users: []\ngroups: []\nastro:"),
  );
  expect(stdout).toMatch(/empty|no user/i);
  expect(saved.astro.writes()).toEqual([]);
  expect(status).toBe(5);
});

test("--strict-plan applies nothing where the directory has changed", async () => {
  const saved = await savedPlan();
  const { status } = await applied(saved, without("bob"), ["--yes", "--strict-plan"]);
  expect(saved.astro.writes()).toEqual([]);
  expect(status).toBe(5);
});

test("an interrupted run goes on with its own plan: --from with --resume is a mistake", async () => {
  const argv = ["apply", "--resume", "20260115T090000-1f0c9a7e", ...from];
  const { stderr, status } = await runCommand(argv);
  expect(stderr).toContain("--from and --resume cannot be used together");
  expect(status).toBe(64);
});
