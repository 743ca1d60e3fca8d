/**
 * A rehearsal: the credentials are tested, the directory is provisioned, the timeline is played, and what Astro then
 * holds is compared with what the directory says.
 */

import type { AstroState } from "../astro/state.ts";
import type { Directory } from "../directory/directory.ts";
import type { Drift } from "../drift/compare/diff.ts";
import { AppError } from "../ground/errors.ts";
import type { Scenario } from "../directory/timeline.ts";
import type { SimulatedClock } from "../idp/run/clock.ts";
import type { CredentialsTest } from "../idp/credentials-test.ts";
import type { Observation, Report, RunSummary } from "../idp/run/events.ts";
import type { ProvisioningService, ServiceRun } from "../idp/provisioning-service.ts";
import type { RequestWatch } from "../idp/run/request-tally.ts";
import type { PushState } from "../idp/run/push-state.ts";
import { joinSummaries } from "../idp/run/run.ts";
import type { Task } from "../idp/run/task.ts";
import { playTimeline, type StepResult } from "../idp/timeline/timeline.ts";
import type { TimelineProgress } from "../idp/timeline/timeline-progress.ts";
import { credentialsError } from "./credentials-error.ts";

/** What a provider remembers, whichever provider it is. */
export interface ProviderMemory extends TimelineProgress {
  /** Which target the links are of. */
  readonly target: string;
}

/** A provider as a rehearsal needs it. */
export interface RehearsedProvider<Memory extends ProviderMemory> {
  /** As messages call it. */
  readonly name: string;
  readonly service: ProvisioningService<Memory>;
  readonly testCredentials: () => Promise<CredentialsTest>;
  /** What failed and waits. */
  readonly openTasks: (memory: Memory) => readonly Task[];
  /** Of a provider that pushes groups by mappings. */
  readonly pushStates?: (memory: Memory) => readonly PushState[];
}

export interface SimulateOptions<Memory extends ProviderMemory> {
  readonly fixture: Scenario;
  readonly provider: RehearsedProvider<Memory>;
  /** What the provider remembers of the target; empty for a first run. */
  readonly memory: Memory;
  readonly clock: SimulatedClock;
  readonly signal: AbortSignal;
  readonly report: Report;
  /** Reads what Astro holds, for the expectations of the timeline. */
  readonly readState: () => Promise<AstroState>;
  /** The line on which the provider sends. */
  readonly requests: RequestWatch;
  /** Compares Astro with the directory as it is at the end. */
  readonly compare: (directory: Directory) => Promise<Drift>;
  /** Told of each memory that is worth keeping: a crash then loses one step at most. */
  readonly keepMemory: (memory: Memory) => Promise<void>;
}

/** Whether Astro holds what the directory says. */
export type Comparison =
  | { readonly kind: "compared"; readonly drift: Drift }
  /** It could not be read, or the run was interrupted. */
  | { readonly kind: "not-compared"; readonly reason: string };

export interface SimulationResult {
  readonly fixture: Scenario;
  readonly startedAt: Date;
  /** The run before the first step. */
  readonly first: RunSummary;
  readonly steps: readonly StepResult[];
  readonly notBegun: readonly string[];
  /** Jobs that failed and that nobody has resolved. */
  readonly openTasks: readonly Task[];
  /** Of a provider that pushes groups by mappings. */
  readonly pushStates?: readonly PushState[];
  readonly requests: number;
  /** What the provider did not notice of the server, in the order in which it happened. */
  readonly observations: readonly Observation[];
  readonly interrupted: boolean;
  readonly comparison: Comparison;
}

/**
 * @throws AppError unauthorized, unreachable, not-scim, source-incomplete where the test of the credentials fails, as the
 * provider then saves no settings; invalid-file for a mapping that is wrong; nothing was provisioned in either case
 */
export async function simulate<Memory extends ProviderMemory>(
  options: SimulateOptions<Memory>,
): Promise<SimulationResult> {
  const { fixture, provider, clock, report } = options;
  const startedAt = clock.now();
  const { failed, observations } = await provider.testCredentials();
  if (failed !== undefined) {
    throw credentialsError(failed, { target: options.memory.target, provider: provider.name });
  }
  const timeline = await playTimeline({
    settings: fixture.app,
    start: fixture.start,
    steps: fixture.timeline,
    memory: options.memory,
    service: keeping(provider.service, options.keepMemory),
    readState: options.readState,
    requests: options.requests,
    clock,
    report,
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
    openTasks: provider.openTasks(timeline.memory),
    ...(provider.pushStates === undefined ? {} : { pushStates: provider.pushStates(timeline.memory) }),
    requests: summary.requests,
    observations: [...observations, ...summary.reports.flatMap((one) => one.observations)],
    // An interruption may also come while Astro is read back.
    interrupted: timeline.interrupted || (options.signal.aborted && comparison.kind === "not-compared"),
    comparison,
  };
}

/** The service, with its memory kept after whatever it did. */
function keeping<Memory>(
  service: ProvisioningService<Memory>,
  keep: (memory: Memory) => Promise<void>,
): ProvisioningService<Memory> {
  const kept =
    <Given extends readonly unknown[]>(part: (...given: Given) => Promise<ServiceRun<Memory>>) =>
    async (...given: Given): Promise<ServiceRun<Memory>> => {
      const done = await part(...given);
      await keep(done.memory);
      return done;
    };
  return {
    begin: kept(service.begin),
    elapse: kept(service.elapse),
    act: kept(service.act),
    settle: kept(service.settle),
  };
}

/** A server that was provisioned and cannot be read back is not a failed run: it is one that cannot tell. */
async function comparisonOf<Memory extends ProviderMemory>(
  options: SimulateOptions<Memory>,
  directory: Directory,
): Promise<Comparison> {
  try {
    return { kind: "compared", drift: await options.compare(directory) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: "not-compared", reason: error.message };
  }
}
