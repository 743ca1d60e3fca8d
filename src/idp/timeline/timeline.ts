/** Plays a fixture's timeline: what happens in the directory, what the provider does about it, what Astro then holds. */

import { changesDirectory, isInAstro, type Action, type AstroAction } from "../../directory/action.ts";
import { applyAction } from "../../directory/apply-action.ts";
import type { Directory } from "../../directory/directory.ts";
import type { RehearsalExpectation } from "../../directory/expectation.ts";
import type { TimelineStep } from "../../directory/timeline.ts";
import type { SimulatedClock } from "../run/clock.ts";
import { beginCheck, unchecked, type CheckOptions, type Checked } from "./check-step.ts";
import { unexpectedHarm } from "./check-observations.ts";
import { observationsOf, type Observation, type Report, type RunSummary } from "../run/events.ts";
import type { ProvisioningService } from "../provisioning-service.ts";
import { joinSummaries } from "../run/run.ts";
import type { TimelineProgress } from "./timeline-progress.ts";

export interface TimelineOptions extends CheckOptions {
  /** The directory before the first step. */
  readonly start: Directory;
  readonly steps: readonly TimelineStep[];
  /** What the fixture expects of the whole rehearsal. */
  readonly expect?: RehearsalExpectation | undefined;
  /** What earlier sessions have played of it. */
  readonly progress: TimelineProgress;
  readonly service: ProvisioningService;
  readonly clock: SimulatedClock;
  readonly report: Report;
  /** Carries out what somebody does in Astro directly, past the provider. */
  readonly changeAstro: (action: AstroAction, directory: Directory) => Promise<void>;
  /** Told after each part of the service's work how far the timeline was before it, and what was done: a crash then loses one part. */
  readonly keep: (progress: TimelineProgress, done: RunSummary) => Promise<void>;
}

export interface StepResult extends Checked {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  readonly at: Date;
  readonly summary: RunSummary;
  /** What was observed that does harm, and is not expected. */
  readonly harmful: readonly Observation[];
}

export interface TimelineResult {
  readonly progress: TimelineProgress;
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
 * The provider looks at everything, as the directory is after what earlier sessions have played; then each further step
 * is played, one action at a time. An expectation that is not met, or cannot be checked, stops nothing.
 * @throws AppError whatever the service throws
 */
export async function playTimeline(options: TimelineOptions): Promise<TimelineResult> {
  const { steps, progress, service } = options;
  const { stepsDone } = progress;
  const doneActions = [
    ...steps.slice(0, stepsDone).flatMap(({ actions }) => actions),
    ...(steps[stepsDone]?.actions.slice(0, progress.actionsDone) ?? []),
  ];
  const directory = doneActions.filter(changesDirectory).reduce(applyAction, options.start);
  let moment: Moment = { directory, progress };
  const first = await kept(service.begin(directory), moment, options);
  let { interrupted } = first;
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
    first,
    steps: results,
    notBegun: steps.slice(stepsDone + results.length).map(({ name }) => name),
    interrupted,
  };
}

interface Moment {
  readonly directory: Directory;
  readonly progress: TimelineProgress;
}

interface NumberedStep {
  readonly number: number;
  readonly step: TimelineStep;
}

interface PlayedStep {
  readonly moment: Moment;
  readonly result: StepResult;
}

async function playStep(
  { number, step }: NumberedStep,
  start: Moment,
  options: TimelineOptions,
): Promise<PlayedStep> {
  const { clock, report, service } = options;
  const { name } = step;
  const check = await beginCheck(step.expect, start.directory, options);
  const waited = await kept(service.elapse(step.afterMs, start.directory), start, options);
  const at = clock.now();
  const harmIn = (run: RunSummary): readonly Observation[] =>
    unexpectedHarm(observationsOf(run), options.expect?.observations, step.expect?.observations);
  const broken = (moment: Moment, summary: RunSummary): PlayedStep => ({
    moment,
    result: { number, name, at, summary, harmful: harmIn(summary), ...unchecked },
  });
  if (waited.interrupted) return broken(start, waited);
  report({ kind: "step-started", number, name, at });
  const { moment, summary: acted } = await playActions(step.actions, start, options);
  const settled = acted.interrupted ? [] : [await kept(service.settle(moment.directory), moment, options)];
  const summary = joinSummaries([waited, acted, ...settled]);
  if (summary.interrupted) return broken(moment, summary);
  const checked = { ...(await check.end(summary, moment.directory)), harmful: harmIn(summary) };
  report({ kind: "step-finished", number, name, ...checked });
  const progress = { stepsDone: number, actionsDone: 0 };
  return { moment: { ...moment, progress }, result: { number, name, at, summary, ...checked } };
}

/** A part of the service's work, kept once it is done. */
async function kept(
  part: Promise<RunSummary>,
  { progress }: Moment,
  { keep }: TimelineOptions,
): Promise<RunSummary> {
  const summary = await part;
  await keep(progress, summary);
  return summary;
}

async function playActions(
  actions: readonly Action[],
  start: Moment,
  options: TimelineOptions,
): Promise<{ readonly moment: Moment; readonly summary: RunSummary }> {
  const { service, clock, report } = options;
  let moment = start;
  const summaries: RunSummary[] = [];
  for (const [index, action] of actions.entries()) {
    if (index < start.progress.actionsDone) continue;
    report({ kind: "action-started", action, at: clock.now() });
    const before = moment.directory;
    const directory = changesDirectory(action) ? applyAction(before, action) : before;
    const acted = isInAstro(action)
      ? options.changeAstro(action, directory).then(() => joinSummaries([]))
      : service.act(directory, { action, before });
    const summary = await kept(acted, moment, options);
    summaries.push(summary);
    if (summary.interrupted && !isSeenAfterwards(action)) break;
    moment = { directory, progress: { ...moment.progress, actionsDone: index + 1 } };
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
