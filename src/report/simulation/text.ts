/** How a rehearsal ended, for people: whether it went well, what did not, what differs, and a summary. */

import type { Observation, PendingJob } from "../../idp/run/events.ts";
import type { UnmetExpectation } from "../../idp/run/unmet-expectation.ts";
import { differencesAtEnd, harmIn, isDriftExpected } from "../../simulation/what-fails.ts";
import { quarantineAtEnd } from "../../simulation/quarantine.ts";
import type { SimulationResult } from "../../simulation/simulate.ts";
import type { SimulationStatus } from "../../simulation/status.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import { comparisonBesideFailure, driftSummary } from "../drift/summary.ts";
import { notProvisionedLines } from "../drift/not-provisioned-text.ts";
import { sections } from "../drift/sections.ts";
import { whatToDo } from "../layout/advice.ts";
import { countedRows } from "../layout/counted.ts";
import { hanging, unbroken } from "../layout/hanging.ts";
import { paintedSign, rowLines } from "../layout/rows.ts";
import { section } from "../layout/section.ts";
import { whyMembersNotShown } from "../drift/not-compared.ts";
import { someNames } from "../../ground/text/some-names.ts";
import { codesOf, observationLines } from "../narrative/observation-lines.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { taskLines } from "../narrative/task-lines.ts";
import { nextLines } from "../next-step.ts";
import type { Style } from "../style.ts";
import type { SimulationReport } from "./report.ts";
import { unmetBlock } from "../expectations/unmet-block.ts";
import { unmetSides } from "../expectations/unmet-sides.ts";
import { simulationAdvice } from "./what-to-do.ts";

/** Stands behind the narrative, or alone without one; ends with a newline. */
export function simulationText(report: SimulationReport, style: Style): string {
  const { result, status, next } = report;
  const { words } = result;
  const lines = [
    ...verdictLines(result, status, style),
    "",
    ...section("Expectations not met", unmetLines(result, style), style),
    ...section(words.openTasks, taskLines(result.openTasks, words.name, style), style),
    ...section("Provisioning at the end", quarantineLines(result, style), style),
    ...section("Push Groups that are deactivated", pausedLines(result, style), style),
    ...section("Not started", notBegunLines(result, style), style),
    ...comparisonSections(result, style),
    ...observationSection(result, style),
    ...whatToDo(simulationAdvice(report), style),
    ...comparisonLines(result, status, style),
    counts(result),
    ...nextLines(next, style),
  ];
  return `${lines.join("\n")}\n`;
}

/** Red is only what failed; the words say so, too. */
function verdictLines(result: SimulationResult, status: SimulationStatus, style: Style): readonly string[] {
  const { paint } = style;
  const verdict = paint.bold(simulationVerdict(result, status));
  return hanging("", status === "failed" ? paint.red(verdict) : verdict, style);
}

function quarantineLines(result: SimulationResult, style: Style): readonly string[] {
  const why = quarantineAtEnd(result);
  return why === undefined ? [] : hanging(`  ${paintedSign("!", style)} `, printable(why), style);
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
  if (comparison.kind !== "compared" || comparison.drift.status !== "unknown") {
    return "Astro could not be read back";
  }
  const { cannotTell, iam } = comparison.drift;
  if (cannotTell.length > 0) return whyMembersNotShown;
  return iam.kind === "unreadable" ? "the IAM API could not be read" : "SCIM and the IAM API disagree";
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
    ...hanging(`  ${paintedSign("✗", style)} `, `${step}: ${unmetSides(unmet).about}`, style),
    ...unmetBlock(unmet, style),
  ]);
}

/** Those in error are among the tasks that failed. */
function pausedLines({ pushStates = [] }: SimulationResult, style: Style): readonly string[] {
  const rows = countedRows(
    pushStates.filter(({ status }) => status === "INACTIVE"),
    {
      sign: "!",
      noun: "group",
      nameOf: ({ group, team }) => `group ${group}${group === team ? "" : `, to the Team ${team}`}`,
      textOf: () => "changes are not sent until it is activated",
    },
    style,
  );
  return rowLines(rows, style);
}

/** `2 users (jose@example.com, mary@example.com)`, groups, and the steps behind them. */
function notBegunLines(result: SimulationResult, style: Style): readonly string[] {
  const jobs = [...result.first.notBegun, ...result.steps.flatMap(({ summary }) => summary.notBegun)];
  return [
    ...subjectsOf("user", jobs),
    ...subjectsOf("group", jobs),
    ...named(result.notBegun, "step", "of the timeline"),
  ].flatMap((text) => hanging("  ", text, style));
}

function subjectsOf(kind: "user" | "group", jobs: readonly PendingJob[]): readonly string[] {
  const names = jobs.filter(({ subject }) => subject.kind === kind).map(({ subject }) => subject.name);
  return named(names, kind);
}

function named(names: readonly string[], noun: string, of = ""): readonly string[] {
  if (names.length === 0) return [];
  return [`${plural(names.length, noun)}${of === "" ? "" : ` ${of}`} (${someNames(names, 5)})`];
}

/** What differs between Astro and the directory, and is listed. */
function comparisonSections({ comparison, words }: SimulationResult, style: Style): readonly string[] {
  if (comparison.kind === "not-compared") return [];
  const { drift } = comparison;
  const { missingMembers } = words;
  return [
    ...sections(drift, words.findings, style),
    ...(missingMembers !== undefined && lacksMembers(drift)
      ? [...hanging("", missingMembers, style), ""]
      : []),
  ];
}

/** The comparison in a sentence. */
function comparisonLines(
  result: SimulationResult,
  status: SimulationStatus,
  style: Style,
): readonly string[] {
  const { comparison } = result;
  if (comparison.kind === "not-compared") {
    return hanging("", `Astro was not compared with the directory: ${printable(comparison.reason)}`, style);
  }
  const { drift } = comparison;
  return [
    ...hanging("", status === "failed" ? comparisonBesideFailure(drift) : driftSummary(drift), style),
    ...notProvisionedLines(drift, style),
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

function observationSection(result: SimulationResult, style: Style): readonly string[] {
  const { observations, words } = result;
  const failing = new Set(harmIn(result));
  const lines = [...observationLines(observations, { ...style, failing }), ...allowanceLines(failing, style)];
  return section(`What ${words.name} does not notice`, lines, style);
}

/** How a fixture says that its server is like that. */
function allowanceLines(failing: ReadonlySet<Observation>, style: Style): readonly string[] {
  if (failing.size === 0) return [];
  const codes = codesOf([...failing]).join(", ");
  const text = `What is marked with ✗ fails the rehearsal, unless the fixture has ${unbroken(`expect: { observations: [${codes}] }`)}.`;
  return hanging("  ", text, style);
}
