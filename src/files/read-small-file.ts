/** Files that the user names and that must end: how they are opened, and how much of them is read. */

import type { Disk, FileHandle } from "../world/disk.ts";
import { requireFile, UnusableFile } from "./file-kind.ts";
import { isOwnDescriptor, readPipe } from "./read-pipe.ts";
import { codeOf } from "./system-error.ts";

/** The file holds more than was allowed. */
export class FileTooLarge extends Error {
  override readonly name = "FileTooLarge";
}

/** What was read may be of two versions of the file. */
export class FileChanged extends Error {
  override readonly name = "FileChanged";
}

export interface ReadOptions {
  /**
   * Whether a pipe may stand in its place that the shell hands over as a file descriptor: `<(pass show astro)`,
   * `/dev/stdin`. A named pipe never may.
   */
  readonly pipe?: "of the shell";
}

/**
 * The text of a file, at most `maxBytes` of it.
 * @throws FileTooLarge; UnusableFile, for what is not a file; or what Node says of a file that can't be read.
 */
export async function readSmallFile(
  disk: Disk,
  path: string,
  maxBytes: number,
  options?: ReadOptions,
): Promise<string> {
  return (await readSmallBytes(disk, path, maxBytes, options)).toString("utf8");
}

/** The same as bytes, for callers that check whether they are text. */
export async function readSmallBytes(
  disk: Disk,
  path: string,
  maxBytes: number,
  { pipe }: ReadOptions = {},
): Promise<Buffer> {
  const mayBePipe = pipe === "of the shell" && isOwnDescriptor(path);
  // Opening a device can do something already, so it is looked at first; and again, for it may be another by then.
  requireFile(await disk.stat(path), { mayBePipe });
  const handle = await disk.open(path, "read");
  try {
    const stats = await handle.stat();
    requireFile(stats, { mayBePipe });
    if (stats.isFIFO()) return bounded(await readPipe(disk, path, maxBytes + 1), maxBytes);
    if (stats.size > maxBytes) throw tooLarge(maxBytes);
    return await readUpTo(handle, maxBytes);
  } finally {
    await handle.close();
  }
}

/**
 * The bytes of a file that holds a part of something larger, and must be whole.
 * @throws FileChanged where it is written meanwhile; the same as `readSmallFile` otherwise
 */
export async function readSteadyBytes(disk: Disk, path: string, maxBytes: number): Promise<Buffer> {
  requireFile(await disk.stat(path), { mayBePipe: false });
  const handle = await disk.open(path, "read");
  try {
    const before = await handle.stat();
    requireFile(before, { mayBePipe: false });
    if (before.size > maxBytes) throw tooLarge(maxBytes);
    const bytes = await readUpTo(handle, maxBytes);
    const after = await handle.stat();
    const isSteady =
      bytes.length === before.size && after.size === before.size && after.mtimeMs === before.mtimeMs;
    if (!isSteady) throw new FileChanged("the file was written");
    return bytes;
  } finally {
    await handle.close();
  }
}

/** In chunks, whatever its size is said to be: files below `/proc` have none. */
async function readUpTo(handle: FileHandle, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, maxBytes + 1 - length));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, bytesRead));
    length += bytesRead;
    if (length > maxBytes) throw tooLarge(maxBytes);
  }
}

const chunkBytes = 64 * 1024;

function bounded(bytes: Buffer, maxBytes: number): Buffer {
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  return bytes;
}

function tooLarge(maxBytes: number): FileTooLarge {
  return new FileTooLarge(`more than ${maxBytes} bytes`);
}

/** Why a file could not be read, as a clause for people. */
export function fileProblem(error: unknown): string {
  if (error instanceof FileTooLarge) return "it is far too large";
  if (error instanceof FileChanged) return "it changed while it was being read";
  if (error instanceof UnusableFile) return error.message;
  const code = codeOf(error);
  const problem = typeof code === "string" ? problems.get(code) : undefined;
  return problem ?? `the system reports ${typeof code === "string" ? code : "a failure"}`;
}

const problems: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["ENOTDIR", "there is no such file"],
  ["EISDIR", "it is a folder"],
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EBUSY", "another program is using it"],
  ["ELOOP", "its symbolic links form a loop"],
  ["EINVAL", "this system does not allow its name"],
  ["ENAMETOOLONG", "its name is too long"],
]);
