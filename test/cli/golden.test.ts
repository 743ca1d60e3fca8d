/** Whole outputs, kept as files: what a change to a report or a help text changes is seen in the diff of test/golden/. */

import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { expectGolden } from "../support/golden.ts";
import { runCommand } from "../support/run-command.ts";

const outputs: readonly (readonly [file: string, argv: readonly string[], status: number])[] = [
  ["diff.txt", ["diff"], 2],
  ["diff.json", ["diff", "--json"], 2],
  ["diff-entra.txt", ["diff", "fixtures/entra-small.yaml"], 2],
  ["simulate-entra.txt", ["simulate", "entra", "fixtures/entra-small.yaml"], 0],
  ["push-group.txt", ["push-group", "data-engineering", "--yes"], 0],
  ["resync-dry-run.txt", ["resync", "--all", "--dry-run"], 0],
  ["resync.md", ["resync", "--all", "--dry-run", "-o", "markdown"], 0],
  ["resync.json", ["resync", "--all", "--yes", "--json"], 0],
  ["delete.txt", ["delete", "--all", "--yes"], 0],
  ["simulate-okta.txt", ["simulate", "okta", "fixtures/okta-small.yaml"], 0],
  ["simulate-okta.json", ["simulate", "okta", "fixtures/okta-small.yaml", "--json"], 0],
  ["simulate-okta.xml", ["simulate", "okta", "fixtures/okta-small.yaml", "-o", "junit"], 0],
  ["simulate-okta.md", ["simulate", "okta", "fixtures/okta-small.yaml", "-o", "markdown"], 0],
];

const commands = [
  "",
  "simulate",
  "simulate okta",
  "simulate entra",
  "trigger okta",
  "trigger entra",
  "serve",
  "exec",
  "check",
  "diff",
  "push-group",
  "resync",
  "delete",
  "apply",
  "users",
  "users ls",
  "users show",
  "teams",
  "teams ls",
  "teams show",
  "api",
  "replay",
  "fixture",
  "fixture new",
  "fixture validate",
  "fixture generate",
];

describe("standard output", () => {
  test.each(outputs)("%s", async (file, argv, status) => {
    const result = await runCommand(argv);
    expect(result.status).toBe(status);
    await expectGolden(withoutIds(result.stdout), file);
  });
});

describe("help", () => {
  test.each(commands)("astro-scim %s --help", async (command) => {
    const words = command.split(" ").filter((word) => word !== "");
    const { status, stdout } = await runCommand([...words, "--help"]);
    expect(status).toBe(0);
    await expectGolden(stdout, helpFile(command));
  });
});

function helpFile(command: string): string {
  return `help/${command.replaceAll(" ", "-") || "astro-scim"}.txt`;
}

test("every file of test/golden is read by a test", () => {
  const folder = new URL("../golden/", import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.includes("."),
  );
  const known = new Set([
    ...outputs.map(([file]) => file),
    ...commands.map(helpFile),
    "scenarios/scimmy.txt",
    // test/report/provider-findings-text.test.ts
    ...["okta", "okta-missing", "entra", "entra-missing"].map((name) => `findings/${name}.txt`),
  ]);
  const isOfScenario = (file: string): boolean => {
    const [, scenario] = /^scenarios\/((?:okta|entra)\/[\w-]+)\.txt$/.exec(file) ?? [];
    return scenario !== undefined && existsSync(new URL(`../../fixtures/${scenario}.yaml`, import.meta.url));
  };
  expect(files.length).toBeGreaterThan(known.size);
  expect(files.filter((file) => !known.has(file) && !isOfScenario(file))).toEqual([]);
});

/** Each id that the local Astro made up is replaced by its number in order of appearance. */
function withoutIds(text: string): string {
  const ids = new Map<string, string>();
  return text.replaceAll(/\bc[a-z0-9]{24}\b/g, (id) => {
    const number = ids.get(id) ?? `<id ${ids.size + 1}>`;
    ids.set(id, number);
    return number;
  });
}

test("the examples of the help can be pasted where they need nothing of one's own", async () => {
  const helps = await Promise.all(
    ["simulate okta", "diff", "push-group", "resync", "delete"].map(
      async (command) => (await runCommand([...command.split(" "), "--help"])).stdout,
    ),
  );
  const examples = [...helps.join("\n").matchAll(/^ {2}astro-scim (.*?)(?: {2,}.*)?$/gm)]
    .map(([, words = ""]) => words)
    .filter((words) => !/my-company|ORG|--from/.test(words));
  expect(examples.length).toBeGreaterThan(4);
  for (const words of examples) {
    const argv = words.replace("simulate okta", "simulate okta fixtures/okta-small.yaml").split(" ");
    const { status } = await runCommand(argv);
    expect({ words, status }).toEqual({ words, status: statusOfExample(words) });
  }
});

/** Differences are found, what would be written is not agreed to, and anything else is done. */
function statusOfExample(words: string): number {
  if (words.startsWith("diff")) return 2;
  return words.startsWith("simulate") || words.includes("--dry-run") ? 0 : 5;
}
