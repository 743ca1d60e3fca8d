/** `serve --strict`, `--behaviour NAME=VALUE`, and the same in a fixture. */

import { describe, expect, test } from "vitest";
import { runCommand } from "../../support/run-command.ts";
import { scimClient } from "../../support/scim-client.ts";
import { startServing } from "../../support/serving.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const fixture = `
idp: okta
astro:
  users: [{ email: root@example.com }, { email: mary@example.com }]
  strict: true
  behaviour: { defaultCount: 1 }
`;

/** Which of three readings holds: a body without schemas, a filter without quotes, the size of a page. */
async function readings(...words: readonly string[]): Promise<readonly unknown[]> {
  const cwd = await tempFolder({ "astro.yaml": fixture });
  const file = `${cwd}/astro.yaml`;
  const serving = await startServing(
    "--port",
    "0",
    "--json",
    ...words.map((word) => (word === "FIXTURE" ? file : word)),
  );
  const client = scimClient(serving);
  return [
    (await client.post("/Users", { userName: "ada@example.com" })).status,
    (await client.get("/Users?filter=userName+sw+ada")).status,
    (await client.get("/Users")).body.itemsPerPage,
  ];
}

describe("what is chosen", () => {
  test.each<readonly [rule: string, words: readonly string[], readings: readonly unknown[]]>([
    ["nothing: the lenient reading", [], [201, 200, 1]],
    ["--strict: the RFC's", ["--strict"], [400, 400, 0]],
    ["one answer", ["--behaviour", "missingSchemas=refuse"], [400, 200, 0]],
    [
      "several answers, which count more than --strict",
      ["--strict", "--behaviour", "missingSchemas=accept", "--behaviour", "unquotedValues=accept"],
      [201, 200, 1],
    ],
    [
      "of one name the last answer",
      ["--behaviour", "missingSchemas=refuse", "--behaviour", "missingSchemas=accept"],
      [201, 200, 1],
    ],
    ["what the fixture says", ["FIXTURE"], [400, 400, 1]],
    [
      "the command line more than the fixture",
      ["FIXTURE", "--behaviour", "missingSchemas=accept", "--behaviour", "defaultCount=3"],
      [201, 400, 3],
    ],
    ["what the fixture says, with --provisioned", ["FIXTURE", "--provisioned"], [400, 400, 1]],
  ])("%s", async (_rule, words, expected) => {
    expect(await readings(...words)).toEqual(expected);
  });
});

describe("what there is no such behaviour of is wrong usage", () => {
  test.each([
    [
      "an unknown name, with the nearest",
      "pathUserAnswer=resource",
      'Error: There is no behaviour "pathUserAnswer".\nDid you mean patchUserAnswer?\n',
    ],
    [
      "an unknown value, with the nearest",
      "patchUserAnswer=no-contents",
      'Error: The behaviour patchUserAnswer cannot be "no-contents".\n' +
        "Did you mean no-content? It must be one of resource, no-content.\n",
    ],
    [
      "no value",
      "patchUserAnswer",
      'Error: --behaviour takes NAME=VALUE, not "patchUserAnswer".\n' +
        "Example: --behaviour patchUserAnswer=no-content\n",
    ],
    [
      "no number",
      "defaultCount=many",
      'Error: The behaviour defaultCount cannot be "many".\nIt must be a whole number from 1 to 1000.\n',
    ],
  ])("%s", async (_what, text, stderr) => {
    expect(await runCommand(["serve", "--port", "0", "--behaviour", text])).toEqual(
      expect.objectContaining({ status: 64, stdout: "", stderr }),
    );
  });

  test("a name like no other lists them all", async () => {
    const { status, stderr } = await runCommand(["serve", "--behaviour", "xyzzy=1"]);
    expect({ status, lists: stderr.includes("textBooleans, singleValues") }).toEqual({
      status: 64,
      lists: true,
    });
  });
});
