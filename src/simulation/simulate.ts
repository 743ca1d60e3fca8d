/**
 * A rehearsal: the credentials are tested, the directory is provisioned, the timeline is played, and what Astro then
 * holds is compared with what the directory says.
 */

import type { AstroState } from "../astro/state.ts";
import type { Directory } from "../directory/directory.ts";
import type { ObservationCode } from "../directory/expectation.ts";
import type { Drift } from "../drift/compare/diff.ts";
import { AppError } from "../ground/errors.ts";
import type { Scenario } from "../directory/timeline.ts";
import type { SimulatedClock } from "../idp/run/clock.ts";
import { codeOf } from "../idp/observe/harm.ts";
import { observationsOf, type Observation, type Report, type RunSummary } from "../idp/run/events.ts";
import { providers } from "../idp/providers.ts";
import type { ProviderWords } from "../idp/provider-words.ts";
import type { OpenedService } from "../idp/provisioning-service.ts";
import type { RequestWatch } from "../idp/timeline/request-tally.ts";
import type { PushState } from "../idp/run/push-state.ts";
import { joinSummaries } from "../idp/run/run.ts";
import type { Task } from "../idp/run/task.ts";
import { playTimeline, type StepResult, type TimelineOptions } from "../idp/timeline/timeline.ts";
import type { UnmetExpectation } from "../idp/run/unmet-expectation.ts";
import { unexpectedHarm } from "../idp/timeline/check-observations.ts";
import type { TimelineProgress } from "../idp/timeline/timeline-progress.ts";
import { credentialsError } from "./credentials-error.ts";
import { differenceOf } from "./difference.ts";
import { unmetAtEnd } from "./unmet-at-end.ts";

export interface SimulateOptions {
  readonly fixture: Scenario;
  /** The SCIM base URL, as messages name it. */
  readonly target: string;
  readonly service: OpenedService;
  /** What earlier sessions have played of the timeline. */
  readonly progress: TimelineProgress;
  readonly clock: SimulatedClock;
  readonly signal: AbortSignal;
  readonly report: Report;
  /** Reads what Astro holds, for the expectations of the timeline. */
  readonly readState: () => Promise<AstroState>;
  /** Carries out what somebody does in Astro directly, past the provider. */
  readonly changeAstro: TimelineOptions["changeAstro"];
  /** The line on which the provider sends. */
  readonly requests: RequestWatch;
  /** Compares Astro with the directory as it is at the end. */
  readonly compare: (directory: Directory) => Promise<Drift>;
  /** Told when what the service remembers is worth keeping, with how far the timeline is: a crash then loses one step at most. */
  readonly keep: (progress: TimelineProgress) => Promise<void>;
}

/** Whether Astro holds what the directory says. */
export type Comparison =
  | { readonly kind: "compared"; readonly drift: Drift }
  /** It could not be read, or the run was interrupted. */
  | { readonly kind: "not-compared"; readonly reason: string };

export interface SimulationResult {
  readonly fixture: Scenario;
  /** What the provider calls things. */
  readonly words: ProviderWords;
  readonly startedAt: Date;
  /** The run before the first step. */
  readonly first: RunSummary;
  readonly steps: readonly StepResult[];
  readonly notBegun: readonly string[];
  /** Jobs that failed and are not resolved. */
  readonly openTasks: readonly Task[];
  /** Of a provider that pushes groups by mappings. */
  readonly pushStates?: readonly PushState[];
  /** The test of the credentials, before the first run. */
  readonly credentialsTest: { readonly requests: number };
  /** All that the provider sent: the test of the credentials, the first run and the steps, repetitions included. */
  readonly requests: number;
  /** What the provider did not notice of the server, in the order in which it happened. */
  readonly observations: readonly Observation[];
  readonly interrupted: boolean;
  readonly comparison: Comparison;
  /** What was observed before the first step that does harm, and is not expected; of a step it is with the step. */
  readonly harmfulAtStart: readonly Observation[];
  /** What the fixture expects of the whole, and is not so; undefined where it expects nothing, or the run was interrupted. */
  readonly unmet: readonly UnmetExpectation[] | undefined;
}

/**
 * @throws AppError unauthorized, unreachable, not-scim, source-incomplete where the test of the credentials fails, as the
 * provider then saves no settings; invalid-file for a mapping that is wrong; nothing was provisioned in either case
 */
export async function simulate(options: SimulateOptions): Promise<SimulationResult> {
  const { fixture, service, target, clock } = options;
  const { words } = providers[fixture.app.idp];
  const startedAt = clock.now();
  const tested = await service.testCredentials();
  if (tested.failed !== undefined) {
    throw credentialsError(tested.failed, { target, provider: words.name });
  }
  const observed = new Set<ObservationCode>(options.progress.observed ?? []);
  const note = (seen: readonly Observation[]): void => {
    for (const { deviation } of seen) observed.add(codeOf(deviation));
  };
  note(tested.observations);
  const keep = (progress: TimelineProgress): Promise<void> =>
    options.keep({ ...progress, observed: [...observed].toSorted() });
  const timeline = await playTimeline({
    settings: fixture.app,
    start: fixture.start,
    steps: fixture.timeline,
    expect: fixture.expect,
    progress: options.progress,
    service,
    readState: options.readState,
    changeAstro: options.changeAstro,
    differences: async (directory) => (await options.compare(directory)).changes.map(differenceOf),
    requests: options.requests,
    clock,
    report: options.report,
    keep: (progress, done) => {
      note(observationsOf(done));
      return keep(progress);
    },
  });
  await keep(timeline.progress);
  const comparison: Comparison = timeline.interrupted
    ? { kind: "not-compared", reason: "the run was interrupted" }
    : await comparisonOf(options, timeline.directory);
  const changes = comparison.kind === "compared" ? comparison.drift.changes : undefined;
  const summary = joinSummaries([timeline.first, ...timeline.steps.map((step) => step.summary)]);
  return {
    fixture,
    words,
    startedAt,
    first: timeline.first,
    steps: timeline.steps,
    notBegun: timeline.notBegun,
    openTasks: service.openTasks(),
    ...(service.pushStates === undefined ? {} : { pushStates: service.pushStates() }),
    credentialsTest: { requests: tested.requests },
    requests: tested.requests + summary.requests,
    observations: [...tested.observations, ...summary.reports.flatMap((one) => one.observations)],
    // An interruption may also come while Astro is read back.
    interrupted: timeline.interrupted || (options.signal.aborted && comparison.kind === "not-compared"),
    comparison,
    harmfulAtStart: unexpectedHarm(
      [...tested.observations, ...observationsOf(timeline.first)],
      fixture.expect?.observations,
    ),
    unmet: timeline.interrupted ? undefined : unmetAtEnd(fixture, { ...timeline, changes, observed }),
  };
}

/** A server that was provisioned and cannot be read back is not a failed run: it is one that cannot tell. */
async function comparisonOf({ compare }: SimulateOptions, directory: Directory): Promise<Comparison> {
  try {
    return { kind: "compared", drift: await compare(directory) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: "not-compared", reason: error.message };
  }
}
