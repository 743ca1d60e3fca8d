/** What `astro-scim trigger okta|entra EVENT` does: sends what one event causes, at any SCIM server. */

import { exitStatus, type ExitStatus } from "../../ground/exit-status.ts";
import { printable } from "../../ground/text/printable.ts";
import { providerOf, providers } from "../../idp/providers.ts";
import type { ProviderWords } from "../../idp/provider-words.ts";
import type { Fixture } from "../../fixture/fixture.ts";
import type { TriggerReport, TriggerStatus } from "../../report/trigger/report.ts";
import { SimulationNarrative } from "../../report/narrative/narrative.ts";
import { quarantineAtEnd } from "../../simulation/quarantine.ts";
import { harmIn } from "../../simulation/what-fails.ts";
import type { SimulationResult } from "../../simulation/simulate.ts";
import { labelInQuestion, memoryTarget } from "../../assembly/connect.ts";
import { openMemory } from "../../assembly/files/memory-file.ts";
import { rehearse } from "../../assembly/rehearse.ts";
import { refuseClashes } from "../../files/distinct-files.ts";
import { targetUrl } from "../../target/resolve-target.ts";
import { mustAskFirst, refuseInventedPeople, refuseReadOnly, throwFirst } from "../../target/safety.ts";
import type { Io } from "../../world/io.ts";
import { targetOf, withConnection, type Connected } from "../connected.ts";
import { filesOfTarget } from "../files/files-in-use.ts";
import { withFidelityFlags, type FidelityFlags } from "../flags/fidelity-flags.ts";
import type { OutputFlags, TargetFlags } from "../flags/options.ts";
import type { RequestFlags } from "../output/request-display.ts";
import { confirmOrDecline } from "../prompt.ts";
import { prepareCleanup, type CleanupFlags } from "../repair/clean-up.ts";
import { eventFixture } from "../trigger/event-fixture.ts";
import { eventSubjects, type EventFlags, type EventSubjects } from "../trigger/event-options.ts";
import { eventTables, type EventRow, type ProviderId } from "../trigger/events.ts";
import { profileBeforehand, refuseTakenTeams } from "../trigger/known-profile.ts";

export interface TriggerFlags extends TargetFlags, OutputFlags, EventFlags, FidelityFlags, CleanupFlags {
  readonly verbose?: boolean;
  readonly bodies?: boolean;
  readonly integration?: string;
  readonly allowRemote?: boolean;
  readonly yes?: boolean;
  /** In seconds. */
  readonly maxWait: number;
}

/** Resolves to the exit status. @throws AppError before anything is sent, or where the credentials are refused */
export async function trigger(
  io: Io,
  { idp, event }: { readonly idp: ProviderId; readonly event: string },
  given: TriggerFlags,
): Promise<number> {
  const flags: TriggerFlags & RequestFlags = { ...given, keepsRequests: true };
  const subjects = eventSubjects(idp, event, flags);
  const target = await targetOf(io, flags, "write");
  throwFirst([refuseInventedPeople(target, flags), refuseReadOnly(target)]);
  const trace = flags.trace === undefined ? [] : [{ use: "--trace", file: flags.trace }];
  await refuseClashes(io, { reads: await filesOfTarget(io, flags, target), writes: trace });
  const about = { idp, event, subjects, integration: flags.integration };
  // Refuses what the provider does not have before anything is contacted.
  const { app } = eventFixture({ ...about, profile: {} });
  const connections = providerOf(withFidelityFlags(app, flags)).parallelRequests;
  return withConnection(
    io,
    { flags, target, local: {}, connections, playsProvider: true },
    async (connected) => {
      if (mustAskFirst(target) && flags.yes !== true) {
        await confirmOrDecline(io, question(connected, about), connected);
      }
      const row: EventRow | undefined = Object.entries(eventTables[idp]).find(
        ([name]) => name === event,
      )?.[1];
      const teams = [subjects.group, row?.to === "group" ? subjects.to : undefined];
      await refuseTakenTeams(
        connected,
        idp,
        teams.filter((name) => name !== undefined),
      );
      const profile = await profileBeforehand(connected, idp, subjects.user);
      const fixture = eventFixture({ ...about, profile });
      return send(connected, { fixture: withFlags(connected, fixture, flags), event, subjects }, flags);
    },
  );
}

interface Triggered {
  readonly fixture: Fixture;
  readonly event: string;
  readonly subjects: EventSubjects;
}

async function send(
  connected: Connected,
  { fixture, event, subjects }: Triggered,
  flags: TriggerFlags,
): Promise<number> {
  const { io, connection, output, signal, settings, target } = connected;
  const { words } = providers[fixture.app.idp];
  const cleanup = await prepareCleanup(connected, flags);
  const { description } = providerOf(fixture.app);
  const what = `${words.name} (${description}) and the event ${event}, at ${connection.label}.`;
  output.say(`${printable(what)}\n`);
  const narrative = narrate(connected, words, flags);
  const result = await rehearse(io, {
    connection,
    send: cleanup.send,
    fixture,
    memory: await openMemory(io, { file: undefined, target: memoryTarget(connection), fixture }),
    retryTasks: false,
    report: (told) => {
      output.requests?.note(told);
      narrative.tell(told);
    },
    signal,
    protect: settings.protect,
    responsibleFor: settings.responsibleFor,
    maxWaitSeconds: flags.maxWait,
    compares: false,
  });
  narrative.end();
  const exchanges = (output.requests?.kept() ?? []).map(({ exchange, isOfStep }) => ({
    phase: isOfStep ? ("event" as const) : ("before" as const),
    exchange,
  }));
  const status = statusOf(result, exchanges);
  await output.result("trigger", {
    provider: fixture.app.idp,
    integration: fixture.app.integration,
    event,
    user: subjects.user,
    group: subjects.group,
    target: targetUrl(target),
    status,
    exchanges,
    jobs: [
      ...result.first.reports.map((report) => ({ phase: "before" as const, report })),
      ...result.steps.flatMap(({ summary }) =>
        summary.reports.map((report) => ({ phase: "event" as const, report })),
      ),
    ],
    openTasks: result.openTasks,
    quarantine: quarantineAtEnd(result),
    observations: result.observations,
    failing: harmIn(result),
    words,
  });
  await cleanup.finish();
  return exitStatuses[status];
}

const exitStatuses: Readonly<Record<TriggerStatus, ExitStatus>> = {
  sent: exitStatus.ok,
  "nothing-sent": exitStatus.ok,
  failed: exitStatus.failed,
  interrupted: exitStatus.interrupted,
};

/** Okta forgets the task of a user who is unassigned afterwards: a failure counts whether it is still open or not. */
function statusOf(result: SimulationResult, exchanges: TriggerReport["exchanges"]): TriggerStatus {
  const { first, steps, openTasks } = result;
  const summaries = [first, ...steps.map(({ summary }) => summary)];
  if (steps.length === 0 || summaries.some(({ interrupted }) => interrupted)) return "interrupted";
  const isFailed = summaries.some(
    ({ reports, cycles = [] }) =>
      reports.some(({ outcome }) => outcome.kind === "failed") ||
      cycles.some(({ stopped }) => stopped !== undefined),
  );
  if (isFailed || openTasks.length > 0 || quarantineAtEnd(result) !== undefined) return "failed";
  if (harmIn(result).length > 0) return "failed";
  return exchanges.some(({ phase }) => phase === "event") ? "sent" : "nothing-sent";
}

function question(
  { connection }: Connected,
  {
    idp,
    event,
    subjects,
  }: { readonly idp: ProviderId; readonly event: string; readonly subjects: EventSubjects },
): string {
  const { user, group } = subjects;
  const about = group === undefined ? user : `${user}, ${group}`;
  const provider = providers[idp].words.name;
  return printable(
    `Send what ${provider} sends for the event ${event} (${about}) to ${labelInQuestion(connection)}? It links or creates them first.`,
  );
}

function narrate(connected: Connected, words: ProviderWords, flags: TriggerFlags): SimulationNarrative {
  const { io, output } = connected;
  const isText = output.format === "text";
  const before = `Before the event: ${words.name} links what is there and creates what is missing`;
  const start = {
    at: io.clock.now(),
    timelinePlayed: false,
    requestsShown: true,
    words: { ...words, firstProvisioning: before },
  };
  return new SimulationNarrative(start, {
    paint: isText ? output.resultPaint : output.paint,
    writeLine: (line) => {
      if (flags.quiet !== true) (isText ? io.stdout : io.stderr).write(`${line}\n`);
    },
    showProgress: undefined,
    passMilestone: () => {},
    now: io.clock.now,
  });
}

/** As the flags and the target's URL have it. */
function withFlags({ target }: Connected, fixture: Fixture, flags: TriggerFlags): Fixture {
  const tenantUrl = target.kind === "remote" ? target.baseUrl : undefined;
  const app = providerOf(withFidelityFlags(fixture.app, flags)).overridden({ tenantUrl });
  return { ...fixture, app };
}
