/** docs/findings.md lists every kind of finding with what it counts for and why; docs/json.md every kind with its fields. */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findingKindNames, findingRule } from "../../src/drift/provider/finding-kinds.ts";

const docs = fileURLToPath(new URL("../../docs/", import.meta.url));
const page = await readFile(`${docs}findings.md`, "utf8");
const json = await readFile(`${docs}json.md`, "utf8");

test.each(findingKindNames)("%s", (kind) => {
  const { weight, why } = findingRule(kind);
  expect(page).toContain(`| \`${kind}\` | `);
  expect(page).toContain(` | ${weight} | ${why} |\n`);
  expect(json).toMatch(new RegExp(`^\\|[^|]*\`${kind}\``, "m"));
});

test("no other kind is listed", () => {
  const listed = [...page.matchAll(/^\| `([a-z-]+)` \| .* \| (?:problem|information) \|/gm)].map(
    ([, kind]) => kind,
  );
  expect(listed).toEqual(findingKindNames);
});
