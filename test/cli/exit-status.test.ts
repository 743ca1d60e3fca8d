/** The table of exit statuses: each one that a command can end with, and that the form of the output never changes it. */

import { readFileSync } from "node:fs";

import { describe, expect, onTestFinished, test } from "vitest";
import { exitStatus } from "../../src/ground/exit-status.ts";
import { fakeIo } from "../support/fake-io.ts";
import { startHttp, unusedPort } from "../support/loopback-server.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const small = readFileSync(new URL("../../fixtures/okta-small.yaml", import.meta.url), "utf8");

/** Each command so far that everything it needs is named. */
const commands: Readonly<Record<string, readonly string[]>> = {
  "simulate okta": ["simulate", "okta", "own.yaml"],
  diff: ["diff", "own.yaml"],
  "push-group": ["push-group", "--all", "--yes", "--from", "own.yaml"],
  resync: ["resync", "--all", "--yes", "--from", "own.yaml"],
  delete: ["delete", "--all", "--yes", "--from", "own.yaml"],
};

/** The folder in which all of them run. */
function folder(): Promise<string> {
  return tempFolder({
    "own.yaml": small,
    "empty.yaml": "idp: okta\norganization: cknaqyipv05731evsry6cj4n0\nusers: []\n",
    "wrong.yaml": small.replace("{ active: false }", "{ active: true }"),
  });
}

const forms = [[], ["--output", "json"]] as const;

/** The statuses with which a command ends as text and as JSON. */
async function statuses(
  argv: readonly string[],
  target: () => Promise<readonly string[]> = async () => [],
): Promise<readonly number[]> {
  const cwd = await folder();
  const ended: number[] = [];
  for (const form of forms) {
    const { status } = await runCommand([...argv, ...form, ...(await target())], { cwd });
    ended.push(status);
  }
  return ended;
}

const twice = (status: number) => [status, status];
const token = ["--token", "exit-status-token"];

const targets: Readonly<Record<string, readonly [status: number, target: () => Promise<readonly string[]>]>> =
  {
    "nobody listens": [
      exitStatus.couldNotTell,
      async () => ["--url", `http://127.0.0.1:${await unusedPort()}/scim/v2`, ...token],
    ],
    "credentials refused": [
      exitStatus.credentialsRefused,
      async () => {
        const server = await startHttp((_request, response) => response.writeHead(401).end());
        onTestFinished(server.close);
        return ["--url", `${server.url}/scim/v2`, ...token];
      },
    ],
    "refused by a safety rule": [
      exitStatus.refused,
      async () => ["--url", "http://scim.example.com/v2", ...token],
    ],
    "wrong usage": [exitStatus.usage, async () => ["--nope"]],
  };

describe.each(Object.entries(targets))("%s", (_why, [status, target]) => {
  test.each(Object.entries(commands))(`%s: ${status}`, async (_command, argv) => {
    expect(await statuses(argv, target)).toEqual(twice(status));
  });
});

describe("interrupted", () => {
  test.each(Object.entries(commands))(`%s: ${exitStatus.interrupted}`, async (_command, argv) => {
    const cwd = await folder();
    for (const form of forms) {
      const io = fakeIo({ cwd });
      const server = await startHttp(() => io.interrupt());
      onTestFinished(server.close);
      const target = ["--url", `${server.url}/scim/v2`, ...token];
      expect((await runCommand([...argv, ...form, ...target], { io })).status).toBe(exitStatus.interrupted);
    }
  });
});

describe("what else a command ends with", () => {
  test.each<readonly [command: string, why: string, status: number, argv: readonly string[]]>([
    ["simulate okta", "done", exitStatus.ok, ["simulate", "okta", "own.yaml"]],
    ["simulate okta", "an expectation is not met", exitStatus.failed, ["simulate", "okta", "wrong.yaml"]],
    ["diff", "nothing differs", exitStatus.ok, ["diff", "empty.yaml"]],
    ["diff", "something differs", exitStatus.differencesFound, ["diff", "own.yaml"]],
    ["push-group", "done", exitStatus.ok, ["push-group", "--all", "--yes"]],
    ["push-group", "a group that nobody has", exitStatus.failed, ["push-group", "nobody", "--yes"]],
    ["push-group", "nobody named", exitStatus.usage, ["push-group"]],
    ["push-group", "nobody to ask", exitStatus.refused, ["push-group", "--all"]],
    ["resync", "done", exitStatus.ok, ["resync", "--all", "--yes"]],
    ["resync", "a user that nobody has", exitStatus.failed, ["resync", "nobody", "--yes"]],
    ["resync", "nobody named", exitStatus.usage, ["resync"]],
    ["resync", "nobody to ask", exitStatus.refused, ["resync", "--all"]],
    ["delete", "done", exitStatus.ok, ["delete", "--all", "--yes"]],
    ["delete", "a user that nobody has", exitStatus.failed, ["delete", "nobody", "--yes"]],
    ["delete", "nobody named", exitStatus.usage, ["delete"]],
    ["delete", "nobody to ask", exitStatus.refused, ["delete", "--all"]],
  ])("%s, %s: %i", async (_command, _why, status, argv) => {
    expect(await statuses(argv)).toEqual(twice(status));
  });
});
