/** `push-group`, `resync` and `delete`: what they write, what they never write, and whom they ask. */

import { readFileSync } from "node:fs";

import { beforeEach, describe, expect, test } from "vitest";
import { shippedFixture } from "../../../src/assembly/files/fixture-file.ts";
import { repairShape } from "../../support/json-shapes.ts";
import { runCommand } from "../../support/run-command.ts";
import { agreed, terminal } from "../../support/terminal.ts";
import { startWatchedAstro, type WatchedAstro } from "../../support/watched-astro.ts";

const drift = shippedFixture("okta-drift.yaml");
const from = ["--from", drift];

let astro: WatchedAstro;
beforeEach(async () => {
  astro = await startWatchedAstro({ fixture: readFileSync(drift, "utf8") });
});

/** Each command on the same drift: how many operations it plans for everything, and how it says one of them. */
const commands: readonly (readonly [command: string, operations: number, says: string])[] = [
  ["push-group", 6, "+ create the Team on-call"],
  ["resync", 12, "+ create the account olga.ivanova@example.com"],
  ["delete", 3, "- delete the account peter.grant@example.com (deactivated in Okta)"],
];

describe.each(commands)("%s", (command, operations, says) => {
  const all = [command, "--all", ...from];

  test("--dry-run shows the plan and writes nothing; exit status 0", async () => {
    const { status, stdout } = await runCommand([...all, "--dry-run", ...astro.target]);
    expect(stdout).toContain(`  ${says}\n`);
    expect(stdout).toContain("Nothing was changed: this was a dry run.\n");
    expect(stdout).toMatch(new RegExp(`\\nNext: astro-scim ${command} --all --from \\S+ --url \\S+\\n$`));
    expect(astro.writes()).toEqual([]);
    expect(status).toBe(0);
  });

  test("without a name or --all shows the plan, writes nothing and says how to go on; exit status 64", async () => {
    const { status, stdout } = await runCommand([command, "--yes", ...from, ...astro.target]);
    expect(stdout).toContain(`  ${says}\n`);
    expect(stdout).toMatch(new RegExp(`\\nNext: astro-scim ${command} --all --from \\S+ --url \\S+\\n$`));
    expect(astro.writes()).toEqual([]);
    expect(status).toBe(64);
  });

  test("without a terminal and without --yes shows the plan and writes nothing; exit status 5", async () => {
    const { status, stdout, stderr } = await runCommand([...all, ...astro.target]);
    expect(stdout).toContain(`  ${says}\n`);
    expect(stderr).toContain(
      "Error: Confirmation is required when not on a terminal; nothing was changed.\n" +
        "Add --yes to continue without confirmation, or --dry-run to see the plan.\n",
    );
    expect(astro.writes()).toEqual([]);
    expect(status).toBe(5);
  });

  test("asks with the organization named; no writes nothing; exit status 1", async () => {
    const io = terminal({ question: "Apply", keys: "n\r" }, { columns: 200 });
    const { status, stderr } = await runCommand([...all, ...astro.target], { io });
    expect(stderr).toContain(`Apply ${operations} operations to organization ${astro.organizationId} on `);
    expect(stderr.includes("with 3 deletions? Type ")).toBe(command === "delete");
    expect(stderr).toContain("Error: Not confirmed; nothing was changed.\n");
    expect(astro.writes()).toEqual([]);
    expect(status).toBe(1);
  });

  test("just Enter is no", async () => {
    const io = terminal({ question: "Apply", keys: "\r" });
    const { status } = await runCommand([...all, ...astro.target], { io });
    expect(astro.writes()).toEqual([]);
    expect(status).toBe(1);
  });

  test("has shown the plan by the time it asks, whatever the form of the result", async () => {
    const io = terminal({ question: "Apply", keys: "n\r" }, { env: { NO_COLOR: "1" } });
    await runCommand([...all, "--json", "--quiet", ...astro.target], { io });
    const asked = io.stderrText();
    expect(asked.indexOf(says)).toBeGreaterThan(-1);
    expect(asked.indexOf(says)).toBeLessThan(asked.indexOf("Apply"));
    expect(JSON.parse(io.stdoutText())).toMatchObject({ error: { code: "declined", exitStatus: 1 } });
  });

  test("yes carries all of it out; exit status 0", async () => {
    const io = terminal(agreed);
    const { status, stdout } = await runCommand([...all, ...astro.target], { io });
    expect(stdout).toMatch(
      new RegExp(`\\n${operations} done\\.\\nNext: astro-scim diff --from \\S+ --url \\S+\\n$`),
    );
    expect(status).toBe(0);
  });

  test("--yes carries it out without a question; the JSON has the same status", async () => {
    const { status, stdout } = await runCommand([...all, "--yes", "--json", ...astro.target]);
    const result = repairShape.parse(JSON.parse(stdout));
    expect(result).toMatchObject({ command, status: "done", target: astro.url, refusals: [] });
    expect(result.operations.map(({ outcome }) => outcome?.status)).toEqual(Array(operations).fill("done"));
    expect(status).toBe(0);
  });

  test("a second time there is nothing left to do; exit status 0", async () => {
    await runCommand([...all, "--yes", ...astro.target]);
    const written = astro.writes().length;
    const { status, stdout } = await runCommand([...all, "--yes", "--json", ...astro.target]);
    expect(repairShape.parse(JSON.parse(stdout)).status).toBe("nothing-to-do");
    expect(astro.writes()).toHaveLength(written);
    expect(status).toBe(0);
  });

  test("a name that nobody has is said; exit status 1", async () => {
    const { status, stdout } = await runCommand([command, "nobody", "--yes", ...from, ...astro.target]);
    expect(stdout).toMatch(/\n {2}· (?:user|Team) nobody {2}/);
    expect(astro.writes()).toEqual([]);
    expect(status).toBe(1);
  });
});

describe.each([["push-group"], ["resync"]])("%s only does what its name says", (command) => {
  test("it never deletes and never deactivates anybody, members who have left included", async () => {
    await runCommand([command, "--all", "--yes", ...from, ...astro.target]);
    expect(astro.writes().length).toBeGreaterThan(3);
    expect(astro.writes().filter((line) => line.startsWith("DELETE"))).toEqual([]);
    expect(astro.writtenBodies.filter((body) => /"active"\s*:\s*(?:false|"false")/i.test(body))).toEqual([]);
    expect((await astro.state()).users).toContain("peter.grant@example.com");
  });
});

test("push-group creates no account: a member without one is named", async () => {
  const argv = ["push-group", "data-engineering", "--yes", ...from, ...astro.target];
  const { status, stdout } = await runCommand(argv);
  expect(stdout).toMatch(/\n {2}· user olga\.ivanova@example\.com {2}/);
  const { users, teams } = await astro.state();
  expect(users).not.toContain("olga.ivanova@example.com");
  expect(teams["data-engineering"]).toEqual([
    "amara.okafor@example.com",
    "ben.fischer@example.com",
    "chloe.martin@example.com",
    "diego.ruiz@example.com",
  ]);
  expect(status).toBe(0);
});

test("resync of one user repairs that user and his Teams alone", async () => {
  const before = await astro.state();
  const { status } = await runCommand([
    "resync",
    "olga.ivanova@example.com",
    "--yes",
    ...from,
    ...astro.target,
  ]);
  const { users, teams } = await astro.state();
  expect(users).toEqual([...before.users, "olga.ivanova@example.com"].toSorted());
  expect(teams).toEqual({
    ...before.teams,
    "data-engineering": [...(before.teams["data-engineering"] ?? []), "olga.ivanova@example.com"].toSorted(),
  });
  expect(status).toBe(0);
});

test("delete takes a Team that no pushed group explains only by its name", async () => {
  const all = await runCommand(["delete", "--all", "--yes", ...from, ...astro.target]);
  expect(all.stdout).toMatch(
    /\n {2}· Team weekend-experiments +not linked to a pushed group; to delete it, add --team weekend-experiments\n/,
  );
  expect(Object.keys((await astro.state()).teams)).toContain("weekend-experiments");
  const named = ["delete", "--team", "weekend-experiments", "--yes", ...from, ...astro.target];
  expect((await runCommand(named)).status).toBe(0);
  expect(Object.keys((await astro.state()).teams)).not.toContain("weekend-experiments");
});

test("delete --all and --team go together: all accounts that are left over, and that Team", async () => {
  const both = ["delete", "--all", "--team", "weekend-experiments", "--max-deletions", "4"];
  const { status, stdout } = await runCommand([...both, "--yes", ...from, ...astro.target]);
  expect(stdout).toMatch(/\n4 done\.\n/);
  expect(Object.keys((await astro.state()).teams)).not.toContain("weekend-experiments");
  expect(status).toBe(0);
});

test("push-group of a group that is not pushed says what is missing", async () => {
  const { status, stdout } = await runCommand(["push-group", "book-club", "--yes", ...from, ...astro.target]);
  expect(stdout).toContain(
    "  · Team book-club  is a group of the directory, but not pushed (push: true is missing)\n",
  );
  expect(status).toBe(1);
});

test("resync and delete end the drift: the next diff finds none; exit status 0", async () => {
  expect((await runCommand(["diff", drift, ...astro.target])).status).toBe(2);
  await runCommand(["resync", "--all", "--yes", ...from, ...astro.target]);
  await runCommand(["delete", "--all", "--yes", ...from, ...astro.target]);
  const { status, stdout } = await runCommand(["diff", drift, ...astro.target]);
  expect(stdout).toContain("Astro matches the directory: 13 active users and 5 Teams; ");
  expect(status).toBe(0);
});

/** Names that cannot be done, and why: a dry run ends as the run itself does. */
describe("a name for which nothing is done", () => {
  test.each<readonly [why: string, words: readonly string[], status: number, said: string]>([
    ["push-group: unknown", ["push-group", "nosuch"], 1, "failed"],
    ["push-group: a Team and no pushed group", ["push-group", "weekend-experiments"], 1, "failed"],
    ["push-group: as the directory says", ["push-group", "airflow-admins"], 0, "nothing-to-do"],
    ["resync: unknown", ["resync", "nosuch"], 1, "failed"],
    ["resync: an unknown Team", ["resync", "--team", "nosuch"], 1, "failed"],
    ["resync: left over, so delete is for it", ["resync", "ruth.meyer@example.com"], 0, "planned"],
    ["delete: unknown", ["delete", "nosuch"], 1, "failed"],
    ["delete: wanted by the directory", ["delete", "amara.okafor@example.com"], 5, "refused"],
    ["delete: the Team of a pushed group", ["delete", "--team", "data-engineering"], 5, "refused"],
    [
      "delete: one that is left over, and one that is not",
      ["delete", "peter.grant@example.com", "nosuch"],
      1,
      "failed",
    ],
  ])("%s", async (_why, words, status, said) => {
    const dryRun = await runCommand([...words, "--dry-run", "--json", ...from, ...astro.target]);
    expect({ status: dryRun.status, said: statusSaid(dryRun) }).toEqual({ status, said });
    const run = await runCommand([...words, "--yes", "--json", ...from, ...astro.target]);
    expect({ status: run.status, said: statusSaid(run).replace("done", "planned") }).toEqual({
      status,
      said,
    });
  });
});

function statusSaid({ stdout }: { readonly stdout: string }): string {
  return repairShape.parse(JSON.parse(stdout)).status;
}

describe("without a name where nothing differs", () => {
  test.each([
    ["push-group", "Every pushed group in Astro matches the directory."],
    ["resync", "No user is missing in Astro, and nothing differs."],
    ["delete", "Nothing is orphaned."],
  ])("%s: says so, has nothing to go on with; exit status 0", async (command, says) => {
    await runCommand(["resync", "--all", "--yes", ...from, ...astro.target]);
    await runCommand(["delete", "--all", "--yes", ...from, ...astro.target]);
    const { status, stdout } = await runCommand([command, ...from, ...astro.target]);
    expect(stdout).toContain("Nothing to do.\n");
    expect(stdout.endsWith(`\n${says}\n`)).toBe(true);
    expect(stdout).not.toContain("Next:");
    expect(status).toBe(0);
  });
});

describe("a dry run without an operation says why its exit status is not 0", () => {
  test.each([
    ["resync", "nobody@example.com", 1, "Not found: nobody@example.com.\n"],
    [
      "delete",
      "platform-owner@example.com",
      5,
      "Refused: protected, so never changed: platform-owner@example.com.\n",
    ],
  ])("%s %s", async (command, name, status, said) => {
    const ended = await runCommand([command, name, "--dry-run"]);
    expect(ended.status).toBe(status);
    expect(ended.stdout.endsWith(said)).toBe(true);
  });
});
