/** A file of lines that are on the disk itself before anybody goes on; what is added at the same time is synced once. */

import { codeOf } from "../files/system-error.ts";
import { writeProblem } from "../files/whole-file.ts";
import { AppError } from "../ground/errors.ts";
import type { FileHandle } from "../world/disk.ts";

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (error: AppError) => void;
}

export class LineFile {
  readonly #handle: FileHandle;
  readonly #path: string;
  /** Where the next line begins. */
  #position: number;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #failure: AppError | undefined;

  constructor(handle: FileHandle, path: string, position: number) {
    this.#handle = handle;
    this.#path = path;
    this.#position = position;
  }

  /**
   * Resolves once the line is on the disk. After a failure nothing more is written, so that a torn line is always the last.
   * @throws AppError failed, where it cannot be written
   */
  async add(line: string): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#handle.close();
  }

  /** What comes while the disk is at work goes out together after that. */
  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        if (this.#failure !== undefined) throw this.#failure;
        await this.#write(batch.map(({ line }) => `${line}\n`).join(""));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        this.#failure ??= new AppError("failed", `${this.#path}: ${writeProblem(error)}`, { cause: error });
        for (const { reject } of batch) reject(this.#failure);
      }
    }
    this.#writing = undefined;
  }

  async #write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    let written = 0;
    while (written < bytes.length) {
      const at = this.#position + written;
      written += (await this.#handle.write(bytes, written, bytes.length - written, at)).bytesWritten;
    }
    await this.#sync();
    this.#position += bytes.length;
  }

  /** Some network drives cannot be told to. */
  async #sync(): Promise<void> {
    try {
      await this.#handle.sync();
    } catch (error) {
      if (!withoutSync.has(codeOf(error))) throw error;
    }
  }
}

const withoutSync: ReadonlySet<unknown> = new Set(["ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EINVAL"]);
