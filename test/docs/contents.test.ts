/**
 * Long pages begin with a list of their sections; `UPDATE_CONTENTS=1 npx vitest run test/docs/contents.test.ts` writes the lists
 * anew.
 */

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { contentsOf } from "../support/markdown-page.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const updating = process.env["UPDATE_CONTENTS"] === "1";
const list = /(?<=<!-- contents -->\n)[^]*?(?=\n<!-- end of contents -->)/;

const longest = 120;
/** Made by scripts from tables. */
const generated = ["emulation.md", "fidelity.md"];
const docs = readdirSync(`${repository}docs`).filter(
  (name) => name.endsWith(".md") && !generated.includes(name),
);
const pages = ["README.md", ...docs.map((name) => `docs/${name}`)];

test.each(pages)("%s has a list of its sections if it is long or has begun one", (page) => {
  const text = readFileSync(repository + page, "utf8");
  const found = list.exec(text)?.[0];
  if (found === undefined) {
    expect(text.split("\n").length, "lines of a page without a list of contents").toBeLessThanOrEqual(
      longest,
    );
    return;
  }
  if (updating) {
    writeFileSync(
      repository + page,
      text.replace(list, () => contentsOf(text)),
    );
    return;
  }
  expect(found, "UPDATE_CONTENTS=1 npx vitest run test/docs/contents.test.ts writes the list").toBe(
    contentsOf(text),
  );
});
