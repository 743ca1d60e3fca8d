/** A file of entries that is complete after each of them: an HTTP Archive, or one line of JSON for each. */

import { resolve } from "node:path";
import { AppError } from "../ground/errors.ts";
import type { HarFrame } from "../recording/har.ts";
import { UnusableFile } from "./file-kind.ts";
import type { FileHandle } from "../world/disk.ts";
import type { Io, OutputStream } from "../world/io.ts";
import { openOutput, standardStream } from "./open-output.ts";
import { writeProblem } from "./whole-file.ts";

export interface EntryFile {
  /** What making the entry throws is reported at the end: it does not stop the command. */
  add(makeEntry: () => string): void;
  /** Resolves once everything is written; gives back what went wrong first. */
  close(): Promise<unknown>;
}

export interface EntryFileOptions {
  /** As the user named it. */
  readonly file: string;
  /** `The recording`, `The trace`. */
  readonly noun: string;
  /** What stands before, between and after the entries. */
  readonly frame: HarFrame;
}

/**
 * Opens the file, readable by its owner only. Lines without a frame may go to a standard stream (`/dev/stdout`) or into a
 * pipe of the shell, too: where the frame has an end, that must be overwritten.
 * @throws AppError usage where the file cannot be written, or is something other than a file
 */
export async function openEntryFile(io: Io, options: EntryFileOptions): Promise<EntryFile> {
  const { file, frame } = options;
  const path = resolve(io.cwd, file);
  const stream = standardStream(io, path);
  const isPlain = frame.tail === "";
  try {
    if (stream !== undefined) {
      if (isPlain) return linesOf(stream);
      throw new UnusableFile("an archive needs a file of its own");
    }
    const handle = await openOutput(io.disk, path, { pipe: isPlain });
    return new FramedFile(handle, frame, (await handle.stat()).isFile());
  } catch (error) {
    throw unusable(options, error);
  }
}

function linesOf(stream: OutputStream): EntryFile {
  let failure: unknown = undefined;
  return {
    add: (makeEntry) => {
      try {
        stream.write(makeEntry());
      } catch (error) {
        failure ??= error;
      }
    },
    close: async () => failure,
  };
}

/**
 * Each entry is written where the end of the file stood, with the end behind it, in one call to the system. If the
 * process is killed, the file is valid, or ends within its last entry if the system was in the middle of that call
 * (replay/mend-cut.ts reads it). Where the disk is full, what was written of the last entries is taken out again.
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
  /** Why an entry is not there; the others are. */
  #leftOut: unknown = undefined;

  constructor(handle: FileHandle, frame: HarFrame, isRegular: boolean) {
    this.#handle = handle;
    this.#frame = frame;
    this.#isRegular = isRegular;
    this.#waiting = [];
    this.#writing = this.#write(frame.head);
  }

  add(makeEntry: () => string): void {
    try {
      this.#waiting.push(makeEntry());
    } catch (error) {
      this.#leftOut ??= error;
      return;
    }
    // What comes while a write is under way goes into the next one together.
    if (this.#waiting.length === 1) this.#writing = this.#writing.then(() => this.#writeWaiting());
  }

  async close(): Promise<unknown> {
    await this.#writing;
    await this.#handle.close();
    return this.#failure ?? this.#leftOut;
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
      // The failure that led here is the one to report.
    }
  }
}

function unusable({ noun, file }: EntryFileOptions, cause: unknown): AppError {
  return new AppError("usage", `${noun} ${file} cannot be written: ${writeProblem(cause)}.`, {
    hint: "Choose a file in an existing folder that you can write to.",
    cause,
  });
}
