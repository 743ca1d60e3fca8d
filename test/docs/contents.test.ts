/**
 * Long pages begin with a list of their sections. `UPDATE_CONTENTS=1 npx vitest run test/docs/contents.test.ts` writes the lists
 * anew; scripts/write-emulation.mjs and scripts/write-fidelity.mjs write those of their pages.
 */

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { contentsOf } from "../support/markdown-page.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const list = /(?<=<!-- contents -->\n)[^]*?(?=\n<!-- end of contents -->)/;
/** In lines; a longer page needs a list. */
const longestWithout = 120;

const docs = readdirSync(`${repository}docs`).filter((name) => name.endsWith(".md"));
const names = ["README.md", ...docs.map((name) => `docs/${name}`)];

if (process.env["UPDATE_CONTENTS"] === "1") {
  for (const name of names) {
    const text = readFileSync(repository + name, "utf8");
    const contents = contentsOf(text);
    writeFileSync(
      repository + name,
      text.replace(list, () => contents),
    );
  }
}

const pages = names.map((name) => {
  const text = readFileSync(repository + name, "utf8");
  return { name, text, found: list.exec(text)?.[0] };
});
const withList = pages.filter(({ found }) => found !== undefined);
const withoutList = pages.filter(({ found }) => found === undefined);

test.each(withList)("the list of $name has its sections", ({ text, found }) => {
  expect(found).toBe(contentsOf(text));
});

test.each(withoutList)("$name is short, or has a list of its sections", ({ text }) => {
  expect(text.split("\n").length).toBeLessThanOrEqual(longestWithout);
});

test("the pages that are read most have a list", () => {
  expect(withList.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["README.md", "docs/fixture.md", "docs/json.md", "docs/safety.md"]),
  );
});
