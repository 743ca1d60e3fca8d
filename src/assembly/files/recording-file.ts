/** `--record FILE`, `--export-on-exit FILE`: every exchange that a server received, complete after each of them. */

import { AppError } from "../../ground/errors.ts";
import { harEntry, harFrame, requestedUrl } from "../../recording/har.ts";
import { exchangeJson } from "../../wire/exchange-json.ts";
import type { ReceivedExchange } from "../../server/log/received.ts";
import { openEntryFile } from "../../files/entry-file.ts";
import type { Io } from "../../world/io.ts";
import { fileProblem } from "../../files/read-small-file.ts";
import { packageVersion } from "../../world/version.ts";

export interface Recording {
  /** The exchange has been redacted already; `origin` is the server's: `http://127.0.0.1:8888`. */
  add(exchange: ReceivedExchange, origin: string): void;
  /** Resolves once everything is written. @throws AppError failed, where the file is not complete */
  close(): Promise<void>;
}

export interface RecordingOptions {
  /** An HTTP Archive, or what the name says: `.har` is one, everything else is NDJSON. An archive by default. */
  readonly format?: "archive" | "by-name";
}

/**
 * Opens the file before anything is served, readable by its owner only.
 * @throws AppError usage where the file cannot be written
 */
export async function openRecording(
  io: Io,
  file: string,
  { format = "archive" }: RecordingOptions = {},
): Promise<Recording> {
  const isArchive = format === "archive" || /\.har$/i.test(file);
  const frame = isArchive
    ? harFrame({ name: "astro-scim", version: packageVersion() })
    : { head: "", between: "", tail: "" };
  const entries = await openEntryFile(io, { file, noun: "The recording", frame });
  const entry = isArchive ? archiveEntry : lineEntry;
  return {
    add: (exchange, origin) => entries.add(() => entry(exchange, origin)),
    close: async () => {
      const failure = await entries.close();
      if (failure !== undefined) throw incomplete(file, failure);
    },
  };
}

function archiveEntry(exchange: ReceivedExchange, origin: string): string {
  return JSON.stringify(harEntry(exchange, requestedUrl(exchange.url, origin)));
}

/** As a line of `--trace`; a received request has no `source`. */
function lineEntry(exchange: ReceivedExchange): string {
  return `${JSON.stringify({ schemaVersion: 1, ...exchangeJson(exchange) })}\n`;
}

function incomplete(file: string, cause: unknown): AppError {
  return new AppError("failed", `The recording ${file} is not complete: ${fileProblem(cause)}.`, {
    hint: "Requests were answered as usual.",
    cause,
  });
}
