/** docs/serve.md names the keys that the live list has. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { keyHelp } from "../../src/cli/live/keys.ts";

test("the table of keys is the help of the live list", () => {
  const page = readFileSync(new URL("../../docs/serve.md", import.meta.url), "utf8");
  const rows = keyHelp.map(({ keys, does }) => `| ${keys} | ${does} |`);
  expect(page).toContain(`| keys | what they do |\n| --- | --- |\n${rows.join("\n")}\n`);
});
