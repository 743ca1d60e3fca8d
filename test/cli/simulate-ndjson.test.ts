/** `simulate -o ndjson`: each event a line, as it happens, and the result as the last one. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { simulationShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

const linesOf = (stdout: string) => {
  expect(stdout.endsWith("\n")).toBe(true);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly event: string; readonly [field: string]: unknown });
};

describe.each(["okta", "entra"])("%s", (idp) => {
  test("the jobs of the lines are those of the result, in their order, below their steps", async () => {
    const { status, stdout, stderr } = await runCommand([
      "simulate",
      idp,
      shippedFixture(`${idp}-small.yaml`),
      "-o",
      "ndjson",
    ]);
    const lines = linesOf(stdout);
    const { event, ...last } = lines.at(-1)!;
    const result = simulationShape.parse(last);
    expect({ status, event, first: lines[0] }).toEqual({
      status: 0,
      event: "result",
      first: { event: "credentials-tested", failure: null },
    });
    const jobs = lines
      .filter((line) => line.event === "job-finished")
      .map(({ event: _event, ...job }) => job);
    expect(jobs).toEqual([result.first, ...result.steps].flatMap((run) => run.jobs));
    const steps = lines.filter((line) => line.event === "step-finished");
    expect(steps.map(({ name, unmet, notChecked }) => ({ name, unmet, notChecked }))).toEqual(
      result.steps.map(({ name, unmet, notChecked }) => ({ name, unmet, notChecked })),
    );
    const cycles = lines
      .filter((line) => line.event === "cycle-finished")
      .map(({ event: _event, ...cycle }) => cycle);
    expect(cycles).toEqual([result.first, ...result.steps].flatMap((run) => run.cycles ?? []));
    expect(stderr).toContain("Day 0");
  });
});

test("what was observed and waited for are lines, too", async () => {
  const fixture = readFileSync(shippedFixture("okta-small.yaml"), "utf8");
  let limited = 0;
  const astro = await startWatchedAstro({
    fixture,
    before: ({ method }) => (method === "POST" && (limited += 1) === 1 ? 429 : undefined),
  });
  const cwd = await tempFolder({ "own.yaml": fixture });
  const { stdout } = await runCommand(["simulate", "okta", "own.yaml", "-o", "ndjson", ...astro.target], {
    cwd,
  });
  const waiting = linesOf(stdout).find(({ event }) => event === "waiting");
  expect(waiting).toMatchObject({
    seconds: 300,
    until: expect.stringMatching(/Z$/),
    reason: expect.stringContaining("429"),
  });
});

test("an error is the last line; what came before it stands", async () => {
  const fixture = readFileSync(shippedFixture("okta-small.yaml"), "utf8");
  const astro = await startWatchedAstro({ fixture, before: () => 401 });
  const cwd = await tempFolder({ "own.yaml": fixture });
  const words = ["simulate", "okta", "own.yaml", "-o", "ndjson", ...astro.target];
  const { status, stdout } = await runCommand(words, { cwd });
  const lines = linesOf(stdout);
  expect(lines.map(({ event }) => event)).toEqual(["credentials-tested", "error"]);
  expect(lines[0]?.["failure"]).toContain("Error authenticating: Unauthorized.");
  expect(lines[1]).toMatchObject({ schemaVersion: 1, error: { code: "unauthorized", exitStatus: status } });
});
