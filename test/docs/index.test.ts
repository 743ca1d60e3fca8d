/** docs/README.md lists every page of docs/ once, those for contributors apart. */

import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { relativeLinksOf } from "../support/markdown-page.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const index = readFileSync(`${repository}docs/README.md`, "utf8");
const [, forUsers = "", forContributors = ""] = index.split(/^## .*$/m);

/** The pages in the rows of a table. */
const pagesIn = (section: string) => relativeLinksOf(section).filter((link) => !link.startsWith(".."));

test("every page of docs/ is listed once", () => {
  const pages = readdirSync(`${repository}docs`).filter(
    (name) => name.endsWith(".md") && name !== "README.md",
  );
  expect([...pagesIn(forUsers), ...pagesIn(forContributors)].toSorted()).toEqual(pages.toSorted());
});

test("pages for contributors are apart from those for users", () => {
  expect(pagesIn(forContributors)).toEqual(["architecture.md", "benchmarks.md"]);
});

test("README.md leads to the index", () => {
  expect(relativeLinksOf(readFileSync(`${repository}README.md`, "utf8"))).toContain("docs/README.md");
});
