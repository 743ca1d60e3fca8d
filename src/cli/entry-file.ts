/** A file of entries that is complete after each of them: an HTTP Archive, or one line of JSON for each. */

import { open, type FileHandle } from "node:fs/promises";
import { AppError } from "../errors.ts";
import type { HarFrame } from "../recording/har.ts";
import { fileProblem } from "./target/read-small-file.ts";

export interface EntryFile {
  add(entry: string): void;
  /** Resolves once everything is written; gives back what went wrong first. */
  close(): Promise<unknown>;
}

export interface EntryFileOptions {
  /** As the user named it, for messages. */
  readonly name: string;
  /** `The recording`, `The trace`. */
  readonly noun: string;
  /** What stands before, between and after the entries. */
  readonly frame: HarFrame;
}

/**
 * Opens the file, readable by its owner only.
 * @throws AppError usage where the file cannot be written, or is a pipe or device and the frame has an end that must
 * be overwritten
 */
export async function openEntryFile(path: string, options: EntryFileOptions): Promise<EntryFile> {
  const { frame } = options;
  try {
    const handle = await open(path, "w", 0o600);
    const isRegular = (await handle.stat()).isFile();
    if (isRegular || frame.tail === "") return new FramedFile(handle, frame, isRegular);
    await handle.close();
  } catch (error) {
    throw unusable(options, fileProblem(error), error);
  }
  throw unusable(options, "it is no regular file", undefined);
}

/**
 * Each entry is written where the end of the file stood, with the end behind it. Whoever kills the process finds a
 * valid file; where the disk is full, what was written of the last entries is taken out again.
 */
class FramedFile implements EntryFile {
  readonly #handle: FileHandle;
  readonly #frame: HarFrame;
  readonly #isRegular: boolean;
  #waiting: string[];
  /** Where the end of the frame stands. */
  #position = 0;
  #hasEntries = false;
  #writing: Promise<void>;
  #failure: unknown = undefined;

  constructor(handle: FileHandle, frame: HarFrame, isRegular: boolean) {
    this.#handle = handle;
    this.#frame = frame;
    this.#isRegular = isRegular;
    this.#waiting = [];
    this.#writing = this.#write(frame.head);
  }

  add(entry: string): void {
    this.#waiting.push(entry);
    // What comes while a write is under way goes into the next one together.
    if (this.#waiting.length === 1) this.#writing = this.#writing.then(() => this.#writeWaiting());
  }

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
    if (this.#failure !== undefined) return;
    const { tail } = this.#frame;
    try {
      await this.#writeAt(this.#position, text + tail);
      this.#position += Buffer.byteLength(text);
    } catch (error) {
      this.#failure = error;
      await this.#takeBack();
    }
  }

  async #writeAt(position: number, text: string): Promise<void> {
    const bytes = Buffer.from(text);
    let written = 0;
    while (written < bytes.length) {
      // A pipe has no positions: there it goes on where it stopped.
      const at = this.#isRegular ? position + written : null;
      written += (await this.#handle.write(bytes, written, bytes.length - written, at)).bytesWritten;
    }
  }

  /** What was complete before is so again: its end had room. */
  async #takeBack(): Promise<void> {
    if (!this.#isRegular) return;
    try {
      await this.#handle.truncate(this.#position);
      await this.#writeAt(this.#position, this.#frame.tail);
    } catch {
      // The failure that led here is the one that is told.
    }
  }
}

function unusable({ noun, name }: EntryFileOptions, problem: string, cause: unknown): AppError {
  return new AppError("usage", `${noun} ${name} cannot be written: ${problem}.`, {
    hint: "Name a file in a folder that exists and that you may write to.",
    cause,
  });
}
