/** Files that cannot be a fixture, whatever is in them: told apart before anything is parsed. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const noText = "Error: The fixture f.yaml is not a text file.\nA fixture is YAML; save it as UTF-8.\n";

test.each<readonly [what: string, content: string | Buffer, stderr: string]>([
  ["a picture", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), noText],
  ["text in UTF-16", Buffer.from("\uFEFFidp: okta\n", "utf16le"), noText],
  ["text in Latin 1", Buffer.from("idp: okta # José\n", "latin1"), noText],
  ["text with a NUL", "idp: okta\0\n", noText],
  [
    "a byte more than 4 MiB",
    "#".repeat(4 * 1024 * 1024 + 1),
    "Error: The fixture f.yaml cannot be read: it is far too large.\nA YAML file may have up to 4 MiB: put users, groups and memberships into CSV files (docs/fixture.md, Tables).\n",
  ],
])("%s is no fixture", async (_, content, stderr) => {
  const cwd = await tempFolder();
  await writeFile(join(cwd, "f.yaml"), content);
  expect(await runCommand(["diff", "f.yaml"], { cwd })).toEqual({ status: 64, stdout: "", stderr });
});

test("an empty name is no folder", async () => {
  expect(await runCommand(["simulate", "okta", ""])).toEqual({
    status: 64,
    stdout: "",
    stderr:
      "Error: The name of the fixture is empty.\n" +
      "Check the name of the YAML file; astro-scim fixture new writes one to start from.\n",
  });
});
