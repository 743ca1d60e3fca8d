/** Attributes that a fixture maps beside Astro's documented ones: read back, compared, repaired. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { beforeEach, expect, test } from "vitest";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type WatchedAstro } from "../support/watched-astro.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** Microsoft: Customize user provisioning attribute-mappings: a core attribute, one of several values, an extension's, a constant. */
const text = `idp: entra
app:
  users:
    mappings:
      title: jobTitle
      nickName: { constant: staff }
      emails[type eq "work"].value: mail
      ${enterprise}:department: department
users:
  - { mail: ada@example.com, displayName: Ada Lovelace, jobTitle: Analyst, department: Engines }
`;

let cwd: string;
let astro: WatchedAstro;

beforeEach(async () => {
  cwd = await tempFolder();
  astro = await startWatchedAstro({ fixture: text });
  await writeFile(join(cwd, "mapped.yaml"), text);
  await writeFile(
    join(cwd, "promoted.yaml"),
    text.replace("Analyst", "Director").replace("Engines", "Board"),
  );
});

function run(...words: readonly string[]): Promise<CommandResult> {
  return runCommand([...words, ...astro.target], { cwd });
}

test("a rehearsal finds at the end what it has sent", async () => {
  const { status, stdout } = await run("simulate", "entra", "mapped.yaml");
  expect(stdout).toContain("Astro holds what the directory says: 1 active user and 0 Teams.\n");
  expect(status).toBe(0);
});

test("diff names the attribute that differs, and resync repairs it", async () => {
  await run("simulate", "entra", "mapped.yaml");
  const before = await run("diff", "promoted.yaml");
  expect(before.stdout).toContain('  ~ ada@example.com  title is "Analyst", should be "Director"\n');
  expect(before.stdout).toContain(`${enterprise}:department is "Engines", should be "Board"\n`);
  expect(before.status).toBe(2);
  const repaired = await run("resync", "--all", "--yes", "--strict-plan", "--from", "promoted.yaml");
  expect(repaired.status).toBe(0);
  expect((await run("diff", "promoted.yaml")).status).toBe(0);
});
