/** docs/safety.md names files and tests that exist. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const page = await readFile(`${repository}docs/safety.md`, "utf8");

/** One rule: what enforces it and which tests hold it. */
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .map((line) => line.split(" | "))
  .filter(([rule]) => rule !== "| rule" && rule !== "| ---");

/** Paths in a text, in full: a name without a folder is in the folder of the path before it. */
function pathsIn(text: string): readonly string[] {
  const paths: string[] = [];
  for (const [, name] of text.matchAll(/`((?:src|test)\/[^`]*|[a-z0-9/.-]+\.ts)`/g)) {
    const folder = paths.at(-1)?.replace(/[^/]*$/, "") ?? "";
    paths.push(/^(?:src|test)\//.test(name!) ? name! : folder + name);
  }
  return paths;
}

/** The names in quotes behind each test file: `file`: "one", "another". */
function quotedIn(text: string): readonly { readonly file: string; readonly name: string }[] {
  const quoted: { file: string; name: string }[] = [];
  let file = "";
  for (const [, path, name] of text.matchAll(/`(test\/[^`]+\.ts)`|"([^"]+)"/g)) {
    if (path !== undefined) file = path;
    else quoted.push({ file, name: name! });
  }
  return quoted;
}

test("every rule has a file that enforces it and a test", () => {
  expect(rows.length).toBeGreaterThan(50);
  const incomplete = rows.filter(
    ([, enforcedBy = "", tests = ""]) => pathsIn(enforcedBy).length === 0 || pathsIn(tests).length === 0,
  );
  expect(incomplete).toEqual([]);
});

test("every path leads to something", () => {
  const cells = [...rows.flat(), ...page.split("\n\n")[2]!.split("\n")];
  const missing = cells.flatMap(pathsIn).filter((path) => !existsSync(repository + path));
  expect(missing).toEqual([]);
});

/** A test file, with the tables of test/support/ from which it takes names. */
async function sourceOf(file: string): Promise<string> {
  const source = await readFile(repository + file, "utf8");
  const tables = [...source.matchAll(/"[./]+(\/support\/[a-z-]+\.ts)"/g)].map(async ([, path]) =>
    readFile(`${repository}test${path}`, "utf8"),
  );
  return [source, ...(await Promise.all(tables))].join("\n");
}

describe("every test in quotes stands in the file before it", () => {
  test.each(rows.flatMap(([, , tests = ""]) => quotedIn(tests)))("$file: $name", async ({ file, name }) => {
    // Where the page says "…", the test says more.
    const parts = name
      .split("…")
      .map((part) => part.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
    const isThere = new RegExp(parts.join(".*"), "u").test(await sourceOf(file));
    expect(isThere).toBe(true);
  });
});
