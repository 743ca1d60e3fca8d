/** What the README shows is what the commands print, and what it says to type can be typed. */

import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { main } from "../src/cli/main.ts";
import { fakeIo } from "./support/fake-io.ts";
import { tempFolder } from "./support/temp-folder.ts";

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

describe("the section about one's own directory", () => {
  const section = /^## Your own directory\n(?<body>[^]*?)^## /m.exec(text)?.groups?.["body"] ?? "";
  const commands = (/^```sh\n(?<lines>[^]*?)^```/m.exec(section)?.groups?.["lines"] ?? "")
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => line.startsWith("astro-scim "))
    .map((line) =>
      [...line.matchAll(/'(?<quoted>[^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word).slice(1),
    );

  test("its commands can be pasted in their order", async () => {
    const cwd = await tempFolder();
    expect(commands.length).toBeGreaterThan(4);
    for (const words of commands) {
      const io = fakeIo({ cwd });
      expect({ words, status: await main(words, io), stderr: io.stderrText() }).toMatchObject({ status: 0 });
    }
  });

  test("its tables are those of a valid fixture", async () => {
    const rows = [...section.matchAll(/^\| `(?<file>\w+\.csv)` \| (?<lines>.*) \| `(?<key>[^`]*)` \|$/gm)];
    expect(rows).toHaveLength(3);
    const keys = rows.map(({ groups }) => `${groups?.["key"]}\n`);
    const files = rows.map(({ groups }) => [
      groups?.["file"] ?? "",
      (groups?.["lines"] ?? "")
        .split("<br>")
        .map((line) => `${line.replaceAll("`", "")}\n`)
        .join(""),
    ]);
    const cwd = await tempFolder({
      ...Object.fromEntries(files),
      "mine.yaml": `idp: okta\n${keys.join("")}`,
    });
    const io = fakeIo({ cwd });
    expect(await main(["fixture", "validate", "mine.yaml"], io)).toBe(0);
    expect(io.stdoutText()).toContain("1 user (1 assigned to the app), 1 group (1 Team)");
  });
});
