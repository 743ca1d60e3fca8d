/** docs/preflight.md lists every kind of finding with what it counts for and why, and its transcript is what the command prints. */

import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { preflightKinds, preflightRule, isPreflightKind } from "../../src/preflight/finding-kinds.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const page = new URL("../../docs/preflight.md", import.meta.url);
const json = await readFile(new URL("../../docs/json.md", import.meta.url), "utf8");
const text = await readFile(page, "utf8");

/** `UPDATE_TRANSCRIPTS=1 npx vitest run test/docs/preflight.test.ts` writes what stands there now. */
const updating = process.env["UPDATE_TRANSCRIPTS"] === "1";

/** What stands in that part of the page, once it is written where that was asked for. */
async function partOfPage(part: RegExp, wanted: string): Promise<string | undefined> {
  if (!updating) return part.exec(text)?.groups?.["shown"];
  const now = await readFile(page, "utf8");
  await writeFile(
    page,
    now.replace(part, (_all, start: string, _shown: string, end: string) => start + wanted + end),
  );
  return wanted;
}

const kinds = Object.keys(preflightKinds).filter(isPreflightKind);

test("the table has every kind", async () => {
  const rows = kinds.map((kind) => {
    const { weight, title, why, how = "" } = preflightRule(kind);
    return `| \`${kind}\` | ${weight} | ${title}. ${why} | ${how} |\n`;
  });
  const head = "| kind | | what it means | what to do |\n| --- | --- | --- | --- |\n";
  const wanted = `\n${head}${rows.join("")}\n`;
  expect(await partOfPage(/(<!-- kinds -->\n)(?<shown>[^]*?)(<!-- end of kinds -->)/, wanted)).toBe(wanted);
});

test("the transcript is what the command prints", async () => {
  const company = /```yaml\n(?<company># company\.yaml\n[^]*?)```/.exec(text)?.groups?.["company"] ?? "";
  const cwd = await tempFolder({ "company.yaml": company });
  const { stdout, stderr, status } = await runCommand(["preflight", "company.yaml"], { cwd });
  expect(status).toBe(1);
  const transcript = /(```console\n\$ astro-scim preflight company\.yaml\n)(?<shown>[^]*?)(```)/;
  expect(await partOfPage(transcript, stderr + stdout)).toBe(stderr + stdout);
});

test.each(kinds)("docs/json.md has the facts of %s", (kind) => {
  expect(json).toMatch(new RegExp(`^\\|[^|]*\`${kind}\``, "m"));
});
