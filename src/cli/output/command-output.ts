/** What a command says on the way, and how its result comes out: which stream, how much, in which form. */

import type { ChalkInstance } from "chalk";
import type { RetryWait } from "../../http/retry.ts";
import { exchangeLine } from "../../report/exchange/exchange-line.ts";
import { printable } from "../../ground/printable.ts";
import type { Exchange } from "../../wire/exchange.ts";
import type { Io } from "../../world/io.ts";
import { outputFormat, type OutputFlags, type OutputFormat } from "../flags/options.ts";
import { paintFor } from "./paint.ts";
import { startProgress, type Progress } from "./progress.ts";

export interface CommandOutput {
  /** Colours of what `say` writes. */
  readonly paint: ChalkInstance;
  /** Colours of the result. */
  readonly resultPaint: ChalkInstance;
  /** A line for people on standard error; nothing with `--quiet`. */
  readonly say: (line: string) => void;
  /** The result on standard output: text for people, the JSON shape, or another form that the command has. */
  readonly result: (text: () => string, json: () => object, more?: ExtraFormats) => void;
  /** Undefined unless requests are shown. */
  readonly onExchange: ((exchange: Exchange) => void) | undefined;
  readonly onWait: (wait: RetryWait) => void;
  readonly progress: Progress;
}

/** Forms that not every command has, as text. */
export type ExtraFormats = Partial<Readonly<Record<Exclude<OutputFormat, "text" | "json">, () => string>>>;

export async function startOutput(io: Io, flags: OutputFlags): Promise<CommandOutput> {
  const quiet = flags.quiet === true;
  const paint = paintFor(io, io.stderr);
  const progress = await startProgress(io, quiet || flags.verbose === true);
  const say = (line: string): void => {
    if (!quiet) progress.interrupt(() => io.stderr.write(`${line}\n`));
  };
  return {
    paint,
    resultPaint: paintFor(io),
    say,
    result: (text, json, more = {}) => {
      progress.stop();
      const format = outputFormat(flags);
      const forms = { ...more, text, json: () => `${JSON.stringify(json(), null, 2)}\n` };
      io.stdout.write((forms[format] ?? text)());
    },
    onExchange: flags.verbose === true ? (exchange) => say(exchangeLine(exchange, paint)) : undefined,
    onWait: waitTeller(io, say),
    progress,
  };
}

/** Requests that are under way at once meet the same trouble at once: it is said for the first that waits for it. */
function waitTeller(io: Io, say: CommandOutput["say"]): CommandOutput["onWait"] {
  const saidUntilMs = new Map<string, number>();
  return ({ request, answer, waitMs }) => {
    const why = answer.kind === "response" ? `the server answered ${answer.status}` : answer.message;
    const nowMs = io.clock.now().getTime();
    if (nowMs < (saidUntilMs.get(why) ?? 0)) return;
    saidUntilMs.set(why, nowMs + waitMs);
    const [path] = request.path.split("?");
    const wait = `Waiting ${Math.ceil(waitMs / 1000)} s before repeating ${request.method} ${path}`;
    say(printable(`${wait}: ${why}`));
  };
}
