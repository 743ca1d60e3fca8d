/** `--trace FILE`: every exchange without secrets, as an HTTP Archive or as one line of JSON for each. */

import { AppError } from "../../ground/errors.ts";
import { harEntry, harFrame, type HarFrame } from "../../recording/har.ts";
import type { Exchange } from "../../wire/exchange.ts";
import { exchangeJson } from "../../wire/exchange-json.ts";
import { joinScimUrl } from "../../wire/join-scim-url.ts";
import { openEntryFile } from "../../files/entry-file.ts";
import type { Io } from "../../world/io.ts";
import { packageVersion } from "../../world/version.ts";

export interface Trace {
  /** The exchange has been redacted already; undefined where nothing is kept. */
  readonly add: ((exchange: Exchange, baseUrl: string) => void) | undefined;
  /** Gives back what kept the file from being complete. */
  close(): Promise<AppError | undefined>;
}

interface TraceFormat {
  readonly frame: HarFrame;
  readonly entry: (exchange: Exchange, baseUrl: string) => string;
}

/**
 * Opens the file before anything is sent, readable by its owner only; without a name nothing is kept.
 * The name decides: `.har` is an HTTP Archive, everything else is NDJSON.
 * @throws AppError usage where the file cannot be written
 */
export async function openTrace(io: Io, file: string | undefined): Promise<Trace> {
  if (file === undefined) return { add: undefined, close: async () => undefined };
  const { frame, entry } = /\.har$/i.test(file) ? archive() : lines;
  // A full disk must not end the run, which may be in the middle of its writes: it is reported at the end.
  const entries = await openEntryFile(io, { file, noun: "The trace", frame });
  return {
    add: (exchange, baseUrl) => entries.add(() => entry(exchange, baseUrl)),
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
