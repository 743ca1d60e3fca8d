/** Files that are written while a command runs: how they are opened, without waiting and without harm. */

import { requireFile } from "./file-kind.ts";
import type { Disk, FileHandle } from "../world/disk.ts";
import type { Io, OutputStream } from "../world/io.ts";
import { isOwnDescriptor } from "./read-pipe.ts";
import { ignoreMissing } from "./system-error.ts";
import { placeOf } from "./whole-file.ts";

/** Standard output or standard error, where the path is one of their names. */
export function standardStream(io: Io, path: string): OutputStream | undefined {
  if (/^\/(?:dev\/stdout|(?:dev|proc\/self)\/fd\/1)$/.test(path)) return io.stdout;
  return /^\/(?:dev\/stderr|(?:dev|proc\/self)\/fd\/2)$/.test(path) ? io.stderr : undefined;
}

/**
 * The file, empty and readable by its owner only, whatever it was before. `pipe`: whether it may be one that the shell
 * hands over: `>(gzip > trace.gz)`.
 * @throws UnusableFile for what is not a file; or what Node says of a file that can't be written
 */
export async function openOutput(
  disk: Disk,
  path: string,
  { pipe }: { readonly pipe: boolean },
): Promise<FileHandle> {
  const mayBePipe = pipe && isOwnDescriptor(path);
  const before = await disk.stat(path).catch(ignoreMissing);
  if (before !== undefined) requireFile(before, { mayBePipe });
  // A pipe of the shell has its reader, and is written to at the pace of that; nothing else may be waited for.
  const handle = await disk.open(path, before?.isFIFO() === true ? "write-pipe" : "write");
  const stats = await handle.stat();
  try {
    requireFile(stats, { mayBePipe });
  } catch (error) {
    await handle.close();
    throw error;
  }
  return stats.isFile() ? emptied(disk, handle, path) : handle;
}

async function emptied(disk: Disk, handle: FileHandle, path: string): Promise<FileHandle> {
  try {
    await handle.chmod(0o600);
    await handle.truncate(0);
    return handle;
  } catch {
    await handle.close();
    return replaced(disk, path);
  }
}

/** Somebody else's file stays readable to them, and some file systems have no modes: then it is replaced. */
async function replaced(disk: Disk, path: string): Promise<FileHandle> {
  const place = await placeOf(disk, path);
  await disk.rm(place);
  return disk.open(place, "create");
}
