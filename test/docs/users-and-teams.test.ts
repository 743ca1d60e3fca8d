/** The transcripts of docs/users-and-teams.md are what the commands print about a local Astro. */

import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { startCompany } from "../support/company-on-astro.ts";
import { wordsOf } from "../support/words-of.ts";

const page = new URL("../../docs/users-and-teams.md", import.meta.url);
const blocks = /```console\n\$ astro-scim (?<words>[^\n]*)\n(?<output>[^]*?)```/g;
const text = await readFile(page, "utf8");
const transcripts = [...text.matchAll(blocks)].map(({ groups }) => ({
  words: groups?.["words"] ?? "",
  output: groups?.["output"] ?? "",
}));

/** `UPDATE_TRANSCRIPTS=1 npx vitest run test/docs/users-and-teams.test.ts` writes what the commands print now. */
const updating = process.env["UPDATE_TRANSCRIPTS"] === "1";

test("the page shows users, one Team and a call for curl", () => {
  const commands = transcripts.map(({ words }) => words);
  expect(commands).toEqual(
    expect.arrayContaining(["users", "teams show data-platform", expect.stringMatching(/^api .* --curl$/)]),
  );
});

test.each(transcripts)("$ astro-scim $words", async ({ words, output }) => {
  const { run, server } = await startCompany();
  const { stdout, stderr } = await run(wordsOf(words), { env: { ASTRO_API_TOKEN: server.token } });
  // The port is any that is free; CR of CSV is no part of a page.
  const printed = (stderr + stdout)
    .replaceAll(`127.0.0.1:${server.port}`, "localhost:8888")
    .replaceAll("\r\n", "\n");
  if (updating) {
    const now = (await readFile(page, "utf8")).replace(
      `$ astro-scim ${words}\n${output}`,
      () => `$ astro-scim ${words}\n${printed}`,
    );
    await writeFile(page, now);
    return;
  }
  expect(printed).toBe(output);
});

test("each command that the page recommends can be run", async () => {
  const { run, server } = await startCompany();
  const recommended = [...text.matchAll(/^Next: astro-scim (?<words>.*)$/gm)].map(
    ({ groups }) => groups?.["words"]?.replaceAll("localhost:8888", `127.0.0.1:${server.port}`) ?? "",
  );
  expect(recommended).not.toEqual([]);
  for (const words of recommended) expect((await run(wordsOf(words))).status).toBe(0);
});
