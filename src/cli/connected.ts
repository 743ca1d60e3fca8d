/** A connection with what surrounds it: what is said on the way, a trace, Ctrl-C; at the end everything is closed again. */

import type { AstroSeed } from "../astro/seed.ts";
import type { AppError } from "../ground/errors.ts";
import { plural } from "../ground/text/plural.ts";
import type { ProviderWays } from "../repair/via/provider-ways.ts";
import { printable } from "../ground/text/printable.ts";
import type { Exchange } from "../wire/exchange.ts";
import type { Connection } from "../assembly/connect.ts";
import { withOpenConnection } from "../assembly/open-connection.ts";
import { listenForInterrupt } from "./interrupt.ts";
import type { Io } from "../world/io.ts";
import type { OutputFlags, TargetFlags } from "./flags/options.ts";
import { askYesNo } from "./prompt.ts";
import { settingsOf, type SettingFlags, type Settings } from "../assembly/settings.ts";
import { startOutput, type CommandOutput } from "./output/command-output.ts";
import type { RequestFlags } from "./output/request-display.ts";
import { tokenPrompt } from "./target/ask-token.ts";
import { resolveTarget, type Target, type TargetContext } from "../target/resolve-target.ts";
import { openTrace } from "../assembly/files/trace-file.ts";

export type ConnectionFlags = TargetFlags & OutputFlags & RequestFlags & SettingFlags;

export interface Connected {
  readonly io: Io;
  readonly target: Target;
  readonly settings: Settings;
  readonly connection: Connection;
  readonly output: CommandOutput;
  /** Told of each exchange without its secrets: the trace, and what is shown; undefined where nobody looks. */
  readonly watch: Watch;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** What carries out the operations that go through the provider; undefined where all go over SCIM. */
  readonly ways?: ProviderWays;
}

export interface ConnectedOptions {
  readonly flags: ConnectionFlags;
  readonly target: Target;
  /** What the local Astro starts with, where that is the target. */
  readonly local: { readonly seed?: AstroSeed; readonly organizationId?: string };
  /** How many requests may be under way at once at least. */
  readonly connections?: number;
  /** Whether the command sends as a provider does, beside its own requests. */
  readonly playsProvider?: boolean;
  /** Told of each exchange without its secrets, and of the base URL, beside the trace and what is shown. */
  readonly watch?: Watch;
}

/** Asks what has to be asked, where there is a terminal. @throws AppError as `resolveTarget` */
export async function targetOf(
  io: Io,
  flags: TargetFlags,
  intent: "read" | "write",
  withoutTarget: TargetContext["withoutTarget"] = "in-process",
): Promise<Target> {
  return targetIn({ io, intent, withoutTarget }, flags);
}

/** The same for a command that has more to say about it. @throws AppError as `resolveTarget` */
export async function targetIn(
  context: Omit<TargetContext, "ask" | "confirm">,
  flags: TargetFlags,
): Promise<Target> {
  const { io } = context;
  const ask = tokenPrompt(io);
  if (ask === undefined) return resolveTarget(flags, context);
  const confirm = async (question: string): Promise<boolean> => askYesNo(io, question, { byDefault: false });
  return resolveTarget(flags, { ...context, ask, confirm });
}

/**
 * Connects, runs the command, and closes whatever happens.
 * @throws AppError whatever keeps it from being connected, nothing being contacted then; failed, for a trace that is
 * not complete
 */
export async function withConnection(
  io: Io,
  options: ConnectedOptions,
  run: (connected: Connected) => Promise<number>,
): Promise<number> {
  return withSurroundings(io, options, (surroundings) => inConnection(surroundings, options, run));
}

/** What surrounds a command, whether it is connected to an Astro or reads a directory alone. */
export type Surroundings = Omit<Connected, "connection">;

/** @throws AppError as `withConnection` */
export async function withSurroundings(
  io: Io,
  options: Pick<ConnectedOptions, "flags" | "target" | "playsProvider" | "watch">,
  run: (surroundings: Surroundings) => Promise<number>,
): Promise<number> {
  const { flags, target } = options;
  const settings = settingsOf(flags, target);
  const output = await startOutput(io, flags, options);
  // Notes quote claims of a token that are not verified.
  if (target.kind === "remote") for (const note of target.notes) output.say(printable(note));
  const trace = await openTrace(io, { file: flags.trace, only: flags.traceOnly });
  const interruption = listenForInterrupt(io);
  const close = async (): Promise<AppError | undefined> => {
    output.progress.stop();
    interruption.release();
    const failure = await trace.close();
    const leftOut = trace.emptiedBy();
    if (leftOut > 0) {
      const what = plural(leftOut, "request");
      output.say(`The trace is empty: --trace-only ${flags.traceOnly} left out ${what} of other senders.`);
    }
    return failure;
  };
  const watch = toEach([trace.add, output.onExchange, options.watch]);
  const parts = { io, target, settings, output, watch, signal: interruption.signal };
  const status = await run(parts).catch(async (error: unknown) => {
    // What went wrong with the run is said, and not what went wrong with its trace.
    await close();
    throw error;
  });
  const failure = await close();
  if (failure !== undefined) throw failure;
  return status;
}

async function inConnection(
  parts: Surroundings,
  options: ConnectedOptions,
  run: (connected: Connected) => Promise<number>,
): Promise<number> {
  const { io, target, settings, output, watch, signal } = parts;
  const { flags, local, connections = 1 } = options;
  const opening = {
    target,
    settings,
    local,
    connections,
    caFile: flags.ca,
    signal,
    onExchange: watch,
    onWait: output.onWait,
  };
  return withOpenConnection(io, opening, (connection) => run({ ...parts, connection }));
}

export type Watch = ((exchange: Exchange, baseUrl: string) => void) | undefined;

function toEach(watches: readonly Watch[]): Watch {
  const wanted = watches.filter((watch) => watch !== undefined);
  if (wanted.length === 0) return undefined;
  return (exchange, baseUrl) => {
    for (const watch of wanted) watch(exchange, baseUrl);
  };
}
