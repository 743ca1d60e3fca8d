/** Okta's provisioning of the Astro app: one run, whatever it is for. */

import type { OktaAppSettings } from "../../directory/app-settings.ts";
import type { Directory } from "../../directory/directory.ts";
import type { Send } from "../../wire/exchange.ts";
import type { Clock } from "../clock.ts";
import { converse, type Line } from "../converse.ts";
import type { CredentialsTest } from "../credentials-test.ts";
import type { Report, RunSummary } from "../events.ts";
import { observed } from "../observation.ts";
import type { Occasion } from "../occasion.ts";
import { joinSummaries, runJobs } from "../run.ts";
import { testCredentials } from "./test-credentials.ts";
import { planGroupJob } from "./group-jobs.ts";
import { Ledger } from "./ledger.ts";
import { compileMapping } from "./mapping.ts";
import type { OktaMemory } from "./memory.ts";
import { oktaRetryRule } from "./rate-limit.ts";
import { requestShapes } from "./request-shapes.ts";
import type { RunContext } from "./run-context.ts";
import { scopeOf } from "./scope.ts";
import { planUserJob } from "./user-jobs.ts";

/** What a run needs of the world. */
export interface OktaWorld {
  /** Adds the credentials; does not repeat anything, since Okta has its own rules for that. */
  readonly send: Send;
  readonly clock: Clock;
  /** Stops the run between two requests. */
  readonly signal: AbortSignal;
  readonly report: Report;
  /** That many random characters. */
  readonly randomText: (length: number) => string;
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
 * One run: whatever differs between the directory and Okta's memory becomes a job, users first, then groups, one
 * after another. A failed job becomes a task and stops no other.
 * @throws AppError invalid-file for a mapping that is wrong; nothing was sent then
 */
export async function runOkta(run: OktaRun, world: OktaWorld): Promise<OktaRunResult> {
  const ledger = new Ledger(run.memory);
  const context = contextOf(run, world, ledger);
  const scope = scopeOf(run.occasion, run.directory, ledger);
  const line = lineOf(world);
  const userJobs = scope.users.flatMap((user) => planUserJob(context, user, scope.retryUsers) ?? []);
  if (userJobs.length > 0) world.report({ kind: "jobs-planned", subjects: "user", count: userJobs.length });
  const users = await runJobs(userJobs, line);
  const groupJobs = scope.groups.flatMap((group) => planGroupJob(context, group, scope.groupOccasion) ?? []);
  if (groupJobs.length > 0)
    world.report({ kind: "jobs-planned", subjects: "group", count: groupJobs.length });
  const groups = await runJobs(groupJobs, line);
  return { memory: ledger.toMemory(), summary: joinSummaries([users, groups]) };
}

/** "Test Connector Configuration". */
export async function testOktaCredentials(world: OktaWorld): Promise<CredentialsTest> {
  world.report({ kind: "credentials-test-started" });
  const { line, observations } = observed(lineOf(world), undefined);
  const tested = await converse(testCredentials(), line);
  if (tested.kind === "interrupted") return { failed: undefined, observations };
  world.report({ kind: "credentials-tested", failure: tested.result?.failure });
  return { failed: tested.result, observations };
}

function contextOf({ settings, directory }: OktaRun, world: OktaWorld, ledger: Ledger): RunContext {
  return {
    settings,
    directory,
    ledger,
    shapes: requestShapes[settings.integration],
    mapping: compileMapping(settings, directory),
    clock: world.clock,
    password: () => world.randomText(passwordLength),
  };
}

function lineOf({ send, clock, signal, report }: OktaWorld): Line {
  return { send, clock, signal, report, retry: oktaRetryRule };
}
