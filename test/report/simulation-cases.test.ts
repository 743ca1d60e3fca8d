/** Which part of a rehearsal an error belongs to, as a test report tells it. */

import { Chalk } from "chalk";
import { expect, test } from "vitest";

import { readFixture } from "../../src/fixture/read.ts";
import { providers } from "../../src/idp/providers.ts";
import type { CycleReport, JobReport, RunSummary } from "../../src/idp/run/events.ts";
import type { Failure } from "../../src/idp/run/failure.ts";
import type { Task } from "../../src/idp/run/task.ts";
import type { StepResult } from "../../src/idp/timeline/timeline.ts";
import { simulationCases } from "../../src/report/simulation/cases.ts";
import type { SimulationResult } from "../../src/simulation/simulate.ts";

const at = new Date("2026-09-01T08:00:00Z");
const failure: Failure = {
  kind: "failure",
  sentence: "It did not work",
  reason: "500 Internal Server Error",
  explanation: undefined,
  cause: { kind: "status", status: 500 },
};

function job(name: string, outcome: JobReport["outcome"]): JobReport {
  const subject = { kind: "user", objectId: `id of ${name}`, key: name, name } as const;
  return { subject, what: "assign", outcome, requests: 1, observations: [] };
}

const created = (name: string): JobReport => job(name, { kind: "done", did: "created" });
const failed = (name: string): JobReport => job(name, { kind: "failed", failure });

function run(reports: readonly JobReport[], more: Partial<RunSummary> = {}): RunSummary {
  return { reports, notBegun: [], requests: reports.length, interrupted: false, ...more };
}

function step(name: string, summary: RunSummary): StepResult {
  return { number: 1, name, at, summary, unmet: undefined, notChecked: undefined, harmful: [] };
}

function task(name: string): Task {
  const { subject, what } = failed(name);
  return { subject, what, sentence: "It did not work", reason: "500", explanation: undefined, since: at };
}

/** The cases of a rehearsal in which Astro could not be compared, so that the end is decided by the rest. */
function cases(result: Partial<SimulationResult>) {
  const whole: SimulationResult = {
    fixture: readFixture("f.yaml", "idp: okta\n"),
    words: providers.okta.words,
    startedAt: at,
    first: run([]),
    steps: [],
    notBegun: [],
    openTasks: [],
    credentialsTest: { requests: 0 },
    requests: 0,
    observations: [],
    interrupted: false,
    comparison: { kind: "not-compared", reason: "it is gone" },
    harmfulAtStart: [],
    unmet: undefined,
    ...result,
  };
  return simulationCases(whole, { paint: new Chalk({ level: 0 }), columns: undefined });
}

const kinds = (result: Partial<SimulationResult>) => cases(result).map(({ verdict }) => verdict.kind);

test("a task goes with the run in which its job failed last", () => {
  const first = run([failed("ada"), failed("grace")]);
  const steps = [step("again", run([failed("ada")])), step("other", run([created("alan")]))];
  expect(kinds({ first, steps, openTasks: [task("ada")] })).toEqual([
    "passed",
    "failed",
    "passed",
    "unknown",
  ]);
});

test("a job that failed and was done later fails nothing: its task is resolved", () => {
  const steps = [step("again", run([created("ada")]))];
  expect(kinds({ first: run([failed("ada")]), steps })).toEqual(["passed", "passed", "unknown"]);
});

test("a task of an earlier session, which nobody tried again, goes with the end", () => {
  expect(kinds({ openTasks: [task("ada")] })).toEqual(["passed", "failed"]);
});

test("provisioning that ends in quarantine goes with the end", () => {
  const cycle: CycleReport = {
    number: 1,
    cycle: "initial",
    at,
    stopped: failure,
    quarantine: "in quarantine",
  };
  const [, end] = cases({ first: run([], { cycles: [cycle] }) });
  expect(end?.verdict).toMatchObject({ kind: "failed", message: "in quarantine" });
});

test("a run that was interrupted could not be told, and the end is skipped", () => {
  const steps = [step("half", run([], { interrupted: true }))];
  const result = { steps, notBegun: ["later"], interrupted: true };
  expect(kinds(result)).toEqual(["passed", "unknown", "skipped", "skipped"]);
});

test("very many jobs of a step are told in counts, with those that failed", () => {
  const many = Array.from({ length: 200 }, (_, index) => created(`user${index}`));
  const [, one] = cases({ steps: [step("all", run([...many, failed("ada")]))] });
  expect(one?.log).toEqual(["200 created, 1 failed", "✗ user ada: 500 Internal Server Error"]);
  const [, few] = cases({ steps: [step("one", run([created("ada")]))] });
  expect(few?.log).toEqual(["✓ user ada created"]);
});
