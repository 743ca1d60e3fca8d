/**
 * What every command that looks at an Astro begins and ends with: the directory, the target, the safety rules,
 * a connection, a trace; and at the end everything is closed again.
 */

import { dirname, relative, resolve } from "node:path";
import type { AppError } from "../errors.ts";
import type { Fixture } from "../fixture/fixture.ts";
import { connect, type Connection } from "./connect.ts";
import { loadFixture, shippedFixture } from "./fixture-file.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { printable } from "../report/printable.ts";
import type { Exchange } from "../wire/exchange.ts";
import type { Io } from "./io.ts";
import type { OutputFlags, TargetFlags } from "./options.ts";
import { settingsOf, type SettingFlags, type Settings } from "./settings.ts";
import { startTalk, type Talk } from "./talk.ts";
import { tokenPrompt } from "./target/ask-token.ts";
import { rateLimitsFor } from "./target/pace.ts";
import { resolveTarget, type Target } from "./target/resolve-target.ts";
import { refuseShippedFixture, refuseUnnamedDirectory } from "./target/safety.ts";
import { openTrace, type Trace } from "./trace-file.ts";

export interface SessionOptions {
  readonly flags: TargetFlags & OutputFlags & SettingFlags;
  /** As named on the command line. */
  readonly fixtureFile: string | undefined;
  /** The shipped fixture for the local Astro, where none was named. */
  readonly defaultFixture: string;
  readonly intent: "read" | "write";
  /** Safety rules of the command, beside those that hold for all. */
  readonly refusals?: (target: Target) => readonly (AppError | undefined)[];
}

export interface Session {
  readonly io: Io;
  readonly fixture: Fixture;
  readonly target: Target;
  readonly settings: Settings;
  readonly connection: Connection;
  readonly talk: Talk;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * Opens a session, runs the command in it, and closes it whatever happens.
 * @throws AppError whatever keeps it from being opened; nothing was contacted then
 */
export async function withSession(
  io: Io,
  options: SessionOptions,
  run: (session: Session) => Promise<number>,
): Promise<number> {
  const { flags } = options;
  const target = await resolveTarget(flags, targetContext(io, options.intent));
  const named = options.fixtureFile ?? directoryOfProfile(io, target);
  throwFirst([refuseUnnamedDirectory(target, named !== undefined), ...(options.refusals?.(target) ?? [])]);
  const fixture = await loadFixture(io, named ?? shippedFixture(options.defaultFixture));
  throwFirst([refuseShippedFixture(target, fixture.shipped)]);
  const settings = settingsOf(flags, target);
  const talk = await startTalk(io, flags);
  // Notes quote claims of a token that nobody has verified.
  if (target.kind === "remote") for (const note of target.notes) talk.say(printable(note));
  const trace = await openTrace(io, flags.trace);
  const interruption = listenForInterrupt(io);
  const close = async (): Promise<AppError | undefined> => {
    talk.progress.stop();
    interruption.release();
    return trace.close();
  };
  const parts = { io, fixture, target, settings, talk, signal: interruption.signal };
  const status = await inConnection(parts, { caFile: flags.ca, trace }, run).catch(async (error: unknown) => {
    // What went wrong with the run is said, and not what went wrong with its trace.
    await close();
    throw error;
  });
  throwFirst([await close()]);
  return status;
}

async function inConnection(
  parts: Omit<Session, "connection">,
  { caFile, trace }: { readonly caFile: string | undefined; readonly trace: Trace },
  run: (session: Session) => Promise<number>,
): Promise<number> {
  const { io, fixture, target, settings, talk, signal } = parts;
  const connection = await connect(io, {
    target,
    local: { seed: fixture.astro, organizationId: fixture.organization },
    timeoutMs: settings.timeoutMs,
    caFile,
    connections: settings.concurrency,
    limits: rateLimitsFor(target, settings.rate),
    signal,
    onExchange: toEach([trace.add, talk.onExchange]),
    onWait: talk.onWait,
  });
  try {
    return await run({ ...parts, connection });
  } finally {
    await connection.close();
  }
}

type Watch = ((exchange: Exchange, baseUrl: string) => void) | undefined;

function toEach(watches: readonly Watch[]): Watch {
  const wanted = watches.filter((watch) => watch !== undefined);
  if (wanted.length === 0) return undefined;
  return (exchange, baseUrl) => {
    for (const watch of wanted) watch(exchange, baseUrl);
  };
}

function targetContext(io: Io, intent: "read" | "write"): Parameters<typeof resolveTarget>[1] {
  const ask = tokenPrompt(io);
  return { io, intent, withoutTarget: "in-process", ...(ask === undefined ? {} : { ask }) };
}

/** From where the command runs: its place is given from the folder of the profile's file. */
function directoryOfProfile(io: Io, target: Target): string | undefined {
  const profile = target.kind === "remote" ? target.profile : undefined;
  if (profile?.from === undefined) return undefined;
  return relative(io.cwd, resolve(dirname(profile.file), profile.from));
}

function throwFirst(refusals: readonly (AppError | undefined)[]): void {
  const first = refusals.find((refusal) => refusal !== undefined);
  if (first !== undefined) throw first;
}
