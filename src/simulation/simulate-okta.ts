/**
 * A rehearsal with Okta: the credentials are tested, the directory is provisioned, the timeline is played, and
 * what Astro then holds is compared with what the directory says.
 */

import type { AstroState } from "../astro/state.ts";
import type { Directory } from "../directory/directory.ts";
import type { Drift } from "../drift/diff.ts";
import { AppError } from "../errors.ts";
import type { Fixture } from "../fixture/fixture.ts";
import type { SimulatedClock } from "../idp/clock.ts";
import type { Observation, RunSummary } from "../idp/events.ts";
import {
  runOkta,
  testOktaCredentials,
  type OktaRun,
  type OktaRunResult,
  type OktaWorld,
} from "../idp/okta/engine.ts";
import type { OktaMemory, Task } from "../idp/okta/memory.ts";
import { joinSummaries } from "../idp/run.ts";
import { playTimeline, type StepResult } from "../idp/timeline.ts";
import { credentialsError } from "./credentials-error.ts";

export interface SimulateOktaOptions {
  readonly fixture: Fixture;
  /** What Okta remembers of the target; empty for a first run. */
  readonly memory: OktaMemory;
  /** Retry the tasks of earlier runs first, as an administrator does under Dashboard > Tasks. */
  readonly retryTasks: boolean;
  readonly world: OktaWorld & { readonly clock: SimulatedClock };
  /** Reads what Astro holds, for the expectations of the timeline. */
  readonly readState: () => Promise<AstroState>;
  /** Compares Astro with the directory as it is at the end. */
  readonly compare: (directory: Directory) => Promise<Drift>;
  /** Told of each memory that is worth keeping: a crash then loses one step at most. */
  readonly keepMemory: (memory: OktaMemory) => Promise<void>;
}

/** Whether Astro holds what the directory says. */
export type Comparison =
  | { readonly kind: "compared"; readonly drift: Drift }
  /** It could not be read, or the run was interrupted. */
  | { readonly kind: "not-compared"; readonly reason: string };

export interface SimulationResult {
  readonly fixture: Fixture;
  readonly startedAt: Date;
  /** The run before the first step. */
  readonly first: RunSummary;
  readonly steps: readonly StepResult[];
  readonly notBegun: readonly string[];
  /** Tasks that nobody has resolved: jobs that failed. */
  readonly openTasks: readonly Task[];
  readonly requests: number;
  /** What Okta did not notice of the server, in the order in which it happened. */
  readonly observations: readonly Observation[];
  readonly interrupted: boolean;
  readonly comparison: Comparison;
}

/**
 * @throws AppError unauthorized, unreachable, not-scim, source-incomplete where the test of the credentials fails, as Okta then saves
 * no settings; invalid-file for a mapping that is wrong; nothing was provisioned in either case
 */
export async function simulateOkta(options: SimulateOktaOptions): Promise<SimulationResult> {
  const { fixture, world } = options;
  const startedAt = world.clock.now();
  const { failed, observations } = await testOktaCredentials(world);
  if (failed !== undefined) throw credentialsError(failed, options.memory.target);
  const timeline = await playTimeline({
    settings: fixture.app,
    start: fixture.start,
    steps: fixture.timeline,
    memory: options.memory,
    run: async (directory, occasion, memory) => {
      const result = await runOnce({ settings: fixture.app, directory, memory, occasion }, options);
      await options.keepMemory(result.memory);
      return result;
    },
    readState: options.readState,
    clock: world.clock,
    report: world.report,
  });
  await options.keepMemory(timeline.memory);
  const comparison: Comparison = timeline.interrupted
    ? { kind: "not-compared", reason: "the run was interrupted" }
    : await comparisonOf(options, timeline.directory);
  const summary = joinSummaries([timeline.first, ...timeline.steps.map((step) => step.summary)]);
  return {
    fixture,
    startedAt,
    first: timeline.first,
    steps: timeline.steps,
    notBegun: timeline.notBegun,
    openTasks: [...timeline.memory.tasks.values()],
    requests: summary.requests,
    observations: [...observations, ...summary.reports.flatMap((report) => report.observations)],
    // An interruption may also come while Astro is read back.
    interrupted: timeline.interrupted || (world.signal.aborted && comparison.kind === "not-compared"),
    comparison,
  };
}

/** At the start of a rehearsal the tasks of earlier ones are retried before anything else is looked at. */
async function runOnce(run: OktaRun, { retryTasks, world }: SimulateOktaOptions): Promise<OktaRunResult> {
  if (!retryTasks || run.occasion.kind !== "everything" || run.memory.tasks.size === 0) {
    return runOkta(run, world);
  }
  const retry = { kind: "action", action: { kind: "retry" }, before: run.directory } as const;
  const retried = await runOkta({ ...run, occasion: retry }, world);
  if (retried.summary.interrupted) return retried;
  const looked = await runOkta({ ...run, memory: retried.memory }, world);
  return { memory: looked.memory, summary: joinSummaries([retried.summary, looked.summary]) };
}

/** A server that was provisioned and cannot be read back is not a failed run: it is one that cannot tell. */
async function comparisonOf(options: SimulateOktaOptions, directory: Directory): Promise<Comparison> {
  try {
    return { kind: "compared", drift: await options.compare(directory) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: "not-compared", reason: error.message };
  }
}
