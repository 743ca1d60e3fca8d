/** "Provision on demand": one user, or one group with up to five of its members (Microsoft: On-demand provisioning). */

import type { ConsoleAction } from "../../../directory/action.ts";
import type { DirectoryGroup, DirectoryUser } from "../../../directory/directory.ts";
import type { Conversation } from "../../../wire/conversation.ts";
import { converse } from "../../run/converse.ts";
import type { JobKind, JobOutcome, Subject } from "../../run/events.ts";
import { joinSummaries, runJobs, type Job } from "../../run/run.ts";
import { contextOf, transportOf } from "../cycle/cycle.ts";
import { silent, type CycleContext } from "../cycle/cycle-context.ts";
import type { CycleRun } from "../cycle/cycle-start.ts";
import { planGroupJob } from "./group-jobs.ts";
import { Ledger } from "../ledger.ts";
import { planMemberJobs } from "./member-jobs.ts";
import type { EntraRunResult } from "../memory.ts";
import { probe } from "../requests/probes.ts";
import { standingReasons } from "../mapping/scope.ts";
import { isOutOfScope } from "./disabling.ts";
import { planUserJob, userCase } from "./user-jobs.ts";
import type { EntraWorld } from "../world.ts";

type OnDemand = Extract<ConsoleAction, { kind: "provision-user-on-demand" | "provision-group-on-demand" }>;

/** Microsoft: On-demand provisioning, known limitations. */
const mostMembers = 5;

/**
 * Tests the connection, then imports, scopes, matches and acts, with the legacy requests whatever the flag says. Who is
 * blocked or deleted in Entra is not found here; who is no longer assigned is disabled.
 * @throws AppError invalid-file for a mapping that is wrong; nothing was sent then
 */
export async function provisionOnDemand(
  run: CycleRun,
  action: OnDemand,
  world: EntraWorld,
): Promise<EntraRunResult> {
  const { settings, directory, memory } = run;
  const ledger = new Ledger(memory);
  const context = contextOf(run, world, { ledger, isInitial: true, mode: "on-demand" });
  const transport = transportOf(settings, world);
  const { randomGuid } = world;
  const tested = await converse(
    probe({ ...context, settings, randomGuid }, settings.fidelity.entraOnDemandProbes),
    transport,
  );
  const probes = {
    ...joinSummaries([]),
    requests: tested.requests,
    interrupted: tested.kind === "interrupted",
  };
  if (tested.kind === "interrupted") return { memory, summary: probes };
  const plans =
    action.kind === "provision-user-on-demand"
      ? userPlans(context, directory.users.get(action.user))
      : groupPlans(context, directory.groups.get(action.group), action.users);
  const failure = tested.result?.failure;
  const summaries = [probes];
  for (const { subject, what, plan } of plans) {
    const jobs = failure === undefined ? plan() : [failing(subject, what, { kind: "failed", failure })];
    summaries.push(await runJobs(jobs, transport));
    if (failure !== undefined) break;
  }
  return { memory: ledger.toMemory(), summary: joinSummaries(summaries) };
}

interface Plan {
  readonly subject: Subject;
  readonly what: JobKind;
  /** Made when its turn comes, so that it sees what earlier jobs left. */
  readonly plan: () => readonly Job[];
}

function userPlans(context: CycleContext, user: DirectoryUser | undefined): readonly Plan[] {
  if (user === undefined) return [];
  const subject: Subject = { kind: "user", objectId: user.objectId, key: user.key, name: user.key };
  const what = "provision-user";
  const { standing } = userCase(context, user);
  const plan = (): readonly Job[] => {
    if (standing !== "in-scope" && !isOutOfScope(standing)) {
      return [
        silent(
          subject,
          what,
          `skipped: ${standingReasons[standing]}, so provisioning on demand does not find it`,
        ),
      ];
    }
    const job = planUserJob(context, user);
    return [job ?? silent(subject, what, `skipped: ${standingReasons[standing]}`)];
  };
  return [{ subject, what, plan }];
}

/** Inferred: chosen members who are not provisioned yet are provisioned first. */
function groupPlans(
  context: CycleContext,
  group: DirectoryGroup | undefined,
  chosen: readonly string[],
): readonly Plan[] {
  if (group === undefined) return [];
  const subject: Subject = { kind: "group", objectId: group.objectId, key: group.key, name: group.name };
  const what = "provision-group";
  if (chosen.length > mostMembers) {
    const why = `skipped: ${chosen.length} members are chosen, and provisioning on demand takes ${mostMembers} at most`;
    return [{ subject, what, plan: () => [silent(subject, what, why)] }];
  }
  const members = new Set(chosen.filter((key) => group.members.has(key)));
  const unlinked = [...members].flatMap((key) => {
    const user = context.directory.users.get(key);
    return user === undefined || context.ledger.users.has(user.objectId) ? [] : [user];
  });
  return [
    ...unlinked.flatMap((user) => userPlans(context, user)),
    { subject, what, plan: () => [groupJob(context, group, subject)] },
    { subject, what: "update-members", plan: () => memberJobs(context, group, members) },
  ];
}

/** Inferred: a group that has left the scope is for the next cycle to delete. */
function groupJob(context: CycleContext, group: DirectoryGroup, subject: Subject): Job {
  const standing = context.scope.group(group);
  const job = standing === "in-scope" ? planGroupJob(context, group) : undefined;
  return job ?? silent(subject, "provision-group", `skipped: ${standingReasons[standing]}`);
}

/** The chosen members are added; the rest of the group stays for the next cycle. */
function memberJobs(
  context: CycleContext,
  group: DirectoryGroup,
  members: ReadonlySet<string>,
): readonly Job[] {
  const link = context.ledger.groups.get(group.objectId);
  if (link === undefined) return [];
  const sentKeys = [...link.sent].flatMap((id) => context.usersById.get(id)?.key ?? []);
  return planMemberJobs(
    { ...context, isInitial: false },
    { ...group, members: new Set([...members, ...sentKeys]) },
  );
}

function failing(subject: Subject, what: JobKind, outcome: JobOutcome): Job {
  // oxlint-disable-next-line require-yield -- the connection test has said it all
  function* begin(): Conversation<JobOutcome> {
    return outcome;
  }
  return { subject, what, begin };
}
