/** What `simulate okta` tells of the Push Groups at the end, over real HTTP. */

import { expect, test } from "vitest";
import { simulationShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const fixture = `
idp: okta
users: [{ email: ada@example.com }, { email: grace@example.com }]
groups:
  - { name: data, push: true, members: [ada@example.com] }
  - { name: ops, push: true, members: [ada@example.com] }
  - { name: ml, push: true }
astro:
  faults: [{ status: 400, method: PUT, path: /Groups, every: 3, times: 1 }]
timeline:
  - name: a pause
    do:
      - deactivate-push: data
      - add: { user: grace@example.com, to: [data, ops] }
    expect:
      teams: { data: [ada@example.com], ops: [ada@example.com, grace@example.com] }
`;

const ended = async (...words: readonly string[]) => {
  const cwd = await tempFolder({ "own.yaml": fixture });
  return runCommand(["simulate", "okta", "own.yaml", ...words], { cwd });
};

test("each with its state, in the JSON", async () => {
  const { stdout } = await ended("--json");
  expect(simulationShape.parse(JSON.parse(stdout)).pushGroups).toEqual([
    { group: "data", team: "data", status: "INACTIVE", members: 1 },
    { group: "ops", team: "ops", status: "ACTIVE", members: 2 },
    { group: "ml", team: "ml", status: "ERROR", members: 0 },
  ]);
});

test("those that are deactivated, for people; an error is among the tasks", async () => {
  const { stdout } = await ended();
  expect(stdout).toContain(
    "group data: nothing written, its push is deactivated; what changes is not sent\n",
  );
  expect(stdout).toContain("  ! group data  changes are not sent until it is activated\n");
  expect(stdout).toContain("  ✗ group ml: 400 Bad Request");
});
