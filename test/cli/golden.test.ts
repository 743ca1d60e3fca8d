/** Whole outputs, kept as files: what a change to a report or a help text changes is seen in the diff of test/golden/. */

import { describe, expect, test } from "vitest";
import { runCommand } from "../support/run-command.ts";

const golden = (name: string) => new URL(`../golden/${name}`, import.meta.url).pathname;

describe("standard output", () => {
  test.each<readonly [file: string, argv: readonly string[], status: number]>([
    ["diff.txt", ["diff"], 2],
    ["diff.json", ["diff", "--json"], 2],
    ["diff-entra.txt", ["diff", "fixtures/entra-small.yaml"], 2],
    ["simulate-entra.txt", ["simulate", "entra", "fixtures/entra-small.yaml"], 0],
    ["push-group.txt", ["push-group", "data-engineering", "--yes"], 0],
    ["resync-dry-run.txt", ["resync", "--all", "--dry-run"], 0],
    ["resync.json", ["resync", "--all", "--yes", "--json"], 0],
    ["delete.txt", ["delete", "--all", "--yes"], 0],
    ["simulate-okta.txt", ["simulate", "okta", "fixtures/okta-small.yaml"], 0],
    ["simulate-okta.json", ["simulate", "okta", "fixtures/okta-small.yaml", "--json"], 0],
    ["simulate-okta.xml", ["simulate", "okta", "fixtures/okta-small.yaml", "-o", "junit"], 0],
    ["simulate-okta.md", ["simulate", "okta", "fixtures/okta-small.yaml", "-o", "markdown"], 0],
  ])("%s", async (file, argv, status) => {
    const result = await runCommand(argv);
    expect(result.status).toBe(status);
    await expect(withoutIds(result.stdout)).toMatchFileSnapshot(golden(file));
  });
});

describe("help", () => {
  test.each([
    [""],
    ["simulate"],
    ["simulate okta"],
    ["simulate entra"],
    ["serve"],
    ["diff"],
    ["push-group"],
    ["resync"],
    ["delete"],
    ["replay"],
    ["fixture"],
    ["fixture new"],
    ["fixture validate"],
    ["fixture generate"],
  ])("astro-scim %s --help", async (command) => {
    const words = command.split(" ").filter((word) => word !== "");
    const { status, stdout } = await runCommand([...words, "--help"]);
    expect(status).toBe(0);
    await expect(stdout).toMatchFileSnapshot(golden(`help/${words.join("-") || "astro-scim"}.txt`));
  });
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
    .filter((words) => !/my-company|ORG/.test(words));
  expect(examples.length).toBeGreaterThan(4);
  for (const words of examples) {
    const argv = words.replace("simulate okta", "simulate okta fixtures/okta-small.yaml").split(" ");
    const { status } = await runCommand(argv);
    // Done, differences found, or nobody there to say yes.
    expect({ words, isCarriedOut: [0, 2, 5].includes(status) }).toEqual({ words, isCarriedOut: true });
  }
});
