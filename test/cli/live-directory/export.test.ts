/** `fixture export` from files: what is written, and what is never overwritten. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "../../support/run-command.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test("a large directory is written with tables beside it, and is rehearsed from them", async () => {
  const cwd = await tempFolder();
  const rows = Array.from(
    { length: 2_001 },
    (_, index) => `user${index}@example.com,First${index},Last,Last ${index}`,
  );
  await writeFile(join(cwd, "people.csv"), `email,firstName,lastName,displayName\n${rows.join("\n")}\n`);
  const words = ["fixture", "export", "--from", "people.csv", "--idp", "okta", "--out", "company.yaml"];
  const { status, stdout, stderr } = await runCommand(words, { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.any(String) });
  expect(stdout).toContain("with company.users.ndjson");
  expect(await readFile(join(cwd, "company.yaml"), "utf8")).toContain(
    "users: { file: company.users.ndjson }",
  );
  expect((await runCommand(["fixture", "validate", "company.yaml"], { cwd })).status).toBe(0);
  expect(await runCommand(words, { cwd })).toMatchObject({ status: 5 });
});
