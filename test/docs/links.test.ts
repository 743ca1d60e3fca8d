/** Every link in README, CHANGELOG and docs/ that leads into the repository leads to something. */

import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { headingsOf, relativeLinksOf } from "../support/markdown-page.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const docs = readdirSync(join(repository, "docs")).filter((name) => name.endsWith(".md"));
const pages = ["README.md", "CHANGELOG.md", ...docs.map((name) => `docs/${name}`)];

/** What is wrong with a link; undefined if it leads to a file, and its anchor to a heading there. */
function mistakeOf(page: string, link: string): string | undefined {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? join(repository, page) : join(repository, dirname(page), path);
  if (!existsSync(target)) return `${link}: no such file`;
  if (anchor === undefined) return undefined;
  if (statSync(target).isDirectory()) return `${link}: a folder has no headings`;
  const anchors = headingsOf(readFileSync(target, "utf8")).map((heading) => heading.anchor);
  return anchors.includes(anchor) ? undefined : `${link}: no such heading`;
}

test.each(pages)("every relative link in %s leads to a file and a heading", (page) => {
  const links = relativeLinksOf(readFileSync(join(repository, page), "utf8"));
  expect(links.map((link) => mistakeOf(page, link)).filter((mistake) => mistake !== undefined)).toEqual([]);
});

test("a link to a missing file or heading is found", () => {
  expect(mistakeOf("README.md", "docs/no-such-page.md")).toBe("docs/no-such-page.md: no such file");
  expect(mistakeOf("docs/json.md", "fixture.md#no-such-heading")).toBe(
    "fixture.md#no-such-heading: no such heading",
  );
  expect(mistakeOf("docs/json.md", "#json-formats")).toBeUndefined();
});
