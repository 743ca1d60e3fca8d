/** A rehearsal as cases that pass or fail: the first provisioning, each step, and what Astro holds at the end. */

import type { JobReport, Observation, RunSummary } from "../../idp/run/events.ts";
import type { Task } from "../../idp/run/task.ts";
import type { UnmetExpectation } from "../../idp/run/unmet-expectation.ts";
import type { StepResult } from "../../idp/timeline/timeline.ts";
import { differencesAtEnd } from "../../simulation/what-fails.ts";
import { quarantineAtEnd } from "../../simulation/quarantine.ts";
import type { SimulationResult } from "../../simulation/simulate.ts";
import { driftSummary } from "../drift/summary.ts";
import { sections } from "../drift/sections.ts";
import { jobCounts, jobLine } from "../narrative/job-line.ts";
import { onePerSubject } from "../narrative/one-per-subject.ts";
import { harmText, observationLines } from "../narrative/observation-lines.ts";
import { plural } from "../../ground/text/plural.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { printable } from "../../ground/text/printable.ts";
import { taskLines } from "../narrative/task-lines.ts";
import type { Style } from "../style.ts";
import { unmetBlock } from "../expectations/unmet-block.ts";
import { unmetLine } from "../expectations/unmet-line.ts";

export interface RehearsalCase {
  readonly name: string;
  /** In simulated time; undefined for what is of no moment of it. */
  readonly at: Date | undefined;
  readonly verdict: Verdict;
  /** What happened, line by line. */
  readonly log: readonly string[];
}

export type Verdict =
  | { readonly kind: "passed" }
  | {
      /** `unknown`: whether it passed is not known. */
      readonly kind: "failed" | "unknown" | "skipped";
      /** In one line. */
      readonly message: string;
      readonly lines: readonly string[];
    };

/** In the order in which they happen. */
export function simulationCases(result: SimulationResult, style: Style): readonly RehearsalCase[] {
  const { words } = result;
  const owned = tasksByRun(result);
  const lines = (tasks: readonly Task[]): readonly string[] => taskLines(tasks, words.name, style);
  return [
    {
      name: words.firstProvisioning,
      at: result.startedAt,
      verdict: runVerdict(result.first, [
        ...harmLines(result.harmfulAtStart, style),
        ...lines(owned.get(result.first) ?? []),
      ]),
      log: countedLines(result.first.reports, style),
    },
    ...result.steps.map((step) => ({
      name: printable(step.name),
      at: step.at,
      verdict: stepVerdict(step, lines(owned.get(step.summary) ?? []), style),
      log: stepLines(step.summary.reports, style),
    })),
    ...result.notBegun.map((name) => ({
      name: printable(name),
      at: undefined,
      verdict: { kind: "skipped", message: "not started: the run was interrupted", lines: [] } as const,
      log: [],
    })),
    {
      name: "What Astro holds at the end",
      at: undefined,
      verdict: endVerdict(
        result,
        [
          ...(result.unmet ?? []).flatMap((one) => unmetText(one, style)),
          ...quarantineLines(result),
          ...lines(owned.get(undefined) ?? []),
        ],
        style,
      ),
      log: [],
    },
  ];
}

/** Provisioning that has stopped leaves things undone, though nothing may have failed yet. */
function quarantineLines(result: SimulationResult): readonly string[] {
  const why = quarantineAtEnd(result);
  return why === undefined ? [] : [printable(why)];
}

/** Each task goes with the run in which it failed last; those of earlier sessions with none. */
function tasksByRun(result: SimulationResult): ReadonlyMap<RunSummary | undefined, readonly Task[]> {
  const runs = [result.first, ...result.steps.map(({ summary }) => summary)];
  const lastRun = new Map(
    runs.flatMap((run) =>
      run.reports
        .filter(({ outcome }) => outcome.kind === "failed")
        .map(({ subject }) => [subject.objectId, run] as const),
    ),
  );
  const owned = new Map<RunSummary | undefined, Task[]>();
  for (const task of result.openTasks) {
    const run = lastRun.get(task.subject.objectId);
    owned.set(run, [...(owned.get(run) ?? []), task]);
  }
  return owned;
}

function runVerdict(run: RunSummary, taskText: readonly string[]): Verdict {
  if (taskText.length > 0) return failed(taskText);
  return run.interrupted ? interrupted : { kind: "passed" };
}

function stepVerdict(
  { summary, unmet = [], notChecked, harmful }: StepResult,
  taskText: readonly string[],
  style: Style,
): Verdict {
  const unmetLines = unmet.flatMap((one) => unmetText(one, style));
  const troubles = [...unmetLines, ...harmLines(harmful, style), ...taskText];
  if (troubles.length > 0) return failed(troubles, unmet.length);
  if (notChecked !== undefined) {
    return { kind: "unknown", message: `not checked: ${printable(notChecked)}`, lines: [] };
  }
  return summary.interrupted ? interrupted : { kind: "passed" };
}

function endVerdict(result: SimulationResult, troubles: readonly string[], style: Style): Verdict {
  const { comparison, interrupted: isInterrupted } = result;
  if (comparison.kind === "not-compared") {
    if (troubles.length > 0) return failed(troubles);
    const message = `not compared with the directory: ${printable(comparison.reason)}`;
    return { kind: isInterrupted ? "skipped" : "unknown", message, lines: [] };
  }
  const { drift } = comparison;
  const lines = sections(drift, result.words.findings, style);
  if (differencesAtEnd(result) === 0) {
    if (troubles.length > 0) return failed(troubles);
    if (drift.status !== "unknown") return { kind: "passed" };
    return { kind: "unknown", message: driftSummary(drift), lines };
  }
  return { kind: "failed", message: driftSummary(drift), lines: [...troubles, ...lines] };
}

function unmetText(unmet: UnmetExpectation, style: Style): readonly string[] {
  return [unmetLine(unmet), ...unmetBlock(unmet, style)];
}

/** What does harm: the kinds, then each kind with the first of its observations. */
function harmLines(harmful: readonly Observation[], style: Style): readonly string[] {
  if (harmful.length === 0) return [];
  return [harmText(harmful), ...observationLines(harmful, { ...style, failing: new Set(harmful) })];
}

const interrupted: Verdict = { kind: "unknown", message: "interrupted", lines: [] };

/** The first line says what; `count` things are like it. */
function failed(lines: readonly string[], count = 1): Verdict {
  const [first = ""] = lines;
  const more = count > 1 ? ` (and ${formatCount(count - 1)} more)` : "";
  return { kind: "failed", message: `${first.trim().replace(/^✗ /, "")}${more}`, lines };
}

/** Job by job; of very many in counts, as the first provisioning is. */
function stepLines(reports: readonly JobReport[], style: Style): readonly string[] {
  return reports.length > mostLines
    ? countedLines(reports, style)
    : reports.map((report) => jobLine(report, style));
}

function countedLines(reports: readonly JobReport[], style: Style): readonly string[] {
  const troubled = reports.filter(
    ({ outcome }) => outcome.kind === "failed" || outcome.kind === "interrupted",
  );
  const more = troubled.length - mostLines;
  return [
    jobCounts(onePerSubject(reports), style),
    ...troubled.slice(0, mostLines).map((report) => jobLine(report, style)),
    ...(more > 0 ? [`… and ${plural(more, "other")}`] : []),
  ];
}

/** More jobs in one case are not useful. */
const mostLines = 100;
