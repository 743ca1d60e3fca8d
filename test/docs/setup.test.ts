/** The transcripts of docs/setup.md are what the commands print. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "../support/run-command.ts";
import { serveWithProvider } from "../support/serving-with-provider.ts";
import { tempFolder } from "../support/temp-folder.ts";

const page = new URL("../../docs/setup.md", import.meta.url);
/** `UPDATE_TRANSCRIPTS=1 npx vitest run test/docs/setup.test.ts` writes what the commands print now. */
const updating = process.env["UPDATE_TRANSCRIPTS"] === "1";

const fixture = `idp: okta
app:
  applicationUsername: user.login
  deactivateUsers: false
users:
  - { email: ada@example.com, login: ada, firstName: Ada, lastName: Lovelace }
groups:
  - { name: data-platform, members: [ada@example.com], push: true }
`;

async function expectTranscript(name: string, transcript: string): Promise<void> {
  const part = new RegExp(`(<!-- transcript ${name} -->\\n)([^]*?)(<!-- end of transcript -->)`);
  const text = await readFile(page, "utf8");
  if (updating)
    await writeFile(
      page,
      text.replace(part, (_all, start, _shown, end) => `${start}${transcript}${end}`),
    );
  const now = await readFile(page, "utf8");
  expect(part.exec(now)?.[2]).toBe(transcript);
}

test("the sheet is what setup okta prints", async () => {
  const words = ["setup", "okta", "--yes", "--org", "cknaqyipv05731evsry6cj4n0"];
  const { stdout, stderr, status } = await runCommand(words);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  await expectTranscript("sheet", `\`\`\`console\n$ astro-scim ${words.join(" ")}\n${stdout}\`\`\`\n`);
});

test("the comparison is what setup okta --check prints", async () => {
  const file = join(await tempFolder(), "company.yaml");
  await writeFile(file, fixture);
  const { run, source, astro, provider } = await serveWithProvider("okta", file, "--org", "my-org");
  const app = source.slice(2);
  const { stdout, stderr, status } = await run("setup", "okta", "--check", ...app, "--url", astro.url);
  expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
  const shown = (text: string): string =>
    text
      .replaceAll(provider["url"] ?? "", "http://127.0.0.1:41001")
      .replaceAll(new URL(astro.url).host, "127.0.0.1:8888")
      .replaceAll(provider["appId"] ?? "", "0oa1a2b3c4d5e6f7g8h9");
  const command = ["$ astro-scim setup okta --check", ...app, "--url", astro.url].join(" ");
  await expectTranscript("check", `\`\`\`console\n${shown(command)}\n${shown(stdout)}\`\`\`\n`);
});
