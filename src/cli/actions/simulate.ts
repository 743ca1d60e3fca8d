/** What `astro-scim simulate okta|entra` does. */

import { companyOfDirectory } from "../../assembly/sources/company-of-directory.ts";
import { documentedOktaSettings, type AppSettings } from "../../directory/app-settings.ts";
import { documentedEntraSettings } from "../../directory/entra-app-settings.ts";
import type { ProviderLinks } from "../../directory/source.ts";
import { directoryAt } from "../../directory/timeline.ts";
import { AppError } from "../../ground/errors.ts";
import { providerOf, providers } from "../../idp/providers.ts";
import type { Fixture } from "../../fixture/fixture.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { SimulationNarrative, type NarrativeStart } from "../../report/narrative/narrative.ts";
import { nestedGroupsSentence } from "../../report/review/warning-text.ts";
import { hanging } from "../../report/layout/hanging.ts";
import { notProvisionedAtStart } from "../../review/not-provisioned.ts";
import { nestedGroupFindings } from "../../review/nested-groups.ts";
import { settingsWarnings } from "../../review/settings-warnings.ts";
import { exitStatusOfSimulation } from "../../simulation/exit-status.ts";
import { simulationStatus } from "../../simulation/status.ts";
import { prepareCleanup, type CleanupFlags } from "../repair/clean-up.ts";
import { caseTimes } from "../../assembly/case-times.ts";
import { withFidelityFlags, type FidelityFlags } from "../flags/fidelity-flags.ts";
import type { Io } from "../../world/io.ts";
import { openMemory } from "../../assembly/files/memory-file.ts";
import { afterRehearsal, commandFor, sameRehearsal } from "../next/next-steps.ts";
import type { SourceFlags } from "../flags/directory-options.ts";
import type { TargetFlags, OutputFlags } from "../flags/options.ts";
import { showsChosenRequests, type RequestFlags } from "../output/request-display.ts";
import { canAnimate } from "../output/wants-colour.ts";
import { printerOf } from "../output/print-result.ts";
import { streamStyle } from "../output/stream-style.ts";
import { labelInQuestion } from "../../assembly/connect.ts";
import { confirmOrDecline } from "../prompt.ts";
import { memoryTarget } from "../../assembly/connect.ts";
import { requireLocalFor } from "../../assembly/change-astro.ts";
import { rehearse } from "../../assembly/rehearse.ts";
import { withSession, type RehearsedSession, type Session, type SessionOptions } from "../session.ts";
import { directoryOnce } from "../source/named-directory.ts";
import { targetUrl } from "../../target/resolve-target.ts";
import { mustAskFirst, refuseInventedPeople, refuseReadOnly } from "../../target/safety.ts";

export interface SimulateFlags
  extends TargetFlags, OutputFlags, RequestFlags, FidelityFlags, SourceFlags, CleanupFlags {
  readonly verbose?: boolean;
  readonly state?: string;
  readonly integration?: AppSettings["integration"];
  readonly retry?: boolean;
  readonly allowRemote?: boolean;
  readonly yes?: boolean;
  /** In seconds. */
  readonly maxWait: number;
}

/** Rehearses and reports; resolves to the exit status. */
export async function simulate(
  io: Io,
  idp: AppSettings["idp"],
  { source, flags }: { readonly source: string | undefined; readonly flags: SimulateFlags },
): Promise<number> {
  const options: SessionOptions = {
    flags,
    keepsState: true,
    playsProvider: true,
    directory: directoryOnce(source, flags.from),
    directoryBy: "either",
    defaultFixture: `${idp}-company.yaml`,
    idp,
    intent: "write",
    connectionsFor: (app = documentedSettings[idp]) =>
      providerOf(withFidelityFlags(app, flags)).parallelRequests,
    refusals: (target) => [
      refuseInventedPeople(target, flags),
      refuseReadOnly(target),
      target.kind === "in-process" ? stateNeedsTarget(flags) : undefined,
      stateOrCleanup(flags),
      retryNeedsState(flags),
      requestsOrQuiet(flags),
    ],
  };
  return withSession(io, options, async (opened) => {
    const session = { ...opened, fixture: await companyOf(opened) };
    refuseOtherProvider(session, idp, flags);
    requireLocalFor(session.fixture, session.connection);
    requireStep(session.fixture, flags);
    if (mustAskFirst(session.target) && flags.yes !== true) {
      await confirmOrDecline(
        io,
        printable(
          `Provision the users of ${session.fixture.file} to ${labelInQuestion(session.connection)}?`,
        ),
        session,
      );
    }
    return run(session, flags);
  });
}

/** A fixture as it is; any other directory is read now, and has no timeline. */
async function companyOf({ fixture, source, signal, output }: Session): Promise<Fixture> {
  if (fixture !== undefined) return fixture;
  const provided = await source.read(undefined, signal);
  output.progress.stop();
  return companyOfDirectory(provided, source.name);
}

const documentedSettings: Readonly<Record<AppSettings["idp"], AppSettings>> = {
  okta: documentedOktaSettings,
  entra: documentedEntraSettings,
};

async function run(opened: RehearsedSession, flags: SimulateFlags): Promise<number> {
  const session = { ...opened, fixture: withFlags(opened, flags) };
  const { connection, fixture, output } = session;
  const target = memoryTarget(connection);
  const memory = await openMemory(session.io, { file: flags.state, target, fixture });
  output.requests?.remember(linkedNames(memory.provider.links(), fixture));
  const cleanup = await prepareCleanup(session, flags);
  const played = memory.progress.stepsDone;
  const narrative = narrate(session, flags, {
    timelinePlayed: played > 0 && played >= fixture.timeline.length,
    words: providers[fixture.app.idp].words,
    // What the fixture says at the start is provisioned only where no earlier run has gone on from there.
    notProvisioned:
      played > 0 || memory.progress.actionsDone > 0 ? undefined : () => notProvisionedAtStart(fixture),
  });
  announce(session, fixture);
  const times = caseTimes(session.io.clock.now);
  const printEvent = await printerOf(session.io, output.format, "simulation-event");
  const result = await rehearse(session.io, {
    connection,
    send: cleanup.send,
    fixture,
    memory,
    retryTasks: flags.retry === true,
    report: (event) => {
      times.note(event);
      output.requests?.note(event);
      narrative.tell(event);
      printEvent(event);
    },
    signal: session.signal,
    protect: session.settings.protect,
    responsibleFor: session.settings.responsibleFor,
    maxWaitSeconds: flags.maxWait,
  });
  narrative.end();
  const remark = showsChosenRequests(flags) ? output.requests?.remark() : undefined;
  if (remark !== undefined) output.say(remark);
  const status = simulationStatus(result);
  await output.result("simulation", {
    result,
    status,
    target: targetUrl(session.target),
    timesMs: times.read(),
    again: session.target.kind === "remote" ? undefined : sameRehearsal(fixture, flags),
    commandFor: commandFor(session, flags),
    next: afterRehearsal({ status, result }, session, flags),
  });
  await cleanup.finish(result.comparison.kind === "compared" ? result.comparison.drift : undefined);
  return exitStatusOfSimulation[status];
}

/** On standard output where the result is text: it is part of it. */
function narrate(
  { io, output }: RehearsedSession,
  flags: SimulateFlags,
  about: Pick<NarrativeStart, "timelinePlayed" | "words" | "notProvisioned">,
): SimulationNarrative {
  const isText = output.format === "text";
  const stream = isText ? io.stdout : io.stderr;
  const start = { ...about, at: io.clock.now(), requestsShown: output.requests !== undefined };
  return new SimulationNarrative(start, {
    paint: isText ? output.resultPaint : output.paint,
    writeLine: (line) => {
      if (flags.quiet === true) return;
      output.progress.interrupt(() => stream.write(`${line}\n`));
    },
    columns: () => streamStyle(io, stream, flags).columns,
    all: flags.verbose === true,
    showProgress: output.progress.isShown ? (text) => output.progress.update(text) : undefined,
    passMilestone: (text) => {
      if (!canAnimate(io, io.stderr)) output.say(`  ${text}`);
    },
    now: io.clock.now,
  });
}

function announce({ io, connection, output }: RehearsedSession, { app, file, start }: Fixture): void {
  const style = streamStyle(io, io.stderr, {});
  const { description, accountRules } = providerOf(app);
  const say = (text: string): void => {
    for (const line of hanging("", text, style)) output.say(line);
    output.say("");
  };
  say(
    `${providers[app.idp].words.name} (${description}) provisions ${printable(file)}, ` +
      `${plural(start.users.size, "user")} and ${plural(start.groups.size, "group")}, into ${printable(connection.label)}.`,
  );
  const nested = nestedGroupFindings(start, accountRules(start)).map(nestedGroupsSentence);
  const warnings = [...settingsWarnings(app, start), ...nested];
  for (const warning of warnings) say(`Warning: ${printable(warning)}`);
}

/** The fixture as the flags and the target's URL have it. */
function withFlags({ fixture, target }: RehearsedSession, flags: SimulateFlags): Fixture {
  const { integration } = flags;
  const tenantUrl = target.kind === "remote" ? target.baseUrl : undefined;
  const app = providerOf(withFidelityFlags(fixture.app, flags)).overridden({ integration, tenantUrl });
  return { ...fixture, app };
}

/** @throws AppError usage */
function refuseOtherProvider(
  { fixture, directory }: RehearsedSession,
  idp: AppSettings["idp"],
  flags: SimulateFlags,
): void {
  const { app, file } = fixture;
  if (app.idp === idp) return;
  const noun = directory.kind === "fixture" ? "fixture" : "directory";
  throw new AppError("usage", `${file} is an ${providers[app.idp].words.name} ${noun}.`, {
    hint: `Run ${sameRehearsal(fixture, flags)}`,
  });
}

function stateNeedsTarget({ state }: SimulateFlags): AppError | undefined {
  if (state === undefined) return undefined;
  return new AppError("usage", "--state needs --url, --org or --profile.", {
    hint: "Without a target, the local Astro ends with the command, so there is nothing to keep for the next run.",
  });
}

function stateOrCleanup({ state, cleanup }: SimulateFlags): AppError | undefined {
  if (state === undefined || cleanup !== true) return undefined;
  return new AppError("usage", "--cleanup and --state cannot be used together.", {
    hint: "Remove one of them: the state file would refer to accounts and Teams that --cleanup deletes.",
  });
}

function retryNeedsState({ retry, state }: SimulateFlags): AppError | undefined {
  if (retry !== true || state !== undefined) return undefined;
  return new AppError("usage", "--retry needs --state.", {
    hint: "The failed tasks of earlier runs are in the state file; without it there is nothing to retry.",
  });
}

/** Who is linked to which id, by the names of the directory. */
function linkedNames(
  { accounts, teams }: ProviderLinks,
  { start }: Fixture,
): readonly { readonly name: string; readonly id: string }[] {
  const users = accounts.map(({ userName, scimId }) => ({ name: userName, id: scimId }));
  const groups = [...start.groups.values()].flatMap(({ name, objectId }) => {
    const id = teams.get(objectId);
    return id === undefined ? [] : [{ name, id }];
  });
  return [...users, ...groups];
}

/** @throws AppError usage, for a step that there is not */
function requireStep(fixture: Fixture, { step }: RequestFlags): void {
  if (step === undefined) return;
  if (step === "end") {
    throw new AppError("usage", "--step end shows nothing: the timeline is over then.", {
      hint: "Use start, or a step's name or number.",
    });
  }
  directoryAt(fixture, step);
}

export function requestsOrQuiet(flags: RequestFlags & Pick<OutputFlags, "quiet">): AppError | undefined {
  if (flags.quiet !== true || !showsChosenRequests(flags)) return undefined;
  return new AppError("usage", "--quiet cannot be used with --bodies, --only and --step.", {
    hint: "Remove --quiet, or use --trace FILE to keep the requests in a file.",
  });
}
