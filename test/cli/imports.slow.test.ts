/** Only what a command needs is imported: start-up is what a person waits for each time. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";
import { longEnoughMs } from "../support/long-enough.ts";
import { runProgram } from "../support/run-program.ts";
import { tempFolder } from "../support/temp-folder.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const recorder = new URL("../support/record-imports.mjs", import.meta.url).href;

/** URLs of the modules that a command loads. */
async function modulesOf(words: readonly string[]): Promise<readonly string[]> {
  const record = join(await tempFolder(), "imports.txt");
  const argv = ["--import", recorder, "bin/astro-scim.js", ...words];
  const { status, stderr } = await runProgram(process.execPath, argv, {
    cwd: repository,
    timeoutMs: longEnoughMs,
    env: { RECORD_IMPORTS_TO: record },
  });
  expect({ status: status ?? -1, stderr }).toEqual({
    status: expect.toBeOneOf([0, 2]),
    stderr: expect.any(String),
  });
  const urls = (await readFile(record, "utf8")).trimEnd().split("\n");
  expect(urls.join("\n")).toContain("/bin/astro-scim.js");
  return urls;
}

/** Packages that a command loads, in alphabetical order. */
async function packagesOf(words: readonly string[]): Promise<readonly string[]> {
  const names = (await modulesOf(words)).flatMap(
    (url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? [],
  );
  return [...new Set(names)].toSorted();
}

describe("what is imported", () => {
  test.each([
    [["--version"]],
    [["--help"]],
    [["simulate", "--help"]],
    [["simulate", "okta", "--help"]],
    [["diff", "--help"]],
    [["help", "delete"]],
    [["users", "show", "--help"]],
    [["api", "--help"]],
  ])("%j: commander at most", async (words) => {
    expect(["", "commander"]).toContain((await packagesOf(words)).join());
  });

  test("diff: no spinner and no questions where there is no terminal", async () => {
    const packages = await packagesOf(["diff"]);
    expect(packages).toEqual(expect.arrayContaining(["commander", "fastify", "undici", "yaml", "zod"]));
    expect(packages).not.toContain("inquirer");
    expect(packages).not.toContain("ora");
  });

  test.each([
    ["diff", ["diff"], false],
    ["fixture validate", ["fixture", "validate", "fixtures/entra-small.yaml"], false],
    ["simulate okta", ["simulate", "okta", "fixtures/okta-small.yaml", "--quiet"], true],
  ])("%s: whether the provider's engine", async (_command, words, expected) => {
    const engines = (await modulesOf(words)).filter((url) => /\/idp\/(?:okta|entra)\/open\.js$/.test(url));
    expect(engines.length).toBe(expected ? 1 : 0);
  });

  test("fixture new: neither provider's record", async () => {
    const file = join(await tempFolder(), "new.yaml");
    const modules = await modulesOf(["fixture", "new", file, "--idp", "okta", "--yes"]);
    expect(modules.filter((url) => url.includes("/idp/"))).toEqual([]);
  });
});
