import { Chalk } from "chalk";
import { describe, expect, test } from "vitest";

import type { JobReport, RunEvent } from "../../src/idp/run/events.ts";
import { providers } from "../../src/idp/providers.ts";
import {
  SimulationNarrative,
  type NarrativeOutput,
  type NarrativeStart,
} from "../../src/report/narrative/narrative.ts";

const { words } = providers.okta;
const at = new Date("2026-09-01T08:00:00Z");

const silent: NarrativeOutput = {
  paint: new Chalk({ level: 0 }),
  writeLine: () => {},
  showProgress: () => {},
  passMilestone: () => {},
  now: () => at,
};

function told(events: readonly RunEvent[], start: Partial<NarrativeStart> = {}): readonly string[] {
  const lines: string[] = [];
  const narrative = new SimulationNarrative(
    { at, timelinePlayed: false, requestsShown: false, words, ...start },
    { ...silent, writeLine: (line) => lines.push(line) },
  );
  for (const event of events) narrative.tell(event);
  narrative.end();
  return lines;
}

function finished(name: string, outcome: JobReport["outcome"]): RunEvent {
  const subject = { kind: "user", objectId: `00u-${name}`, key: name, name } as const;
  return {
    kind: "job-finished",
    report: { subject, what: "assign", outcome, requests: 1, observations: [] },
  };
}

const started: RunEvent = { kind: "credentials-test-started" };
const tested: RunEvent = { kind: "credentials-tested", failure: undefined };
const planned: RunEvent = { kind: "jobs-planned", subjects: "user", count: 3 };
const created = { kind: "done", did: "created" } as const;
const interrupted = { kind: "interrupted", after: "GET /Users", wrote: "nothing" } as const;

describe("what Okta does not notice", () => {
  const observed = (code: "no-id" | "password-returned"): RunEvent => ({
    kind: "observed",
    observation: { subject: undefined, request: "GET /Users?count=2", deviation: { code } },
  });

  test("is told the first time only, and at the test of the credentials below its line", () => {
    const again = [observed("no-id"), observed("password-returned")];
    expect(told([started, observed("no-id"), tested, ...again]).slice(0, 4)).toEqual([
      "Day 0  First provisioning",
      "  ✓ API credentials tested",
      "  ! a resource has no id",
      "  ! a password is returned",
    ]);
  });

  test("is not told where the credentials fail", () => {
    const failure = {
      kind: "failure",
      sentence: "Error authenticating",
      reason: "401 Unauthorized",
      explanation: undefined,
      cause: { kind: "status", status: 401 },
    } as const;
    const lines = told([started, observed("no-id"), { kind: "credentials-tested", failure }]);
    expect(lines.join("\n")).not.toContain("no id");
  });
});

test("the spinner says who is provisioned, and in the timeline which step is played and for whom", () => {
  const shown: string[] = [];
  const narrative = new SimulationNarrative(
    { at, timelinePlayed: false, requestsShown: false, words },
    { ...silent, showProgress: (text) => shown.push(text) },
  );
  const subject = { kind: "user", objectId: "00u-ada", key: "ada", name: "ada" } as const;
  const begun: RunEvent = { kind: "job-started", subject, what: "assign" };
  const step: RunEvent = { kind: "step-started", number: 1, name: "Ada leaves", at };
  for (const event of [started, tested, planned, begun, finished("ada", created), step, begun]) {
    narrative.tell(event);
  }
  expect(shown).toEqual(["users 1/3  ada", "Ada leaves", "Ada leaves  ada"]);
});

test("a long first provisioning is told of after each tenth, at the rate of the real clock", () => {
  const told2000: string[] = [];
  let nowMs = at.getTime();
  const narrative = new SimulationNarrative(
    { at, timelinePlayed: false, requestsShown: false, words },
    { ...silent, passMilestone: (text) => told2000.push(text), now: () => new Date(nowMs) },
  );
  for (const event of [started, tested, { ...planned, count: 2000 }]) narrative.tell(event);
  for (let number = 0; number < 2000; number += 1) {
    nowMs += 10;
    narrative.tell(finished(`user${number}`, created));
  }
  expect(told2000).toHaveLength(9);
  expect(told2000[0]).toBe("200 of 2,000 users, 100/s, 18 s left");
  expect(told2000[8]).toBe("1,800 of 2,000 users, 100/s, 2 s left");
});

describe("the first provisioning", () => {
  test("is told in counts", () => {
    const jobs = ["ada", "grace", "alan"].map((name) => finished(name, created));
    expect(told([started, tested, planned, ...jobs])).toEqual([
      "Day 0  First provisioning",
      "  ✓ API credentials tested",
      "  ✓ 3 users: 3 created",
      "",
    ]);
  });

  test("has its heading ahead of the first request where requests are shown", () => {
    expect(told([started], { requestsShown: true })[0]).toBe("Day 0  First provisioning");
    expect(told([started])).not.toContain("Day 0  First provisioning");
  });

  test.each([
    ["nothing to send", false],
    ["nothing to send; the timeline was played before", true],
  ])("without a job: %s", (text, timelinePlayed) => {
    expect(told([started, tested], { timelinePlayed })).toContain(`  · ${text}`);
  });

  test("that is interrupted has no tick: how many of how many, and the job that was under way", () => {
    const lines = told([started, tested, planned, finished("ada", created), finished("grace", interrupted)]);
    expect(lines.slice(2)).toEqual([
      "  ! user grace: interrupted after GET /Users, nothing was written",
      "  ! 2 of 3 users: 1 created, 1 interrupted",
      "",
    ]);
  });
});
