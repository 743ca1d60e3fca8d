/** What a rehearsal is held to at its end, beside its tasks and steps. */

import type { ExpectedDifference } from "../directory/difference.ts";
import type { Scenario } from "../directory/timeline.ts";
import type { Observation } from "../idp/run/events.ts";
import type { SimulationResult } from "./simulate.ts";

/** What the file expects to differ, or its last step: that is the end. Undefined where neither says anything: then nothing may. */
export function driftExpectedAtEnd({
  expect,
  timeline,
}: Pick<Scenario, "expect" | "timeline">): readonly ExpectedDifference[] | undefined {
  return expect?.drift ?? timeline.at(-1)?.expect?.drift;
}

/** Whether what differs at the end is exactly what should; undefined where the fixture says nothing of it, or nothing was compared. */
export function isDriftExpected({
  comparison,
  fixture,
  steps,
  unmet = [],
}: Pick<SimulationResult, "comparison" | "fixture" | "steps" | "unmet">): boolean | undefined {
  if (comparison.kind === "not-compared" || driftExpectedAtEnd(fixture) === undefined) return undefined;
  const atEnd = [...unmet, ...(fixture.expect?.drift === undefined ? (steps.at(-1)?.unmet ?? []) : [])];
  return !atEnd.some(({ kind }) => kind === "drift");
}

/** How many differences there are at the end that fail the rehearsal, where no expectation says so already. */
export function differencesAtEnd({
  comparison,
  fixture,
}: Pick<SimulationResult, "comparison" | "fixture">): number {
  if (comparison.kind === "not-compared" || driftExpectedAtEnd(fixture) !== undefined) return 0;
  return comparison.drift.changes.length;
}

/** What does harm in the whole rehearsal, and is not expected. */
export function harmIn({
  harmfulAtStart,
  steps,
}: Pick<SimulationResult, "harmfulAtStart" | "steps">): readonly Observation[] {
  return [...harmfulAtStart, ...steps.flatMap(({ harmful }) => harmful)];
}
