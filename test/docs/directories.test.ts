/** The transcript of docs/directories.md is what `serve --with okta` and `diff --from okta` print. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { serveWithProvider } from "../support/serving-with-provider.ts";
import { tempFolder } from "../support/temp-folder.ts";

const page = new URL("../../docs/directories.md", import.meta.url);
const part = /(<!-- transcript -->\n)(?<shown>[^]*?)(<!-- end of transcript -->)/;
/** `UPDATE_TRANSCRIPTS=1 npx vitest run test/docs/directories.test.ts` writes what the commands print now. */
const updating = process.env["UPDATE_TRANSCRIPTS"] === "1";

const fixture = `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace }
  - { email: grace@example.com, firstName: Grace, lastName: Hopper }
groups:
  - { name: data-platform, members: [ada@example.com, grace@example.com], push: true }
`;

test("the transcript is what the commands print", async () => {
  const file = join(await tempFolder(), "company.yaml");
  await writeFile(file, fixture);
  const { run, source, astro, provider } = await serveWithProvider("okta", file, "--org", "my-org");
  const { stdout, stderr, status } = await run("diff", ...source, "--url", astro.url);
  expect(status).toBe(0);
  const shown = (text: string): string =>
    text
      .replaceAll(provider["url"] ?? "", "http://127.0.0.1:41001")
      .replaceAll(new URL(astro.url).host, "127.0.0.1:8888")
      .replaceAll(provider["appId"] ?? "", "0oa1a2b3c4d5e6f7g8h9");
  const command = ["$ astro-scim diff", ...source, "--url", astro.url].join(" ");
  const transcript = `\`\`\`console\n${shown(command)}\n${shown(stderr + stdout)}\`\`\`\n`;
  const text = await readFile(page, "utf8");
  if (updating) {
    await writeFile(
      page,
      text.replace(part, (_all, start: string, _shown, end: string) => `${start}${transcript}${end}`),
    );
    return;
  }
  expect(part.exec(text)?.groups?.["shown"]).toBe(transcript);
});
