/** What `astro-scim simulate okta|entra` does. */

import { oktaIntegrations, type AppSettings, type OktaIntegration } from "../../directory/app-settings.ts";
import type { EntraIntegration } from "../../directory/entra-app-settings.ts";
import { carriesEntraFlag, entraFlag } from "../../astro/address.ts";
import { AppError } from "../../ground/errors.ts";
import { providerWords } from "../../report/provider-words.ts";
import { accountRules } from "../../idp/accounts/accounts.ts";
import type { Fixture } from "../../fixture/fixture.ts";
import type { JsonObject } from "../../ground/json.ts";
import { plural } from "../../ground/plural.ts";
import { printable } from "../../ground/printable.ts";
import { simulationEvent } from "../../report/simulation/events.ts";
import { simulationJson } from "../../report/simulation/json.ts";
import { SimulationNarrative, type NarrativeStart } from "../../report/narrative/narrative.ts";
import { simulationCases } from "../../report/simulation/cases.ts";
import { simulationJunit } from "../../report/simulation/junit.ts";
import { simulationMarkdown } from "../../report/simulation/markdown.ts";
import { simulationText, simulationVerdict } from "../../report/simulation/text.ts";
import type { ProviderMemory } from "../../simulation/simulate.ts";
import { nestedGroupWarnings } from "../../review/nested-groups.ts";
import { settingsWarnings } from "../../review/settings-warnings.ts";
import { simulationStatus, type SimulationStatus } from "../../simulation/status.ts";
import { prepareCleanup } from "../repair/clean-up.ts";
import { caseTimes } from "../../assembly/rehearsal/case-times.ts";
import { exitStatus } from "../exit-status.ts";
import { withFidelityFlags, type FidelityFlags } from "../flags/fidelity-flags.ts";
import type { Io } from "../../world/io.ts";
import { openMemory } from "../../assembly/files/memory-file.ts";
import { quoted, targetArguments } from "../output/next-line.ts";
import { outputFormat, type TargetFlags, type OutputFlags } from "../flags/options.ts";
import { plainPaint } from "../output/paint.ts";
import { labelInQuestion } from "../../assembly/connect.ts";
import { confirmOrDecline } from "../prompt.ts";
import { withProviderKit, type ProviderKit } from "../../assembly/rehearsal/provider-kit.ts";
import { memoryTarget } from "../../assembly/connect.ts";
import { rehearse } from "../../assembly/rehearsal/rehearse.ts";
import { withSession, type Session, type SessionOptions } from "../session.ts";
import { mustAskFirst, refuseInventedPeople, refuseReadOnly } from "../../target/safety.ts";

export interface SimulateFlags extends TargetFlags, OutputFlags, FidelityFlags {
  readonly state?: string;
  readonly integration?: OktaIntegration | EntraIntegration;
  readonly retry?: boolean;
  readonly allowRemote?: boolean;
  readonly yes?: boolean;
  readonly cleanup?: boolean;
  /** In seconds. */
  readonly maxWait: number;
}

/** Rehearses and reports; resolves to the exit status. */
export async function simulate(
  io: Io,
  idp: AppSettings["idp"],
  { fixtureFile, flags }: { readonly fixtureFile: string | undefined; readonly flags: SimulateFlags },
): Promise<number> {
  const options: SessionOptions = {
    flags,
    keepsState: true,
    fixtureFile,
    defaultFixture: `${idp}-company.yaml`,
    intent: "write",
    connectionsFor: ({ app }) => parallelJobs(withFidelityFlags(app, flags)),
    refusals: (target) => [
      refuseInventedPeople(target, flags),
      refuseReadOnly(target),
      target.kind === "in-process" ? stateNeedsTarget(flags) : undefined,
      stateOrCleanup(flags),
      retryNeedsState(flags),
    ],
  };
  return withSession(io, options, async (session) => {
    refuseOtherProvider(session.fixture, idp);
    if (mustAskFirst(session.target) && flags.yes !== true) {
      await confirmOrDecline(
        io,
        printable(
          `Provision ${labelInQuestion(session.connection)} with the people of ${session.fixture.file}?`,
        ),
        session.signal,
      );
    }
    return run(session, flags);
  });
}

async function run(session: Session, flags: SimulateFlags): Promise<number> {
  const fixture = withFlags(session.fixture, session, flags);
  return withProviderKit(fixture.app, { retryTasks: flags.retry === true }, (kit) =>
    play({ ...session, fixture }, flags, kit),
  );
}

async function play<Memory extends ProviderMemory>(
  session: Session,
  flags: SimulateFlags,
  { form, provider }: ProviderKit<Memory>,
): Promise<number> {
  const { connection, fixture, output } = session;
  const memoryFile = await openMemory(session.io, {
    form,
    file: flags.state,
    target: memoryTarget(connection),
    fixture,
  });
  const cleanup = await prepareCleanup(session, flags.cleanup === true);
  const played = memoryFile.memory.stepsDone;
  const narrative = narrate(session, flags, {
    timelinePlayed: played > 0 && played >= fixture.timeline.length,
    words: providerWords(fixture.app.idp),
  });
  announce(session, fixture);
  const times = caseTimes(session.io.clock.now);
  const result = await rehearse(session.io, {
    connection,
    send: cleanup.send,
    fixture,
    provider,
    memory: memoryFile.memory,
    keepMemory: memoryFile.keep,
    report: (event) => {
      times.note(event);
      narrative.tell(event);
      if (outputFormat(flags) === "ndjson") writeEvent(session.io, simulationEvent(event));
    },
    signal: session.signal,
    protect: session.settings.protect,
    maxWaitSeconds: flags.maxWait,
  });
  narrative.end();
  const context = { status: simulationStatus(result), target: targetUrl(session) };
  const hide = session.io.secrets.without;
  const cases = () => simulationCases(result, plainPaint(), hide);
  const block = { paint: output.resultPaint, columns: session.io.stdout.columns, hide };
  output.result(
    () => `${simulationText(result, context.status, block)}${nextLine(context.status, session, flags)}\n`,
    () => simulationJson(result, context),
    {
      ndjson: () => lineOf({ event: "result", ...simulationJson(result, context) }),
      junit: () => simulationJunit(result, { ...context, cases: cases(), timesMs: times.read() }),
      markdown: () =>
        simulationMarkdown(result, { verdict: simulationVerdict(result, context.status), cases: cases() }),
    },
  );
  await cleanup.finish(result.comparison.kind === "compared" ? result.comparison.drift : undefined);
  return exitStatuses[context.status];
}

/** As it happens: what is told stands even where the run is cut off. */
function writeEvent({ stdout }: Io, event: JsonObject | undefined): void {
  if (event !== undefined) stdout.write(lineOf(event));
}

function lineOf(value: JsonObject): string {
  return `${JSON.stringify(value)}\n`;
}

/** On standard output where the result is text: it is part of it. */
function narrate(
  { io, output }: Session,
  flags: SimulateFlags,
  about: Pick<NarrativeStart, "timelinePlayed" | "words">,
): SimulationNarrative {
  const isText = outputFormat(flags) === "text";
  const start = { ...about, at: io.clock.now(), requestsShown: flags.verbose === true };
  return new SimulationNarrative(start, {
    paint: isText ? output.resultPaint : output.paint,
    writeLine: (line) => {
      if (flags.quiet === true) return;
      output.progress.interrupt(() => (isText ? io.stdout : io.stderr).write(`${line}\n`));
    },
    showProgress: output.progress.isShown ? (text) => output.progress.update(text) : undefined,
    passMilestone: (text) => {
      if (!io.stderr.isTTY) output.say(`  ${text}`);
    },
    now: io.clock.now,
  });
}

function announce({ connection, output }: Session, { app, file, start }: Fixture): void {
  const { name } = providerWords(app.idp);
  output.say(
    `${name} (${setUpOf(app)}) provisions ${printable(file)}, ` +
      `${plural(start.users.size, "user")} and ${plural(start.groups.size, "group")}, into ${printable(connection.label)}.\n`,
  );
  const warnings = [...settingsWarnings(app, start), ...nestedGroupWarnings(start, accountRules(start, app))];
  for (const warning of warnings) output.say(`Warning: ${printable(warning)}\n`);
}

/** `manual integration`; `non-gallery app, with aadOptscim062020`. */
function setUpOf(app: AppSettings): string {
  if (app.idp === "okta") return `${app.integration} integration`;
  if (app.integration === "gallery") return "gallery app";
  return `non-gallery app, ${app.flag ? "with" : "without"} ${entraFlag}`;
}

/** The fixture as the flags have it; with a target, its URL says whether Entra's flag is there. */
function withFlags(fixture: Fixture, { target }: Session, flags: SimulateFlags): Fixture {
  const { integration } = flags;
  const app = withFidelityFlags(fixture.app, flags);
  if (app.idp === "okta") {
    if (integration === undefined || !isOktaIntegration(integration)) return { ...fixture, app };
    return { ...fixture, app: { ...app, integration } };
  }
  const flag = target.kind === "remote" ? carriesEntraFlag(target.baseUrl) : app.flag;
  const chosen = integration === undefined || isOktaIntegration(integration) ? app.integration : integration;
  return { ...fixture, app: { ...app, integration: chosen, flag: chosen === "gallery" ? false : flag } };
}

function parallelJobs(app: AppSettings): number {
  return app.idp === "okta"
    ? Math.max(app.fidelity.parallelUsers, app.fidelity.parallelGroups)
    : app.fidelity.entraParallelRequests;
}

function isOktaIntegration(integration: OktaIntegration | EntraIntegration): integration is OktaIntegration {
  return oktaIntegrations.some((name) => name === integration);
}

/** @throws AppError usage */
function refuseOtherProvider({ app, file }: Fixture, idp: AppSettings["idp"]): void {
  if (app.idp === idp) return;
  const [is, asked] = [providerWords(app.idp).name, providerWords(idp).name];
  throw new AppError("usage", `${file} is of ${is}, not of ${asked}.`, {
    hint: `Run astro-scim simulate ${app.idp} ${quoted(file)}`,
  });
}

function targetUrl({ target }: Session): string | null {
  return target.kind === "remote" ? target.baseUrl : null;
}

function stateNeedsTarget({ state }: SimulateFlags): AppError | undefined {
  if (state === undefined) return undefined;
  return new AppError("usage", "--state goes with --url, --org or --profile.", {
    hint: "Without a target the local Astro is gone when the command ends, and what the provider remembers of it is of no use.",
  });
}

function stateOrCleanup({ state, cleanup }: SimulateFlags): AppError | undefined {
  if (state === undefined || cleanup !== true) return undefined;
  return new AppError("usage", "--cleanup and --state exclude each other.", {
    hint: "Keep one of them: the provider would remember accounts and Teams that are deleted.",
  });
}

function retryNeedsState({ retry, state }: SimulateFlags): AppError | undefined {
  if (retry !== true || state !== undefined) return undefined;
  return new AppError("usage", "--retry goes with --state.", {
    hint: "The tasks that failed are in the memory of an earlier run; without one there is nothing to retry.",
  });
}

const exitStatuses: Readonly<Record<SimulationStatus, number>> = {
  ok: exitStatus.ok,
  failed: exitStatus.failed,
  unknown: exitStatus.couldNotTell,
  interrupted: exitStatus.interrupted,
};

function nextLine(status: SimulationStatus, session: Session, flags: SimulateFlags): string {
  const { target, fixture } = session;
  if (target.kind === "remote") return `Next: astro-scim diff ${targetArguments(session, flags)}`;
  if (status !== "ok") return `Next: ${lookCloser(fixture, flags)}`;
  // Without a fixture it shows one that has drifted.
  return fixture.shipped
    ? "Next: astro-scim diff"
    : `Next: astro-scim serve ${quoted(fixture.file)} --provisioned`;
}

/** The same rehearsal with more to see than this time: each request, then the bodies too, then the jobs. */
function lookCloser({ app, file }: Fixture, { integration, verbose, trace }: SimulateFlags): string {
  const again = `astro-scim simulate ${app.idp} ${quoted(file)}${integration === undefined ? "" : ` --integration ${integration}`}`;
  if (verbose !== true) return `${again} --verbose`;
  return trace === undefined ? `${again} --trace trace.ndjson` : `${again} --json`;
}
