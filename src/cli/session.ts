/**
 * What every command that looks at an Astro begins and ends with: the directory, the target, the safety rules,
 * a connection, a trace; and at the end everything is closed again.
 */

import type { AppError } from "../errors.ts";
import type { Fixture } from "../fixture/fixture.ts";
import { connect, type Connection } from "./connect.ts";
import { loadFixture, shippedFixture } from "./fixture-file.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { printable } from "../report/printable.ts";
import type { Io } from "./io.ts";
import type { OutputFlags, TargetFlags } from "./options.ts";
import { settingsOf, type SettingFlags, type Settings } from "./settings.ts";
import { startTalk, type Talk } from "./talk.ts";
import { tokenPrompt } from "./target/ask-token.ts";
import { rateLimitsFor } from "./target/pace.ts";
import { resolveTarget, type Target } from "./target/resolve-target.ts";
import { refuseShippedFixture, refuseUnnamedDirectory } from "./target/safety.ts";
import { openTrace } from "./trace-file.ts";

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
  const named = options.fixtureFile ?? directoryOfProfile(target);
  throwFirst([refuseUnnamedDirectory(target, named !== undefined), ...(options.refusals?.(target) ?? [])]);
  const fixture = await loadFixture(io, named ?? shippedFixture(options.defaultFixture));
  throwFirst([refuseShippedFixture(target, fixture.shipped)]);
  const settings = settingsOf(flags, target);
  const talk = await startTalk(io, flags);
  // Notes quote claims of a token that nobody has verified.
  if (target.kind === "remote") for (const note of target.notes) talk.say(printable(note));
  const interruption = listenForInterrupt(io);
  const trace = await openTrace(io, flags.trace);
  const { signal } = interruption;
  try {
    const connection = await connect(io, {
      target,
      local: { seed: fixture.astro, organizationId: fixture.organization },
      timeoutMs: settings.timeoutMs,
      caFile: flags.ca,
      connections: settings.concurrency,
      limits: rateLimitsFor(target, settings.rate),
      signal,
      onExchange: (exchange) => {
        trace.add(exchange);
        talk.onExchange(exchange);
      },
      onWait: talk.onWait,
    });
    try {
      return await run({ io, fixture, target, settings, connection, talk, signal });
    } finally {
      await connection.close();
    }
  } finally {
    talk.progress.stop();
    await trace.close();
    interruption.release();
  }
}

function targetContext(io: Io, intent: "read" | "write"): Parameters<typeof resolveTarget>[1] {
  const ask = tokenPrompt(io);
  return { io, intent, withoutTarget: "in-process", ...(ask === undefined ? {} : { ask }) };
}

function directoryOfProfile(target: Target): string | undefined {
  return target.kind === "remote" ? target.profile?.from : undefined;
}

function throwFirst(refusals: readonly (AppError | undefined)[]): void {
  const first = refusals.find((refusal) => refusal !== undefined);
  if (first !== undefined) throw first;
}
