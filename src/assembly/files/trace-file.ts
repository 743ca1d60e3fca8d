/** `--trace FILE`: every exchange without secrets, as an HTTP Archive or as one line of JSON for each. */

import { AppError } from "../../ground/errors.ts";
import { harEntry, harFrame, type HarFrame } from "../../recording/har.ts";
import type { Exchange, ExchangeSource } from "../../wire/exchange.ts";
import { exchangeJson } from "../../wire/exchange-json.ts";
import { joinScimUrl } from "../../wire/join-scim-url.ts";
import { openEntryFile } from "../../files/entry-file.ts";
import type { Io } from "../../world/io.ts";
import { packageVersion } from "../../world/version.ts";

export interface Trace {
  /** The exchange has been redacted already; undefined where nothing is kept. */
  readonly add: ((exchange: Exchange, baseUrl: string) => void) | undefined;
  /** How many exchanges were left out for their source, where nothing else was there to keep; 0 otherwise. */
  emptiedBy(): number;
  /** Gives back what kept the file from being complete. */
  close(): Promise<AppError | undefined>;
}

interface TraceFormat {
  readonly frame: HarFrame;
  readonly entry: (exchange: Exchange, baseUrl: string) => string;
}

export interface TraceOptions {
  readonly file: string | undefined;
  /** The one whose requests are kept; all of them without it. */
  readonly only: ExchangeSource | undefined;
}

/**
 * Opens the file before anything is sent, readable by its owner only; without a name nothing is kept.
 * The name decides: `.har` is an HTTP Archive, everything else is NDJSON.
 * @throws AppError usage where the file cannot be written, or is missing
 */
export async function openTrace(io: Io, { file, only }: TraceOptions): Promise<Trace> {
  if (file === undefined) {
    if (only !== undefined) throw new AppError("usage", "--trace-only needs --trace.");
    return { add: undefined, emptiedBy: () => 0, close: async () => undefined };
  }
  const { frame, entry } = /\.har$/i.test(file) ? archive() : lines;
  // A full disk must not end the run, which may be in the middle of its writes: it is reported at the end.
  const entries = await openEntryFile(io, { file, noun: "The trace", frame });
  const count = { kept: 0, leftOut: 0 };
  return {
    add: (exchange, baseUrl) => {
      const isKept = only === undefined || exchange.source === only;
      count[isKept ? "kept" : "leftOut"] += 1;
      if (isKept) entries.add(() => entry(exchange, baseUrl));
    },
    emptiedBy: () => (count.kept === 0 ? count.leftOut : 0),
    close: async () => {
      const failure = await entries.close();
      return failure === undefined ? undefined : incomplete(file, failure);
    },
  };
}

function archive(): TraceFormat {
  return {
    frame: harFrame({ name: "astro-scim", version: packageVersion() }),
    entry: (exchange, baseUrl) =>
      JSON.stringify(harEntry(exchange, joinScimUrl(baseUrl, exchange.request.path))),
  };
}

const lines: TraceFormat = {
  frame: { head: "", between: "", tail: "" },
  entry: (exchange) => `${JSON.stringify({ schemaVersion: 1, ...exchangeJson(exchange) })}\n`,
};

function incomplete(file: string, cause: unknown): AppError {
  const problem = cause instanceof Error ? cause.message : String(cause);
  return new AppError("failed", `The trace ${file} is not complete: ${problem}.`, {
    hint: "Everything else was done as usual.",
    cause,
  });
}
