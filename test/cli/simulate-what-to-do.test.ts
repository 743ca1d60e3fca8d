/** A rehearsal that failed says what to do, for each kind of fault. */

import { expect, test } from "vitest";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const company = `idp: okta
users:
  - { email: ada@example.com }
  - { email: eve@example.com }
groups:
  - { name: data, push: true, members: [ada@example.com] }
`;

const step = (expectation: string): string =>
  `timeline:\n  - { name: Ada leaves, after: 1d, do: [{ unassign: ada@example.com }], expect: ${expectation} }\n`;

/** The lines below `What to do`. */
async function adviceOn(fixture: string, ...argv: readonly string[]): Promise<readonly string[]> {
  const cwd = await tempFolder({ "company.yaml": fixture });
  const { stdout } = await runCommand(["simulate", "okta", "company.yaml", ...argv], { cwd });
  const [, section = ""] = /\nWhat to do\n([^]*?)\n\n/.exec(stdout) ?? [];
  return section.split("\n");
}

test("an expectation that is not met: change it, or look at the requests of the step", async () => {
  const fixture = company + step("{ users: { ada@example.com: { active: true } } }");
  expect(await adviceOn(fixture)).toEqual([
    "  expectation not met         if what came is right, change expect of step 1 in the fixture; if not, look at the requests of the step",
    "                              see: astro-scim simulate okta company.yaml --step 1 --bodies",
  ]);
});

test("the command repeats the rehearsal under the same assumptions", async () => {
  const fixture = company + step("{ users: { ada@example.com: { active: true } } }");
  const flags = ["--integration", "catalog", "--fidelity", "stagedUsers=activation"];
  expect((await adviceOn(fixture, ...flags)).at(-1)).toBe(
    "                              see: astro-scim simulate okta company.yaml --integration catalog --fidelity stagedUsers=activation --step 1 --bodies",
  );
});

test("the command that is recommended shows the requests of the step", async () => {
  const cwd = await tempFolder({
    "company.yaml": company + step("{ users: { ada@example.com: { active: true } } }"),
  });
  const { stdout } = await runCommand(["simulate", "okta", "company.yaml", "--step", "1", "--bodies"], {
    cwd,
  });
  expect(stdout).toMatch(/PUT \/Users\/\S+ {2}200[^]*"active": false/);
});

test("differences at the end have the console's recovery, and no command: what ran in the process is gone", async () => {
  const fixture = `${company}astro: { users: [{ email: zoe@example.com }] }\n`;
  expect(await adviceOn(fixture)).toEqual([
    "  orphaned, no link           no deactivation will ever be sent: Access Management > Users > Remove member in Astro",
  ]);
});

test("tasks that failed: the cause, the console, and the requests about the first of them", async () => {
  const fixture = `${company}astro: { faults: [{ method: POST, path: /Users, status: 500 }] }\n`;
  const lines = await adviceOn(fixture);
  expect(lines).toContain(
    "  task failed                 remove the cause that the server names, then retry as described above; or remove and re-assign the user in Okta",
  );
  expect(lines).toContain(
    "                              see: astro-scim simulate okta company.yaml --only ada@example.com --bodies",
  );
});

test("a rehearsal that went as expected has nothing to do", async () => {
  expect(await adviceOn(company)).toEqual([""]);
});
