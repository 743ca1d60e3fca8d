/** How a rehearsal ended, for people: whether it went well, what did not, what differs, and a summary. */

import type { ChalkInstance } from "chalk";
import type { Observation, PendingJob } from "../../idp/run/events.ts";
import type { UnmetExpectation } from "../../idp/run/unmet-expectation.ts";
import { differencesAtEnd, harmIn, isDriftExpected } from "../../simulation/what-fails.ts";
import { quarantineAtEnd } from "../../simulation/quarantine.ts";
import type { SimulationResult } from "../../simulation/simulate.ts";
import type { SimulationStatus } from "../../simulation/status.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import { comparisonBesideFailure, driftSummary } from "../drift/summary.ts";
import { sections } from "../drift/text.ts";
import { whyMembersNotShown } from "../drift/not-compared.ts";
import { someNames } from "../../ground/some-names.ts";
import { codesOf, observationLines } from "../narrative/observation-lines.ts";
import { plural } from "../../ground/plural.ts";
import { printable } from "../../ground/printable.ts";
import { taskLines } from "../narrative/task-lines.ts";
import { nextLines } from "../next-step.ts";
import type { Style } from "../style.ts";
import type { SimulationReport } from "./report.ts";
import { unmetBlock } from "../expectations/unmet-block.ts";
import { unmetSides } from "../expectations/unmet-sides.ts";

/** Stands behind the narrative, or alone without one; ends with a newline. */
export function simulationText({ result, status, next }: SimulationReport, style: Style): string {
  const { paint } = style;
  const { words } = result;
  const lines = [
    paint.bold(simulationVerdict(result, status)),
    "",
    ...section("Expectations not met", unmetLines(result, style), paint),
    ...section(words.openTasks, taskLines(result.openTasks, words.name, paint), paint),
    ...section("Provisioning at the end", quarantineLines(result, paint), paint),
    ...section("Push Groups that are deactivated", pausedLines(result, paint), paint),
    ...section("Not begun", notBegunLines(result), paint),
    ...comparisonLines(result, status, paint),
    ...observationSection(result, paint),
    counts(result),
    ...nextLines(next),
  ];
  return `${lines.join("\n")}\n`;
}

function quarantineLines(result: SimulationResult, paint: ChalkInstance): readonly string[] {
  const why = quarantineAtEnd(result);
  return why === undefined ? [] : [`  ${paint.yellow("!")} ${printable(why)}`];
}

/** How it went, in a sentence. */
export function simulationVerdict(result: SimulationResult, status: SimulationStatus): string {
  const faults = faultsOf(result);
  switch (status) {
    case "ok":
      return "The rehearsal went as expected.";
    case "failed":
      return `The rehearsal failed: ${faults.join(", ")}.`;
    case "interrupted":
      return `The rehearsal was interrupted${faults.length === 0 ? "" : `; until then: ${faults.join(", ")}`}.`;
    case "unknown":
      return `It is unknown whether the rehearsal succeeded: ${whyUnknown(result)}.`;
  }
}

function whyUnknown({ comparison }: SimulationResult): string {
  return comparison.kind === "compared" && comparison.drift.status === "unknown"
    ? whyMembersNotShown
    : "Astro could not be read back";
}

/** `3 expectations not met`, `2 tasks failed`, `1 difference at the end`. */
function faultsOf(result: SimulationResult): readonly string[] {
  const { openTasks, words } = result;
  const unmet = unmetOf(result).length;
  const differences = differencesAtEnd(result);
  const harmful = harmIn(result);
  return [
    ...(unmet === 0 ? [] : [`${plural(unmet, "expectation")} not met`]),
    ...(harmful.length === 0
      ? []
      : [`${plural(harmful.length, "harmful answer")} of the server (${codesOf(harmful).join(", ")})`]),
    ...(openTasks.length === 0 ? [] : [`${plural(openTasks.length, words.task)} failed`]),
    ...(quarantineAtEnd(result) === undefined ? [] : ["provisioning is in quarantine"]),
    ...(differences === 0 ? [] : [`${plural(differences, "difference")} at the end`]),
  ];
}

interface UnmetInStep {
  readonly step: string;
  readonly unmet: UnmetExpectation;
}

function unmetOf({ steps, unmet: whole = [] }: SimulationResult): readonly UnmetInStep[] {
  return [
    ...steps.flatMap(({ number, name, unmet = [] }) =>
      unmet.map((one) => ({ step: `step ${number}, ${printable(name)}`, unmet: one })),
    ),
    ...whole.map((one) => ({ step: "at the end", unmet: one })),
  ];
}

function unmetLines(result: SimulationResult, style: Style): readonly string[] {
  return unmetOf(result).flatMap(({ step, unmet }) => [
    `  ${style.paint.red("✗")} ${step}: ${unmetSides(unmet).about}`,
    ...unmetBlock(unmet, style),
  ]);
}

/** Those in error are among the tasks that failed. */
function pausedLines({ pushStates = [] }: SimulationResult, paint: ChalkInstance): readonly string[] {
  return pushStates
    .filter(({ status }) => status === "INACTIVE")
    .map(({ group, team }) => {
      const as = group === team ? "" : `, to the Team ${printable(team)}`;
      return `  ${paint.yellow("!")} group ${printable(group)}${as}: changes are not sent until it is activated`;
    });
}

/** `2 users (jose@example.com, mary@example.com)`, groups, and the steps behind them. */
function notBegunLines(result: SimulationResult): readonly string[] {
  const jobs = [...result.first.notBegun, ...result.steps.flatMap(({ summary }) => summary.notBegun)];
  return [
    ...subjectsOf("user", jobs),
    ...subjectsOf("group", jobs),
    ...named(result.notBegun, "step", "of the timeline"),
  ];
}

function subjectsOf(kind: "user" | "group", jobs: readonly PendingJob[]): readonly string[] {
  const names = jobs.filter(({ subject }) => subject.kind === kind).map(({ subject }) => subject.name);
  return named(names, kind);
}

function named(names: readonly string[], noun: string, of = ""): readonly string[] {
  if (names.length === 0) return [];
  return [`  ${plural(names.length, noun)}${of === "" ? "" : ` ${of}`} (${someNames(names, 5)})`];
}

function comparisonLines(
  result: SimulationResult,
  status: SimulationStatus,
  paint: ChalkInstance,
): readonly string[] {
  const { comparison, words } = result;
  if (comparison.kind === "not-compared") {
    return [`Astro was not compared with the directory: ${printable(comparison.reason)}`];
  }
  const { drift } = comparison;
  const { missingMembers } = words;
  return [
    ...sections(drift, paint),
    ...(missingMembers !== undefined && lacksMembers(drift) ? [missingMembers, ""] : []),
    status === "failed" ? comparisonBesideFailure(drift) : driftSummary(drift),
    ...(isDriftExpected(result) === true ? expectedLines(drift) : []),
  ];
}

function expectedLines({ changes }: Drift): readonly string[] {
  if (changes.length === 0) return [];
  return [`The fixture expects exactly ${changes.length === 1 ? "this difference" : "these differences"}.`];
}

function lacksMembers({ changes }: Drift): boolean {
  return changes.some((change) => change.kind === "team-members-differ" && change.missing.length > 0);
}

function counts(result: SimulationResult): string {
  const unmet = unmetOf(result).length;
  const steps = result.steps.length;
  const timeline = steps === 0 ? "" : `, ${plural(steps, "step")} of the timeline`;
  return `${plural(result.requests, "request")}${timeline}${unmet === 0 ? "" : `, ${plural(unmet, "expectation")} not met`}.`;
}

/** Between blank lines, for it stands behind a sentence. */
function observationSection(result: SimulationResult, paint: ChalkInstance): readonly string[] {
  const { observations, words } = result;
  const failing = new Set(harmIn(result));
  const lines = [...observationLines(observations, { paint, failing }), ...allowanceLines(failing)];
  const all = section(`What ${words.name} does not notice`, lines, paint);
  return all.length === 0 ? [] : ["", ...all];
}

/** How a fixture says that its server is like that. */
function allowanceLines(failing: ReadonlySet<Observation>): readonly string[] {
  if (failing.size === 0) return [];
  const codes = codesOf([...failing]).join(", ");
  return [
    `  What is marked with ✗ fails the rehearsal, unless the fixture has expect: { observations: [${codes}] }.`,
  ];
}

function section(title: string, lines: readonly string[], paint: ChalkInstance): readonly string[] {
  return lines.length === 0 ? [] : [paint.bold(title), ...lines, ""];
}
