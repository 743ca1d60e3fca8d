/** `--record FILE`: every exchange, as an HTTP Archive that is complete after each of them. */

import { open, type FileHandle } from "node:fs/promises";
import { resolve } from "node:path";
import { AppError } from "../errors.ts";
import { harEntry, harFrame, type HarFrame } from "../recording/har.ts";
import type { ReceivedExchange } from "../server/received.ts";
import type { Io } from "./io.ts";
import { fileProblem } from "./target/read-small-file.ts";
import { packageVersion } from "./version.ts";

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
  const handle = await openFile(resolve(io.cwd, file), file);
  const archive = new Archive(handle, harFrame({ name: "astro-scim", version: packageVersion() }));
  return {
    add: (exchange, origin) => archive.add(JSON.stringify(harEntry(exchange, origin + exchange.url))),
    close: async () => {
      const failure = await archive.close();
      if (failure !== undefined) throw incomplete(file, failure);
    },
  };
}

/**
 * Each entry is written where the end of the archive stood, with the end behind it. Whoever kills the process finds
 * a valid archive; killed in the middle of a write, one whose last line is cut: without it, and with `]}}`, it is
 * valid again.
 */
class Archive {
  readonly #handle: FileHandle;
  readonly #frame: HarFrame;
  #waiting: string[];
  /** Where the end of the archive stands. */
  #position = 0;
  #hasEntries = false;
  #writing: Promise<void>;
  #failure: unknown = undefined;

  constructor(handle: FileHandle, frame: HarFrame) {
    this.#handle = handle;
    this.#frame = frame;
    this.#waiting = [];
    this.#writing = this.#write(frame.head);
  }

  add(entry: string): void {
    this.#waiting.push(entry);
    // What comes while a write is under way goes into the next one together.
    if (this.#waiting.length === 1) this.#writing = this.#writing.then(() => this.#writeWaiting());
  }

  /** Gives back what went wrong first. */
  async close(): Promise<unknown> {
    await this.#writing;
    await this.#handle.close();
    return this.#failure;
  }

  async #writeWaiting(): Promise<void> {
    const { between } = this.#frame;
    const entries = this.#waiting.join(between);
    this.#waiting = [];
    const begin = this.#hasEntries ? between : "";
    this.#hasEntries = true;
    await this.#write(begin + entries);
  }

  async #write(text: string): Promise<void> {
    // After a failure there is no knowing what stands in the file.
    if (this.#failure !== undefined) return;
    const bytes = Buffer.from(text + this.#frame.tail);
    try {
      let written = 0;
      while (written < bytes.length) {
        const left = bytes.length - written;
        written += (await this.#handle.write(bytes, written, left, this.#position + written)).bytesWritten;
      }
      this.#position += bytes.length - Buffer.byteLength(this.#frame.tail);
    } catch (error) {
      this.#failure = error;
    }
  }
}

async function openFile(path: string, file: string): Promise<FileHandle> {
  try {
    const handle = await open(path, "w", 0o600);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
  } catch (error) {
    throw unusable(file, fileProblem(error), error);
  }
  throw unusable(file, "it is no regular file", undefined);
}

function unusable(file: string, problem: string, cause: unknown): AppError {
  return new AppError("usage", `The recording ${file} cannot be written: ${problem}.`, {
    hint: "Name a file in a folder that exists and that you may write to.",
    cause,
  });
}

function incomplete(file: string, cause: unknown): AppError {
  return new AppError("failed", `The recording ${file} is not complete: ${fileProblem(cause)}.`, {
    hint: "Requests were served as they would have been without a recording.",
    cause,
  });
}
