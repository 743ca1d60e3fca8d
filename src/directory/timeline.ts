/** A directory over time: its start, the steps after it, and the directory at any moment between. */

import type { StatedResponsibility } from "../astro/responsibility.ts";
import { AppError, oneLine } from "../ground/errors.ts";
import { changesDirectory, type Action } from "./action.ts";
import type { AppSettings } from "./app-settings.ts";
import { applyAction } from "./apply-action.ts";
import type { Directory } from "./directory.ts";
import type { Expectation, RehearsalExpectation } from "./expectation.ts";

/** What a rehearsal plays. */
export interface Scenario {
  /** The file's name as the user gave it. */
  readonly file: string;
  readonly app: AppSettings;
  /** The directory before the first step of the timeline. */
  readonly start: Directory;
  readonly timeline: readonly TimelineStep[];
  /** What is expected of the whole. */
  readonly expect?: RehearsalExpectation;
  /** userNames and Team names that no repair touches. */
  readonly protect: readonly string[];
  /** Which accounts and Teams the directory is responsible for; everything unless it is stated. */
  readonly responsibleFor?: readonly StatedResponsibility[];
}

export interface TimelineStep {
  readonly name: string;
  /** Simulated time since the step before (since the first provisioning, for the first step). */
  readonly afterMs: number;
  readonly actions: readonly Action[];
  readonly expect: Expectation | undefined;
}

/**
 * The directory at a moment: `start`, `end`, or after a step, which is named or numbered from 1.
 * @throws AppError usage where there is no such step
 */
export function directoryAt(
  { start, timeline }: Pick<Scenario, "start" | "timeline">,
  at: string | number,
): Directory {
  return timeline
    .slice(0, stepCount(timeline, String(at)))
    .flatMap((step) => step.actions)
    .filter(changesDirectory)
    .reduce(applyAction, start);
}

/**
 * The directory at the start and after each step up to that moment.
 * @throws AppError as `directoryAt`
 */
export function directoriesUntil(
  { start, timeline }: Pick<Scenario, "start" | "timeline">,
  at: string | number,
): readonly Directory[] {
  const directories = [start];
  let directory = start;
  for (const { actions } of timeline.slice(0, stepCount(timeline, String(at)))) {
    directory = actions.filter(changesDirectory).reduce(applyAction, directory);
    directories.push(directory);
  }
  return directories;
}

/** How many steps of the timeline lie before that moment. */
function stepCount(timeline: readonly TimelineStep[], at: string): number {
  if (at === "start") return 0;
  if (at === "end") return timeline.length;
  const index = timeline.findIndex(({ name }, position) => name === at || String(position + 1) === at);
  if (index !== -1) return index + 1;
  throw new AppError("usage", `The timeline has no step "${oneLine(at)}".`, {
    hint: stepsHint(timeline),
    isList: true,
  });
}

function stepsHint(timeline: readonly TimelineStep[]): string {
  if (timeline.length === 0) return "The fixture has no timeline: leave the step out, or use start or end.";
  const steps = timeline.map(({ name }, position) => `\n  ${position + 1}  ${oneLine(name)}`);
  return `Use start, end, or a step's name or number:${steps.join("")}`;
}
