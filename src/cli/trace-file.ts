/** `--trace FILE`: every exchange as one line of JSON, without secrets. */

import { createWriteStream, type WriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { AppError } from "../errors.ts";
import type { Exchange } from "../wire/exchange.ts";
import { exchangeJson } from "../wire/exchange-json.ts";
import type { Io } from "./io.ts";
import { fileProblem } from "./target/read-small-file.ts";

export interface Trace {
  /** The exchange has been redacted already; undefined where nothing is kept. */
  readonly add: ((exchange: Exchange) => void) | undefined;
  /** Gives back what kept the file from being complete. */
  close(): Promise<AppError | undefined>;
}

/**
 * Opens the file before anything is sent, readable by its owner only; without a name nothing is kept.
 * @throws AppError usage where the file cannot be written
 */
export async function openTrace(io: Io, file: string | undefined): Promise<Trace> {
  if (file === undefined) return { add: undefined, close: async () => undefined };
  const stream = await openStream(io, file);
  const failures: Error[] = [];
  // A full disk must not end the run, which may be in the middle of its writes.
  stream.on("error", (error) => failures.push(error));
  return {
    add: (exchange) => {
      if (!stream.destroyed)
        stream.write(`${JSON.stringify({ schemaVersion: 1, ...exchangeJson(exchange) })}\n`);
    },
    close: async () => {
      await new Promise<void>((done) => {
        stream.end(() => done());
      });
      return failures[0] === undefined ? undefined : incomplete(file, failures[0]);
    },
  };
}

function incomplete(file: string, cause: Error): AppError {
  return new AppError("failed", `The trace ${file} is not complete: ${cause.message}.`, {
    hint: "Everything else was done as it would have been without a trace.",
    cause,
  });
}

async function openStream(io: Io, file: string): Promise<WriteStream> {
  const path = resolve(io.cwd, file);
  try {
    const handle = await open(path, "w", 0o600);
    return createWriteStream(path, { fd: handle });
  } catch (error) {
    throw new AppError("usage", `The trace ${file} cannot be written: ${fileProblem(error)}.`, {
      hint: "Name a file in a folder that exists and that you may write to.",
      cause: error,
    });
  }
}
