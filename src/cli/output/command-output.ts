/** What a command says on the way, and how its result comes out: which stream, how much, in which format. */

import { formatDuration } from "../../ground/text/quantities.ts";
import type { ChalkInstance } from "chalk";
import type { RetryWait } from "../../http/retry.ts";
import type { ManagementWait } from "../../management/create-management-api.ts";
import type { FormatName, ResultKind, Results } from "../../report/formats.ts";
import { printable } from "../../ground/text/printable.ts";
import type { Exchange } from "../../wire/exchange.ts";
import type { Io } from "../../world/io.ts";
import { outputFormat, type OutputFlags } from "../flags/options.ts";
import { paintFor } from "./paint.ts";
import { printerOf } from "./print-result.ts";
import { startProgress, type Progress } from "./progress.ts";
import { RequestDisplay, showsChosenRequests, type RequestFlags } from "./request-display.ts";

export interface CommandOutput {
  /** Colours of what `say` writes. */
  readonly paint: ChalkInstance;
  /** Colours of the result. */
  readonly resultPaint: ChalkInstance;
  /** A line for people on standard error; nothing with `--quiet`. */
  readonly say: (line: string) => void;
  /** Of the result. */
  readonly format: FormatName;
  /** The result on standard output. */
  readonly result: <Kind extends ResultKind>(kind: Kind, result: Results[Kind]) => Promise<void>;
  /** Undefined unless requests are shown. */
  readonly onExchange: ((exchange: Exchange) => void) | undefined;
  /** Undefined unless requests are shown. */
  readonly requests: RequestDisplay | undefined;
  readonly onWait: (wait: RetryWait) => void;
  readonly onManagementWait: (wait: ManagementWait) => void;
  readonly progress: Progress;
}

/** `playsProvider`: the command sends as a provider does, so that what astro-scim itself sends is marked. */
export async function startOutput(
  io: Io,
  flags: OutputFlags & RequestFlags,
  { playsProvider = false }: { readonly playsProvider?: boolean | undefined } = {},
): Promise<CommandOutput> {
  const quiet = flags.quiet === true;
  const format = outputFormat(flags);
  const paint = paintFor(io, io.stderr);
  const isChosen = showsChosenRequests(flags);
  const progress = await startProgress(io, quiet || flags.verbose === true || isChosen);
  const say = (line: string): void => {
    if (!quiet) progress.interrupt(() => io.stderr.write(`${line}\n`));
  };
  const resultPaint = paintFor(io);
  // Requests that were asked for are part of the text; the lines of --verbose accompany it.
  const isInText = isChosen && format === "text";
  const requests =
    isChosen || flags.verbose === true
      ? new RequestDisplay(flags, {
          paint: isInText ? resultPaint : paint,
          marksOwn: playsProvider,
          writeLine: isInText
            ? (line) => {
                if (!quiet) progress.interrupt(() => io.stdout.write(`${line}\n`));
              }
            : (line) => say(line),
        })
      : undefined;
  return {
    paint,
    resultPaint,
    say,
    format,
    result: async (kind, result) => {
      const print = await printerOf(io, format, kind, flags);
      progress.stop();
      print(result);
    },
    onExchange: requests?.show,
    requests,
    ...waitTeller(io, say),
    progress,
  };
}

/** Requests that are under way at once meet the same trouble at once: it is said for the first that waits for it. */
function waitTeller(io: Io, say: CommandOutput["say"]): Pick<CommandOutput, "onWait" | "onManagementWait"> {
  const saidUntilMs = new Map<string, number>();
  const tell = ({ request, why, waitMs }: ManagementWait): void => {
    const nowMs = io.clock.now().getTime();
    if (nowMs < (saidUntilMs.get(why) ?? 0)) return;
    saidUntilMs.set(why, nowMs + waitMs);
    const wait = `Waiting ${formatDuration(Math.ceil(waitMs / 1000) * 1000)} before repeating ${request}`;
    say(printable(`${wait}: ${why}`));
  };
  return {
    onWait: ({ request: { method, path }, answer, waitMs }) =>
      tell({
        request: `${method} ${path.split("?")[0] ?? path}`,
        why: answer.kind === "response" ? `the server answered ${answer.status}` : answer.message,
        waitMs,
      }),
    onManagementWait: tell,
  };
}
