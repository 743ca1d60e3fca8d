/** `--record FILE`: every exchange, as an HTTP Archive that is complete after each of them. */

import { AppError } from "../../ground/errors.ts";
import { harEntry, harFrame, requestedUrl } from "../../recording/har.ts";
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

/**
 * Opens the file before anything is served, readable by its owner only.
 * @throws AppError usage where the file cannot be written
 */
export async function openRecording(io: Io, file: string): Promise<Recording> {
  const frame = harFrame({ name: "astro-scim", version: packageVersion() });
  const archive = await openEntryFile(io, { file, noun: "The recording", frame });
  return {
    add: (exchange, origin) =>
      archive.add(() => JSON.stringify(harEntry(exchange, requestedUrl(exchange.url, origin)))),
    close: async () => {
      const failure = await archive.close();
      if (failure !== undefined) throw incomplete(file, failure);
    },
  };
}

function incomplete(file: string, cause: unknown): AppError {
  return new AppError("failed", `The recording ${file} is not complete: ${fileProblem(cause)}.`, {
    hint: "Requests were answered as usual.",
    cause,
  });
}
