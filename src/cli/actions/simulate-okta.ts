/** What `astro-scim simulate okta` does. */

import type { OktaIntegration } from "../../directory/app-settings.ts";
import { assignedUserKeys } from "../../directory/directory.ts";
import { AppError } from "../../errors.ts";
import type { Fixture } from "../../fixture/fixture.ts";
import { plural } from "../../report/plural.ts";
import { simulationJson } from "../../report/simulation-json.ts";
import { SimulationNarrative } from "../../report/simulation-narrative.ts";
import { simulationText } from "../../report/simulation-text.ts";
import { simulationStatus, type SimulationStatus } from "../../simulation/status.ts";
import { noteCreated, type CreatedResources } from "../created-resources.ts";
import { exitStatus } from "../exit-status.ts";
import type { Io } from "../io.ts";
import { openMemory } from "../memory-file.ts";
import { quoted, targetArguments } from "../next-line.ts";
import { outputFormat, type TargetFlags, type OutputFlags } from "../options.ts";
import { confirmOrDecline } from "../prompt.ts";
import { memoryTarget, rehearse } from "../rehearse.ts";
import { withSession, type Session, type SessionOptions } from "../session.ts";
import { mustAskFirst, refuseInventedPeople, refuseReadOnly } from "../target/safety.ts";

export interface SimulateFlags extends TargetFlags, OutputFlags {
  readonly state?: string;
  readonly integration?: "catalog" | "manual";
  readonly retry?: boolean;
  readonly allowRemote?: boolean;
  readonly yes?: boolean;
  readonly cleanup?: boolean;
}

/** Rehearses and reports; resolves to the exit status. */
export async function simulateOkta(
  io: Io,
  fixtureFile: string | undefined,
  flags: SimulateFlags,
): Promise<number> {
  const options: SessionOptions = {
    flags,
    fixtureFile,
    defaultFixture: "okta-company.yaml",
    intent: "write",
    refusals: (target) => [
      refuseInventedPeople(target, flags),
      refuseReadOnly(target),
      target.kind === "in-process" ? stateNeedsTarget(flags) : undefined,
      stateOrCleanup(flags),
      retryNeedsState(flags),
    ],
  };
  return withSession(io, options, async (session) => {
    if (mustAskFirst(session.target) && flags.yes !== true) {
      await confirmOrDecline(
        io,
        `Provision ${session.connection.label} with the people of ${session.fixture.file}?`,
      );
    }
    return run(session, flags);
  });
}

async function run(session: Session, flags: SimulateFlags): Promise<number> {
  const { connection, talk } = session;
  const fixture = withIntegration(session.fixture, flags.integration);
  const memoryFile = await openMemory(session.io, flags.state, memoryTarget(connection));
  const created = noteCreated(connection.sendOnce);
  const played = memoryFile.memory.stepsDone;
  const narrative = narrate(session, flags, played > 0 && played >= fixture.timeline.length);
  announce(session, fixture);
  const result = await rehearse(session.io, {
    connection,
    send: created.send,
    fixture,
    memory: memoryFile.memory,
    keepMemory: memoryFile.keep,
    retryTasks: flags.retry === true,
    report: (event) => narrative.tell(event),
    signal: session.signal,
  });
  narrative.end();
  const context = { status: simulationStatus(result), target: targetUrl(session) };
  talk.result(
    () =>
      `${simulationText(result, context.status, talk.resultPaint)}${nextLine(context.status, session, flags)}\n`,
    () => simulationJson(result, context),
  );
  if (flags.cleanup === true) await cleanUp(session, created);
  return exitStatuses[context.status];
}

/** On standard output where the result is text: it is part of it. */
function narrate({ io, talk }: Session, flags: SimulateFlags, timelinePlayed: boolean): SimulationNarrative {
  const isText = outputFormat(flags) === "text";
  const start = { at: io.now(), timelinePlayed, requestsShown: flags.verbose === true };
  return new SimulationNarrative(start, {
    paint: isText ? talk.resultPaint : talk.paint,
    writeLine: (line) => {
      if (flags.quiet === true) return;
      talk.progress.interrupt(() => (isText ? io.stdout : io.stderr).write(`${line}\n`));
    },
    showProgress: (text) => talk.progress.update(text),
  });
}

function announce({ connection, talk }: Session, fixture: Fixture): void {
  const { users, groups } = fixture.start;
  talk.say(
    `Okta (${fixture.app.integration} integration) provisions ${fixture.file}, ` +
      `${plural(users.size, "user")} and ${plural(groups.size, "group")}, into ${connection.label}.\n`,
  );
  if (assignedUserKeys(fixture.start).size === 0) {
    talk.say("Warning: nobody is assigned to the app, so Okta provisions nobody at the start.\n");
  }
}

function withIntegration(fixture: Fixture, integration: OktaIntegration | undefined): Fixture {
  return integration === undefined ? fixture : { ...fixture, app: { ...fixture.app, integration } };
}

function targetUrl({ target }: Session): string | null {
  return target.kind === "remote" ? target.baseUrl : null;
}

function stateNeedsTarget({ state }: SimulateFlags): AppError | undefined {
  if (state === undefined) return undefined;
  return new AppError("usage", "--state goes with --url, --org or --profile.", {
    hint: "Without a target the local Astro is gone when the command ends, and what Okta remembers of it is of no use.",
  });
}

function stateOrCleanup({ state, cleanup }: SimulateFlags): AppError | undefined {
  if (state === undefined || cleanup !== true) return undefined;
  return new AppError("usage", "--cleanup and --state exclude each other.", {
    hint: "Keep one of them: Okta would remember accounts and Teams that are deleted.",
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
  if (target.kind === "remote") return `Next: astro-scim diff ${targetArguments(session)}`;
  if (status !== "ok") return `Next: ${lookCloser(quoted(fixture.file), flags)}`;
  // Without a fixture it shows one that has drifted.
  return fixture.shipped
    ? "Next: astro-scim diff"
    : `Next: astro-scim serve ${quoted(fixture.file)} --provisioned`;
}

/** The same rehearsal with more to see than this time: each request, then the bodies too, then the jobs. */
function lookCloser(file: string, { integration, verbose, trace }: SimulateFlags): string {
  const again = `astro-scim simulate okta ${file}${integration === undefined ? "" : ` --integration ${integration}`}`;
  if (verbose !== true) return `${again} --verbose`;
  return trace === undefined ? `${again} --trace trace.ndjson` : `${again} --json`;
}

async function cleanUp({ connection, talk, signal }: Session, created: CreatedResources): Promise<void> {
  const { removed, left } = await created.remove(connection.send);
  talk.say(`Cleaned up: ${removed} users and Teams that this run created are deleted.`);
  if (left.length === 0) return;
  const rest = `${left.slice(0, 10).join(", ")}${left.length > 10 ? ", …" : ""}`;
  const hint = "Delete them by hand, or with astro-scim delete.";
  if (signal.aborted) {
    const who = `${left.length} users and Teams that this run created`;
    throw new AppError("interrupted", `Interrupted before ${who} were deleted: ${rest}`, { hint });
  }
  throw new AppError("failed", `${left.length} could not be deleted: ${rest}`, { hint });
}
