/** What `astro-scim serve` does: a local Astro until Ctrl-C, and a live list or one line a request. */

import { sourceText, type SourceName } from "../../assembly/sources/source-name.ts";
import type { AppSettings } from "../../directory/app-settings.ts";
import { AppError } from "../../ground/errors.ts";
import type { Fixture } from "../../fixture/fixture.ts";
import { printable } from "../../ground/text/printable.ts";
import { startServer, type AstroServer, type StartServerOptions } from "../../server/start.ts";
import { exitStatus } from "../../ground/exit-status.ts";
import { refuseClashes, type UsedFiles } from "../../files/distinct-files.ts";
import { codeOf } from "../../files/system-error.ts";
import { filesOfFixture, filesOfTarget } from "../files/files-in-use.ts";
import type { SourceConnectionFlags } from "../flags/directory-options.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { checkLocalAstroFlags, localAstroOptions, type LocalAstroFlags } from "../local-astro.ts";
import type { Io } from "../../world/io.ts";
import { openServerWarning } from "../open-server.ts";
import type { LiveList } from "../live/live-list.ts";
import { wantsLiveList } from "../live/wants-live-list.ts";
import { announceServer, connectionRows } from "../output/announce-server.ts";
import { paintFor } from "../output/paint.ts";
import { openRecording, type Recording } from "../../assembly/files/recording-file.ts";
import { serveLog } from "../output/serve-log.ts";
import { directoryOnce } from "../source/named-directory.ts";
import { besideAstro, type BesideAstro } from "../with-provider/beside-astro.ts";
import { directoryOfServe, servedCompany } from "../with-provider/served-company.ts";
import {
  checkServeTokenFlags,
  givenToken,
  refusedTokenWarning,
  type GivenToken,
  type ServeTokenFlags,
} from "../serve-token.ts";

export interface ServeFlags
  extends LocalAstroFlags, ServeTokenFlags, Omit<SourceConnectionFlags, "at" | "state"> {
  readonly host: string;
  readonly port: number;
  readonly org?: string;
  readonly record?: string;
  readonly bodies?: boolean;
  /** One line a request, also on a terminal. */
  readonly plain?: boolean;
  readonly control: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** An emulated provider beside it. */
  readonly with?: AppSettings["idp"];
  readonly cycle?: string;
  readonly withoutPermission?: readonly string[];
}

/** Exchanges that the control endpoint lists. Keeping costs the collector time: 1 µs a request for 200, 4 for 1,000. */
const keptRequests = 200;

/**
 * Serves until Ctrl-C or SIGTERM; resolves to the exit status.
 * @throws AppError failed, at the end, where the recording is not complete
 */
export async function serve(io: Io, source: string | undefined, flags: ServeFlags): Promise<number> {
  const named = await directoryOfServe(io, directoryOnce(source, flags.from), flags);
  const fixtureFile = named?.kind === "fixture" ? named.file : undefined;
  refuseImpossible(flags, named);
  const fixture = await servedCompany(io, named, flags);
  await refuseClashes(io, await filesInUse(io, { fixtureFile, fixture }, flags));
  const given = await givenToken(io, flags);
  const live = await liveList(io, flags);
  // What goes wrong meanwhile must not be written across the screen.
  const serving = live === undefined ? io : { ...io, stderr: live.stderr };
  const recording = flags.record === undefined ? undefined : await openRecording(serving, flags.record);
  const interruption = listenForInterrupt(serving);
  const closing = new ClosingStack();
  try {
    await serveUntil(interruption.signal, { io, serving, fixture, given, live, recording, flags, closing });
    live?.close();
    await closing.close();
  } finally {
    live?.close();
    await closing.close();
    interruption.release();
    await recording?.close();
  }
  return exitStatus.ok;
}

interface Serving {
  readonly io: Io;
  /** With a standard error that does not disturb the live list. */
  readonly serving: Io;
  readonly fixture: Fixture | undefined;
  readonly given: GivenToken | undefined;
  readonly live: LiveList | undefined;
  readonly recording: Recording | undefined;
  readonly flags: ServeFlags;
  readonly closing: ClosingStack;
}

async function serveUntil(signal: AbortSignal, all: Serving): Promise<void> {
  const { io, serving, fixture, given, live, recording, flags, closing } = all;
  const options = serverOptions(serving, fixture, { flags, given, live });
  const server: AstroServer = await listen(
    recording === undefined ? options : recorded(options, recording, () => new URL(server.url).origin),
  );
  closing.add(() => server.close());
  const beside = await providerBeside(server, all);
  const announced = { server, given, record: flags.record, beside };
  announceServer(io, announced, flags.json === true ? "json" : "text");
  io.stderr.write(openServerWarning(server, printable(flags.host)) ?? "");
  io.stderr.write(refusedTokenWarning(server, given, io.clock.now()) ?? "");
  live?.open(server, [...connectionRows(announced), ...(beside?.rows ?? [])]);
  await oneAborted([signal, live?.ended]);
}

async function providerBeside(
  server: AstroServer,
  { serving, fixture, given, flags, closing }: Serving,
): Promise<BesideAstro | undefined> {
  if (flags.with === undefined || fixture === undefined) return undefined;
  const beside = await besideAstro(serving, { server, given, fixture, flags });
  closing.add(beside.close);
  return beside;
}

/** What has been started, closed in the reverse order and each once. */
class ClosingStack {
  readonly #open: (() => Promise<void>)[] = [];

  add(close: () => Promise<void>): void {
    this.#open.push(close);
  }

  async close(): Promise<void> {
    for (let close = this.#open.pop(); close !== undefined; close = this.#open.pop()) await close();
  }
}

/** Loaded only where it is seen. */
async function liveList(io: Io, flags: ServeFlags): Promise<LiveList | undefined> {
  if (!wantsLiveList(io, flags)) return undefined;
  const live = await import("../live/live-list.ts");
  return new live.LiveList(io, paintFor(io));
}

async function filesInUse(
  io: Io,
  {
    fixtureFile,
    fixture,
  }: { readonly fixtureFile: string | undefined; readonly fixture: Fixture | undefined },
  { record, tokenFile }: ServeFlags,
): Promise<UsedFiles> {
  const ofFixture =
    fixtureFile === undefined || fixture === undefined ? [] : await filesOfFixture(io, fixtureFile, fixture);
  const recording = record === undefined ? [] : [{ use: "--record", file: record }];
  return {
    reads: [
      ...ofFixture,
      ...(await filesOfTarget(io, tokenFile === undefined ? {} : { tokenFile }, { kind: "in-process" })),
    ],
    writes: recording,
  };
}

/** What is used exactly as given has to be something that can be used. */
function refuseImpossible(flags: ServeFlags, named: SourceName | undefined): void {
  const { org, bodies, quiet } = flags;
  const example = "astro-scim serve fixtures/okta-company.yaml --provisioned";
  checkLocalAstroFlags(flags, { fixtureFile: named && sourceText(named), example });
  if (org !== undefined && !/^[\w.~-]{1,100}$/.test(org)) {
    throw new AppError("usage", "The organization ID in --org cannot be used in a URL.", {
      hint: "Use letters and digits, such as cknaqyipv05731evsry6cj4n0.",
    });
  }
  checkServeTokenFlags(flags);
  if (bodies === true && quiet === true) {
    throw new AppError("usage", "--bodies and --quiet cannot be used together.", {
      hint: "Keep one of them.",
    });
  }
}

function serverOptions(
  io: Io,
  fixture: Fixture | undefined,
  {
    flags,
    given,
    live,
  }: {
    readonly flags: ServeFlags;
    readonly given: GivenToken | undefined;
    readonly live: LiveList | undefined;
  },
): StartServerOptions {
  return {
    ...localAstroOptions(io, fixture, flags),
    host: flags.host,
    port: flags.port,
    control: flags.control,
    keepRequests: flags.control ? keptRequests : 0,
    ...(flags.org === undefined ? {} : { organizationId: flags.org }),
    ...(given === undefined ? {} : { token: given.token }),
    ...(live === undefined ? serveLog(io, flags) : { onReceived: live.onReceived }),
  };
}

function recorded(
  options: StartServerOptions,
  recording: Recording,
  origin: () => string,
): StartServerOptions {
  return {
    ...options,
    onExchange: (exchange) => {
      options.onExchange?.(exchange);
      recording.add(exchange, origin());
    },
  };
}

async function listen(options: StartServerOptions): Promise<AstroServer> {
  try {
    return await startServer(options);
  } catch (error) {
    const where = `${options.host}:${options.port}`;
    switch (codeOf(error)) {
      case "EADDRINUSE":
        throw new AppError("usage", `Port ${options.port} is in use on ${options.host}.`, {
          hint: "Choose another one with --port, or use --port 0 for any free port.",
          cause: error,
        });
      case "EACCES":
        throw new AppError("usage", `Listening on ${where} is not allowed.`, {
          hint:
            options.port !== undefined && options.port < 1024
              ? "Ports below 1024 need privileges that you do not have: choose another one with --port."
              : "The system reserves this port: choose another one with --port.",
          cause: error,
        });
      case "ENOTFOUND":
      case "EADDRNOTAVAIL":
        throw new AppError("usage", `${options.host} is not an address of this machine.`, {
          hint: "Leave --host out to listen on 127.0.0.1.",
          cause: error,
        });
      default:
        throw error;
    }
  }
}

async function oneAborted(signals: readonly (AbortSignal | undefined)[]): Promise<void> {
  const signal = AbortSignal.any(signals.filter((one) => one !== undefined));
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
