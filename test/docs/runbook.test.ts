/** The transcripts of docs/runbook.md are what an on-call engineer sees, section after section, in two companies with a provider. */

import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startOnCallCompany, type OnCallCompany } from "../support/on-call-company.ts";
import { inSection, isAbridgedFrom } from "../support/transcripts.ts";
import { plants } from "../support/on-call-situations.ts";

const page = new URL("../../docs/runbook.md", import.meta.url);
/**
 * `UPDATE_TRANSCRIPTS=1 npx vitest run test/docs/runbook.test.ts` writes what the commands print now, in full where the
 * page is no longer true; a line `…` stands for lines that are left out.
 */
const updating = process.env["UPDATE_TRANSCRIPTS"] === "1";
const text = await readFile(page, "utf8");
const sections = Object.keys(plants).map((title) => ({ title, transcripts: inSection(text, title) }));

let company: OnCallCompany;

beforeAll(async () => {
  company = await startOnCallCompany();
});
afterAll(() => company.stop());

describe.each(sections)("$title", ({ title, transcripts }) => {
  beforeAll(() => plants[title]?.plant(company));

  test("has transcripts", () => {
    expect(transcripts.length).toBeGreaterThan(1);
  });

  test("each command that is recommended is run next, with --yes, or is a comparison", () => {
    const lines = transcripts.map(({ line }) => line);
    const recommended = transcripts.flatMap(({ shown }, index) => {
      const command = /^Next: astro-scim (?<words>.*)$/m.exec(shown)?.groups?.["words"];
      return command === undefined || /^(?:diff|users|teams) /.test(command) ? [] : [{ command, index }];
    });
    for (const { command, index } of recommended) {
      expect(lines.slice(index + 1).map((line) => line.replace(/ (?:--yes|--concurrency 1)/g, ""))).toContain(
        command,
      );
    }
  });

  test.each(transcripts)("$ astro-scim $line", async ({ line, shown }) => {
    const { printed } = await company.show(line, plants[title]?.pressing?.[line]);
    const isTrue = isAbridgedFrom(shown, printed);
    // Where the page is not true, the two are shown side by side.
    expect(isTrue || updating ? printed : shown).toBe(printed);
    if (isTrue) return;
    const now = await readFile(page, "utf8");
    await writeFile(
      page,
      now.replace(`$ astro-scim ${line}\n${shown}`, () => `$ astro-scim ${line}\n${printed}`),
    );
  });
});
