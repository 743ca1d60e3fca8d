import { Chalk } from "chalk";
import { expect, test } from "vitest";

import type { JobReport, RunEvent } from "../../src/idp/run/events.ts";
import { providers } from "../../src/idp/providers.ts";
import { SimulationNarrative } from "../../src/report/narrative/narrative.ts";

const at = new Date("2026-09-01T08:00:00Z");
const dayMs = 86_400_000;

function told(...events: readonly RunEvent[]): readonly string[] {
  const lines: string[] = [];
  const narrative = new SimulationNarrative(
    { at, timelinePlayed: false, requestsShown: false, words: providers.entra.words },
    {
      paint: new Chalk({ level: 0 }),
      writeLine: (line) => lines.push(line),
      showProgress: () => {},
      passMilestone: () => {},
      now: () => at,
    },
  );
  for (const event of events) narrative.tell(event);
  narrative.end();
  return lines;
}

function day(number: number): Date {
  return new Date(at.getTime() + number * dayMs);
}

function cycle(number: number, on: number, kind: "initial" | "incremental" = "incremental"): RunEvent {
  return { kind: "cycle-started", number, cycle: kind, at: day(on) };
}

function finished(name: string, outcome: JobReport["outcome"]): RunEvent {
  const subject = { kind: "user", objectId: name, key: name, name } as const;
  return {
    kind: "job-finished",
    report: { subject, what: "provision-user", outcome, requests: 1, observations: [] },
  };
}

const end = (number: number): RunEvent => ({
  kind: "cycle-finished",
  report: { number, cycle: "incremental", at, stopped: undefined, quarantine: undefined },
});
const tested: RunEvent = { kind: "credentials-tested", failure: undefined };
const step = (on: number): RunEvent => ({ kind: "step-started", number: 1, name: "Ada leaves", at: day(on) });
const stepEnd: RunEvent = {
  kind: "step-finished",
  number: 1,
  name: "Ada leaves",
  unmet: undefined,
  notChecked: undefined,
  harmful: [],
};
const planned = (count: number): RunEvent => ({ kind: "jobs-planned", subjects: "user", count });
const created = { kind: "done", did: "created" } as const;
const failure = {
  kind: "failure",
  code: "Conflict",
  sentence: "Conflict: …",
  reason: "409 Conflict: taken",
  explanation: undefined,
  cause: { kind: "status", status: 409 },
} as const;

test("the first cycle is told in counts, those with nothing to do by their number", () => {
  expect(
    told(
      tested,
      cycle(1, 0, "initial"),
      planned(2),
      finished("ada", created),
      finished("grace", created),
      end(1),
      { kind: "idle-cycles", count: 71, until: day(2) },
      step(2),
      cycle(73, 2),
      finished("ada", { kind: "done", did: "disabled" }),
      end(73),
      stepEnd,
      { kind: "idle-cycles", count: 36, until: day(3) },
    ),
  ).toEqual([
    "Day 0  First provisioning",
    "  ✓ Connection tested",
    "  ✓ 2 users: 2 created",
    "  · 71 sync cycles without changes (skipped)",
    "Day 2  Ada leaves",
    "  ✓ user ada disabled",
    "  · 36 sync cycles without changes (skipped)",
    "",
  ]);
});

test("a cycle between two steps has a heading of its own once it does something", () => {
  expect(
    told(
      tested,
      cycle(1, 0),
      end(1),
      cycle(2, 1),
      end(2),
      cycle(45, 30),
      planned(1),
      finished("ada", created),
      end(45),
    ),
  ).toEqual([
    "Day 0  First provisioning",
    "  ✓ Connection tested",
    "  · nothing to send",
    "Day 30  Cycle 45, incremental",
    "  ✓ user ada created",
    "",
  ]);
});

test("an initial cycle in a step is told in counts, too, but for what fails", () => {
  const same = { kind: "nothing-sent", why: "RedundantExport: the target has these values" } as const;
  const jobs = [finished("ada", same), finished("grace", { kind: "failed", failure })];
  const restarted = [cycle(2, 3, "initial"), planned(2), ...jobs, end(2)];
  expect(told(tested, cycle(1, 0), end(1), step(3), ...restarted, stepEnd).slice(3)).toEqual([
    "Day 3  Ada leaves",
    "  ✗ user grace: Conflict: 409 Conflict: taken",
    "  ! 2 users: 1 skipped, 1 failed",
    "  · 1 user: nothing written, RedundantExport: the target has these values (ada)",
    "",
  ]);
});

test("what fails again as it failed before is told with the cycles that have nothing to do", () => {
  const idle = (count: number): RunEvent => ({ kind: "idle-cycles", count, until: day(2) });
  const fails = (number: number, reason: string = failure.reason): readonly RunEvent[] => [
    cycle(number, 2),
    planned(1),
    finished("grace", { kind: "failed", failure: { ...failure, reason } }),
    end(number),
  ];
  expect(
    told(
      tested,
      cycle(1, 0),
      end(1),
      step(1),
      ...fails(2),
      stepEnd,
      idle(1),
      ...fails(4),
      idle(3),
      ...fails(8),
      ...fails(9, "500 Internal Server Error"),
      idle(7),
      cycle(17, 2),
      finished("grace", created),
      end(17),
    ).slice(3),
  ).toEqual([
    "Day 1  Ada leaves",
    "  ✗ user grace: Conflict: 409 Conflict: taken",
    "  · 6 sync cycles without changes, except retries that failed again: user grace",
    "Day 2  Cycle 9, incremental",
    "  ✗ user grace: Conflict: 500 Internal Server Error",
    "  · 7 sync cycles without changes (skipped)",
    "Day 2  Cycle 17, incremental",
    "  ✓ user grace created",
    "",
  ]);
});

test("quarantine is told when it begins, when it ends, and when provisioning stops", () => {
  expect(
    told(
      tested,
      cycle(1, 0),
      end(1),
      step(1),
      cycle(2, 1),
      { kind: "quarantine-entered", reason: "TooManyDeletes", message: "6 users or groups." },
      end(2),
      stepEnd,
      cycle(3, 2),
      { kind: "quarantine-left" },
      end(3),
      cycle(4, 3),
      { kind: "provisioning-stopped", message: "In quarantine for four weeks: provisioning is disabled." },
      end(4),
    ).slice(3),
  ).toEqual([
    "Day 1  Ada leaves",
    "  ! provisioning is in quarantine: TooManyDeletes: 6 users or groups.",
    "Day 2  Cycle 3, incremental",
    "  ✓ provisioning is out of quarantine",
    "Day 3  Cycle 4, incremental",
    "  ! In quarantine for four weeks: provisioning is disabled.",
    "",
  ]);
});
