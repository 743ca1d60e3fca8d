/**
 * One cycle of Entra's provisioning service: probe, users, groups, memberships, managers, hard deletions; then escrow,
 * quarantine and watermark (Microsoft: How provisioning works). A cycle that finds nothing new sends the probes alone.
 */

import { appRoleIn } from "../../../directory/app-role.ts";
import type { Directory } from "../../../directory/directory.ts";
import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import { converse, type ProviderTransport } from "../../run/converse.ts";
import type { RunSummary, SubjectKind } from "../../run/events.ts";
import { joinSummaries, runJobs, type Job } from "../../run/run.ts";
import type { CycleContext } from "./cycle-context.ts";
import { isPurged, planUserDeletion } from "../jobs/deletion-jobs.ts";
import { isGroupDelete, planGroupJob, planVanishedGroupJob } from "../jobs/group-jobs.ts";
import { Ledger } from "../ledger.ts";
import { planManagerJob } from "../jobs/manager-jobs.ts";
import { compileGroupMapping, compileUserMapping } from "../mapping/mapping.ts";
import { planMemberJobs } from "../jobs/member-jobs.ts";
import type { EntraMemory, EntraRunResult } from "../memory.ts";
import { probe } from "../requests/probes.ts";
import { isTooManyDeletes } from "./quarantine.ts";
import { closeCycle, stopCycle } from "./cycle-end.ts";
import { startOf, type CycleRun } from "./cycle-start.ts";
import { requestShapes, type RunMode } from "../requests/request-shapes.ts";
import { rateLimitRule } from "../requests/rate-limit.ts";
import { scopeOf } from "../mapping/scope.ts";
import { isDisable, planUserJob, userCase } from "../jobs/user-jobs.ts";
import type { EntraWorld } from "../world.ts";

/**
 * Runs one cycle. A failed object goes into escrow and stops no other.
 * @throws AppError invalid-file for a mapping or a scoping filter that is wrong; nothing was sent then
 */
export async function runCycle(run: CycleRun, world: EntraWorld): Promise<EntraRunResult> {
  const start = startOf(run, world);
  const ledger = new Ledger(run.memory);
  dropOrphans(ledger, run.directory);
  const settings = { ...run.settings, scope: start.scope };
  const { directory } = run;
  const context = contextOf({ settings, directory }, world, { ledger, isInitial: start.cycle === "initial" });
  world.report({ kind: "cycle-started", number: start.number, cycle: start.cycle, at: start.at });
  const transport = transportOf(settings, world);
  const probed = await converse(probe({ ...context, settings, randomGuid: world.randomGuid }), transport);
  if (probed.kind === "interrupted") {
    return { memory: run.memory, summary: { ...nothing, requests: probed.requests, interrupted: true } };
  }
  if (probed.result !== undefined)
    return stopCycle(start, run, { failed: probed.result, requests: probed.requests, world });
  const staging = stagingOf(context, run.memory);
  const summary = await runPhases(
    { ...context, deletions: staging === undefined ? "export" : "stage" },
    transport,
    world,
  );
  const all = { ...summary, requests: summary.requests + probed.requests };
  return closeCycle(start, run, { ledger, staged: staging, summary: all, world });
}

/** How a cycle sends: what fails is not repeated, except a 429 where this Entra waits. */
export function transportOf(
  { fidelity }: Pick<EntraAppSettings, "fidelity">,
  world: EntraWorld,
): ProviderTransport {
  const { send, clock, signal, report, maxWaitSeconds } = world;
  return {
    send,
    clock,
    signal,
    report,
    retry: rateLimitRule(fidelity),
    ...(maxWaitSeconds === undefined ? {} : { maxWaitSeconds }),
  };
}

const nothing: RunSummary = { reports: [], notBegun: [], requests: 0, interrupted: false };

/** What failed about objects that are nowhere any more. */
function dropOrphans(ledger: Ledger, directory: Directory): void {
  const ids = new Set(
    [...directory.users.values(), ...directory.groups.values()].map(({ objectId }) => objectId),
  );
  for (const key of ledger.escrows.keys()) {
    const [id = key] = key.split("#");
    if (!ids.has(id) && !ledger.users.has(id) && !ledger.groups.has(id)) ledger.releaseFromEscrow(key);
  }
}

/** What the jobs of a cycle or of a run on demand go by. */
export function contextOf(
  { settings, directory }: Omit<CycleRun, "memory">,
  world: EntraWorld,
  {
    ledger,
    isInitial,
    mode = "cycle",
  }: {
    readonly ledger: Ledger;
    readonly isInitial: boolean;
    readonly mode?: RunMode;
  },
): CycleContext {
  const mappings = { users: compileUserMapping(settings, directory), groups: compileGroupMapping(settings) };
  return {
    settings,
    directory,
    ledger,
    clock: world.clock,
    mode,
    shapes: requestShapes(settings, mode),
    mappings,
    scope: scopeOf(directory, settings, mappings),
    world: {
      appRole: (value) => appRoleIn(settings.appRoles, value),
      now: () => world.clock.now(),
      random: world.random,
      defaultDomain: settings.defaultDomain,
    },
    usersById: new Map([...directory.users.values()].map((user) => [user.objectId, user])),
    touchedGroups: new Set(),
    isInitial,
    deletions: "export",
  };
}

/** How many disables and deletes are kept back; undefined where they may be sent. */
function stagingOf(context: CycleContext, { deletesAllowed }: EntraMemory): number | undefined {
  const { settings, ledger } = context;
  if (deletesAllowed) return undefined;
  const disables = [...context.directory.users.values()].filter((user) =>
    isDisable(context, userCase(context, user)),
  );
  const purges = [...ledger.users].filter(
    ([id, link]) => link.managed && settings.users.actions.delete && isPurged(context, id, link),
  );
  const groups = [...ledger.groups.keys()].filter((id) => isGroupDelete(context, id));
  const count = disables.length + purges.length + groups.length;
  return isTooManyDeletes(count, settings.accidentalDeletionThreshold, settings.fidelity) ? count : undefined;
}

interface Phase {
  readonly subjects: SubjectKind;
  readonly plan: () => readonly Job[];
  /** How many of its jobs go on at the same time, if not as many as of the others. */
  readonly parallel?: number;
}

/** Users and groups first, then what refers to both (Microsoft: How provisioning works); hard deletions end it. */
async function runPhases(
  context: CycleContext,
  transport: ProviderTransport,
  world: EntraWorld,
): Promise<RunSummary> {
  const { directory, ledger, settings } = context;
  const users = settings.users.enabled ? [...directory.users.values()] : [];
  const groups = settings.groups.enabled ? [...directory.groups.values()] : [];
  const groupIds = new Set(groups.map(({ objectId }) => objectId));
  const vanished = settings.groups.enabled ? [...ledger.groups].filter(([id]) => !groupIds.has(id)) : [];
  const { entraParallelRequests, entraParallelMembers } = settings.fidelity;
  const phases: readonly Phase[] = [
    { subjects: "user", plan: () => users.flatMap((user) => planUserJob(context, user) ?? []) },
    {
      subjects: "group",
      plan: () => [
        ...groups.flatMap((group) => planGroupJob(context, group) ?? []),
        ...vanished.flatMap(([id, link]) => planVanishedGroupJob(context, id, link) ?? []),
      ],
    },
    {
      subjects: "group",
      plan: () => groups.flatMap((group) => planMemberJobs(context, group)),
      parallel: Math.max(entraParallelRequests, entraParallelMembers),
    },
    { subjects: "user", plan: () => users.flatMap((user) => planManagerJob(context, user) ?? []) },
    {
      subjects: "user",
      plan: () =>
        settings.users.enabled
          ? [...ledger.users].flatMap(([id, link]) => planUserDeletion(context, id, link) ?? [])
          : [],
    },
  ];
  const summaries: RunSummary[] = [];
  for (const { subjects, plan, parallel = entraParallelRequests } of phases) {
    const jobs = plan();
    if (jobs.length > 0) world.report({ kind: "jobs-planned", subjects, count: jobs.length });
    summaries.push(await runJobs(jobs, transport, parallel));
  }
  return joinSummaries(summaries);
}
