/** The README's transcripts are what the commands print. */

import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { main } from "../src/cli/main.ts";
import { fakeIo } from "./support/fake-io.ts";

const readme = new URL("../README.md", import.meta.url);
const blocks = /```console\n\$ astro-scim (?<words>[^\n]*)\n(?<output>[^]*?)```/g;
const text = await readFile(readme, "utf8");
const transcripts = [...text.matchAll(blocks)].map(({ groups }) => ({
  words: groups?.["words"] ?? "",
  output: groups?.["output"] ?? "",
}));

/** `UPDATE_README=1 npx vitest run test/readme.test.ts` writes what the commands print now. */
const updating = process.env["UPDATE_README"] === "1";

test("the README shows transcripts", () => {
  expect(transcripts.length).toBeGreaterThan(2);
});

test.each(transcripts)("$ astro-scim $words", async ({ words, output }) => {
  const io = fakeIo({ cwd: process.cwd() });
  await main(words.split(" "), io);
  if (updating) {
    const now = (await readFile(readme, "utf8")).replace(
      `$ astro-scim ${words}\n${output}`,
      () => `$ astro-scim ${words}\n${io.stdoutText()}`,
    );
    await writeFile(readme, now);
    return;
  }
  expect(io.stdoutText()).toBe(output);
});
