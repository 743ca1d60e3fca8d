/** Okta's provisioning of the Astro app: one run, whatever it is for. */

import type { OktaAppSettings } from "../../directory/app-settings.ts";
import type { Directory } from "../../directory/directory.ts";
import type { OktaFidelity } from "../../fidelity/table.ts";
import type { Clock } from "../run/clock.ts";
import { converse, type ProviderTransport } from "../run/converse.ts";
import type { CredentialsTest } from "../credentials-test.ts";
import type { ProviderWorld } from "../provider-world.ts";
import type { RunSummary, SubjectKind } from "../run/events.ts";
import { observed } from "../run/observation.ts";
import type { Occasion } from "../run/occasion.ts";
import { joinSummaries, runJobs } from "../run/run.ts";
import { testCredentials } from "./requests/test-credentials.ts";
import { planGroupJob } from "./groups/group-jobs.ts";
import { importJobs } from "./imports/import-jobs.ts";
import { Ledger } from "./ledger.ts";
import { compileMapping } from "./mapping/mapping.ts";
import type { OktaMemory } from "./memory.ts";
import { oktaRetryRule } from "./requests/rate-limit.ts";
import { requestShapes } from "./requests/request-shapes.ts";
import type { RunContext } from "./run-context.ts";
import { scopeOf, type Scope } from "./mapping/scope.ts";
import { planUserJob } from "./users/user-jobs.ts";

/** What a run needs of the world. */
export interface OktaWorld extends Omit<ProviderWorld, "clock" | "randomGuid" | "random"> {
  readonly clock: Clock;
}

export interface OktaRun {
  readonly settings: OktaAppSettings;
  /** As it is now. */
  readonly directory: Directory;
  readonly memory: OktaMemory;
  readonly occasion: Occasion;
}

export interface OktaRunResult {
  readonly memory: OktaMemory;
  readonly summary: RunSummary;
}

/** Okta's placeholder passwords have about this many characters ("Okta and SCIM Version 2.0"). */
const passwordLength = 8;

/**
 * One run: whatever differs between the directory and Okta's memory becomes a job. A failed job becomes a task and
 * stops no other.
 * @throws AppError invalid-file for a mapping that is wrong; nothing was sent then
 */
export async function runOkta(run: OktaRun, world: OktaWorld): Promise<OktaRunResult> {
  const ledger = new Ledger(run.memory);
  const context = contextOf(run, world, ledger);
  const scope = scopeOf(run.occasion, run.directory, ledger);
  const { fidelity } = run.settings;
  const pipelines = {
    users: () => runUserJobs(context, scope, world),
    groups: () => runGroupJobs(context, scope, world),
  };
  const order =
    fidelity.firstPipeline === "users" ? (["users", "groups"] as const) : (["groups", "users"] as const);
  const summaries: RunSummary[] = [];
  for (const pipeline of order) summaries.push(await pipelines[pipeline]());
  summaries.push(await runJobs(importJobs(context, run.occasion), transportOf(world, "app", fidelity)));
  return { memory: ledger.toMemory(), summary: joinSummaries(summaries) };
}

function runUserJobs(context: RunContext, scope: Scope, world: OktaWorld): Promise<RunSummary> {
  const { fidelity } = context.settings;
  const jobs = scope.users.flatMap((user) => planUserJob(context, user, scope.retryUsers) ?? []);
  if (jobs.length > 0) world.report({ kind: "jobs-planned", subjects: "user", count: jobs.length });
  return runJobs(jobs, transportOf(world, "user", fidelity), fidelity.parallelUsers);
}

function runGroupJobs(context: RunContext, scope: Scope, world: OktaWorld): Promise<RunSummary> {
  const { fidelity } = context.settings;
  const jobs = scope.groups.flatMap((group) => planGroupJob(context, group, scope) ?? []);
  if (jobs.length > 0) world.report({ kind: "jobs-planned", subjects: "group", count: jobs.length });
  return runJobs(jobs, transportOf(world, "group", fidelity), fidelity.parallelGroups);
}

/** "Test Connector Configuration". */
export async function testOktaCredentials(
  settings: OktaAppSettings,
  world: OktaWorld,
): Promise<CredentialsTest> {
  world.report({ kind: "credentials-test-started" });
  const { transport, observations, end } = observed(transportOf(world, "user", settings.fidelity), undefined);
  const tested = await converse(testCredentials(settings), transport);
  end();
  const { requests } = tested;
  if (tested.kind === "interrupted") return { failed: undefined, observations, requests };
  world.report({ kind: "credentials-tested", failure: tested.result?.failure });
  return { failed: tested.result, observations, requests };
}

function contextOf({ settings, directory }: OktaRun, world: OktaWorld, ledger: Ledger): RunContext {
  return {
    settings,
    directory,
    ledger,
    shapes: requestShapes(settings),
    mapping: compileMapping(settings, directory, world.clock.now()),
    clock: world.clock,
    password: () => world.randomText(passwordLength),
  };
}

function transportOf(world: OktaWorld, kind: SubjectKind, fidelity: OktaFidelity): ProviderTransport {
  return { ...world, retry: oktaRetryRule(kind, fidelity) };
}
