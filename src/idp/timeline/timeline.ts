/** Plays a fixture's timeline: what happens in the directory, what the provider does about it, what Astro then holds. */

import { changesDirectory, type Action } from "../../directory/action.ts";
import { applyAction } from "../../directory/apply-action.ts";
import type { Directory } from "../../directory/directory.ts";
import type { TimelineStep } from "../../directory/timeline.ts";
import type { SimulatedClock } from "../run/clock.ts";
import { beginCheck, unchecked, type CheckOptions, type Checked } from "./check-step.ts";
import type { Report, RunSummary } from "../run/events.ts";
import type { ProvisioningService } from "../provisioning-service.ts";
import { joinSummaries } from "../run/run.ts";
import type { TimelineProgress } from "./timeline-progress.ts";

export interface TimelineOptions<Memory extends TimelineProgress> extends CheckOptions {
  /** The directory before the first step. */
  readonly start: Directory;
  readonly steps: readonly TimelineStep[];
  /** What the provider remembers, the steps that it has seen included. */
  readonly memory: Memory;
  readonly service: ProvisioningService<Memory>;
  readonly clock: SimulatedClock;
  readonly report: Report;
}

export interface StepResult extends Checked {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  readonly at: Date;
  readonly summary: RunSummary;
}

export interface TimelineResult<Memory> {
  readonly memory: Memory;
  /** As it is after the last action that was done. */
  readonly directory: Directory;
  /** The run before the first step of this session. */
  readonly first: RunSummary;
  readonly steps: readonly StepResult[];
  /** Steps that were not begun, by name. */
  readonly notBegun: readonly string[];
  readonly interrupted: boolean;
}

/**
 * The provider looks at everything, as the directory is after the steps that it remembers; then each further step
 * is played, one action at a time. An expectation that is not met, or cannot be checked, stops nothing.
 * @throws AppError whatever the service throws
 */
export async function playTimeline<Memory extends TimelineProgress>(
  options: TimelineOptions<Memory>,
): Promise<TimelineResult<Memory>> {
  const { steps, memory } = options;
  const { stepsDone } = memory;
  const doneActions = [
    ...steps.slice(0, stepsDone).flatMap(({ actions }) => actions),
    ...(steps[stepsDone]?.actions.slice(0, memory.actionsDone) ?? []),
  ];
  const directory = doneActions.filter(changesDirectory).reduce(applyAction, options.start);
  const first = await options.service.begin(directory, memory);
  let moment: Moment<Memory> = { directory, memory: first.memory };
  let { interrupted } = first.summary;
  const results: StepResult[] = [];
  for (const [index, step] of steps.entries()) {
    if (interrupted) break;
    if (index < stepsDone) continue;
    const played = await playStep({ number: index + 1, step }, moment, options);
    ({ moment } = played);
    results.push(played.result);
    ({ interrupted } = played.result.summary);
  }
  return {
    ...moment,
    first: first.summary,
    steps: results,
    notBegun: steps.slice(stepsDone + results.length).map(({ name }) => name),
    interrupted,
  };
}

interface Moment<Memory> {
  readonly directory: Directory;
  readonly memory: Memory;
}

interface NumberedStep {
  readonly number: number;
  readonly step: TimelineStep;
}

async function playStep<Memory extends TimelineProgress>(
  { number, step }: NumberedStep,
  start: Moment<Memory>,
  options: TimelineOptions<Memory>,
): Promise<{ readonly moment: Moment<Memory>; readonly result: StepResult }> {
  const { clock, report } = options;
  const { name } = step;
  const check = await beginCheck(step.expect, start.directory, options);
  const waited = await passTime(step.afterMs, start, options);
  const at = clock.now();
  if (waited.summary.interrupted) {
    return { moment: waited.moment, result: { number, name, at, summary: waited.summary, ...unchecked } };
  }
  report({ kind: "step-started", number, name, at });
  const acted = await playActions(step.actions, waited.moment, options);
  const settled = acted.summary.interrupted ? acted : await settle(acted, options);
  const summary = joinSummaries([waited.summary, settled.summary]);
  const { moment } = settled;
  if (summary.interrupted) return { moment, result: { number, name, at, summary, ...unchecked } };
  const memory = { ...moment.memory, stepsDone: number, actionsDone: 0 };
  const checked = await check.end(summary, moment.directory);
  report({ kind: "step-finished", number, name, ...checked });
  return { moment: { ...moment, memory }, result: { number, name, at, summary, ...checked } };
}

/** Where a part of a step has led to, and what the provider did for it. */
interface Passage<Memory> {
  readonly moment: Moment<Memory>;
  readonly summary: RunSummary;
}

async function passTime<Memory extends TimelineProgress>(
  ms: number,
  { directory, memory }: Moment<Memory>,
  { service }: TimelineOptions<Memory>,
): Promise<Passage<Memory>> {
  const elapsed = await service.elapse(ms, directory, memory);
  return { moment: { directory, memory: elapsed.memory }, summary: elapsed.summary };
}

async function settle<Memory extends TimelineProgress>(
  { moment, summary }: Passage<Memory>,
  { service }: TimelineOptions<Memory>,
): Promise<Passage<Memory>> {
  const settled = await service.settle(moment.directory, moment.memory);
  return {
    moment: { directory: moment.directory, memory: settled.memory },
    summary: joinSummaries([summary, settled.summary]),
  };
}

async function playActions<Memory extends TimelineProgress>(
  actions: readonly Action[],
  start: Moment<Memory>,
  { service, clock, report }: TimelineOptions<Memory>,
): Promise<Passage<Memory>> {
  let moment = start;
  const summaries: RunSummary[] = [];
  for (const [index, action] of actions.entries()) {
    if (index < start.memory.actionsDone) continue;
    report({ kind: "action-started", action, at: clock.now() });
    const before = moment.directory;
    const directory = changesDirectory(action) ? applyAction(before, action) : before;
    const { memory, summary } = await service.act(directory, { action, before }, moment.memory);
    summaries.push(summary);
    if (summary.interrupted && !isSeenAfterwards(action)) {
      return { moment: { directory: before, memory }, summary: joinSummaries(summaries) };
    }
    moment = { directory, memory: { ...memory, actionsDone: index + 1 } };
    if (summary.interrupted) break;
  }
  return { moment, summary: joinSummaries(summaries) };
}

/**
 * Whether a later run that looks at everything finds what an interrupted action left undone. What the console
 * was asked for, and whether a Team goes with its group, is in no directory: such an action is played again.
 */
function isSeenAfterwards(action: Action): boolean {
  return changesDirectory(action) && action.kind !== "unpush-group";
}
