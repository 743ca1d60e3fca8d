/** How a rehearsal ended, for people: what differs, what failed, and a summary. */

import type { ChalkInstance } from "chalk";
import type { SimulationResult } from "../simulation/simulate-okta.ts";
import { driftSummary, sections } from "./drift-text.ts";
import { plural } from "./plural.ts";
import { printable } from "./printable.ts";
import { taskLines } from "./task-lines.ts";

/** The end of the narrative; ends with a newline. */
export function simulationText(result: SimulationResult, paint: ChalkInstance): string {
  return `${["", ...ending(result, paint), ...comparisonLines(result, paint), counts(result)].join("\n")}\n`;
}

function ending(result: SimulationResult, paint: ChalkInstance): readonly string[] {
  const unfinished = [...result.first.notBegun, ...result.steps.flatMap(({ summary }) => summary.notBegun)];
  return [
    ...(result.openTasks.length === 0
      ? []
      : [
          paint.bold("Tasks that failed (Dashboard > Tasks; they wait for 'Retry Selected')"),
          ...taskLines(result.openTasks, paint),
          "",
        ]),
    ...(result.interrupted
      ? [
          paint.bold("Interrupted"),
          `  not begun: ${plural(unfinished.length, "job")}, ${plural(result.notBegun.length, "step")} of the timeline`,
          "",
        ]
      : []),
  ];
}

function comparisonLines({ comparison }: SimulationResult, paint: ChalkInstance): readonly string[] {
  if (comparison.kind === "not-compared") {
    return [`Astro was not compared with the directory: ${printable(comparison.reason)}`];
  }
  return [...sections(comparison.drift, paint), driftSummary(comparison.drift)];
}

function counts(result: SimulationResult): string {
  const failed = countFailedExpectations(result);
  const steps = result.steps.length;
  const timeline = steps === 0 ? "" : `, ${plural(steps, "step")} of the timeline`;
  const unmet = failed === 0 ? "" : `, ${plural(failed, "expectation")} not met`;
  return `${plural(result.requests, "request")}${timeline}${unmet}.`;
}

/** Expectations of the timeline that were not met. */
export function countFailedExpectations({ steps }: SimulationResult): number {
  return steps.reduce((sum, { unmet }) => sum + (unmet?.length ?? 0), 0);
}
