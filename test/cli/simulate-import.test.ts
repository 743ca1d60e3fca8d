/** The action `import` of a timeline, over real HTTP. */

import { expect, test } from "vitest";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const accounts = Array.from({ length: 120 }, (_, at) => `    - { email: account${at}@example.com }`).join(
  "\n",
);

const fixture = `
idp: okta
users: [{ email: account7@example.com }, { email: account107@example.com, assigned: false }]
app: { createUsers: false }
astro:
  behaviour: { maxCount: 50 }
  users:
${accounts}
  teams: [{ name: local-team }]
timeline:
  - name: what is there
    do: [{ import: { groups: true } }]
`;

async function simulate(...words: readonly string[]) {
  const cwd = await tempFolder({ "own.yaml": fixture });
  return runCommand(["simulate", "okta", "own.yaml", ...words], { cwd });
}

test("a server with pages of 50 hides accounts from an Okta that goes on by 100", async () => {
  const { stdout } = await simulate();
  expect(stdout).toMatch(
    /✓ app Astro imported: 70 users scanned, 1 unchanged, 69 on the Import tab \(.*, …\)\n/,
  );
  expect(stdout).toContain("✓ app Astro imported: 1 group scanned, 1 new (local-team)\n");
});

test("and none from one that goes on behind what came; --json tells what is proposed", async () => {
  const { stdout } = await simulate("--fidelity", "importPaging=by-received", "--json");
  const [{ jobs }] = JSON.parse(stdout).steps;
  expect(jobs[0]).toMatchObject({
    subject: { kind: "app", name: "Astro" },
    job: "import-users",
    requests: 3,
  });
  const { imported } = jobs[0].outcome;
  expect({ ...imported, waiting: imported.waiting.length }).toEqual({
    scanned: 120,
    added: [],
    updated: 0,
    unchanged: 1,
    removed: [],
    waiting: 119,
  });
  expect(imported.waiting).toContainEqual({
    name: "account107@example.com",
    match: "exact",
    proposed: "account107@example.com",
  });
});
