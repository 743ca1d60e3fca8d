/** What of a result fails a rehearsal at its end, beside its tasks and expectations: harm, and differences that nobody expects. */

import type { Observation } from "../idp/run/events.ts";
import { driftExpectedAtEnd } from "./expected-drift.ts";
import type { SimulationResult } from "./simulate.ts";

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
