/** Wrong usage of `exec`: nothing is started. */

import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

test.each([
  ["nothing at all", [], false],
  ["a command without --", ["pytest"], false],
  ["-- without a command", ["--"], false],
  ["--provisioned without a fixture", ["--provisioned"], true],
  ["--at without --provisioned", ["--at", "start"], true],
  ["an unknown fault", ["--fault", "nonsense"], true],
  ["a fixture that does not exist", ["no-such.yaml"], true],
  ["a file in a folder that does not exist", ["--export-on-exit", "/no/such/folder/x.har"], true],
  ["a step that does not exist", ["fixtures/okta-small.yaml", "--provisioned", "--at", "no such step"], true],
])("%s ends with 64, and nothing is started", async (_name, words, withCommand) => {
  const file = join(await tempFolder(), "started");
  const write = `require("fs").writeFileSync(${JSON.stringify(file)}, "")`;
  const command = withCommand ? ["--", process.execPath, "-e", write] : [];
  expect((await runCommand(["exec", ...words, ...command])).status).toBe(64);
  expect(existsSync(file)).toBe(false);
});
