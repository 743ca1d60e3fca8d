/** What can be at a path instead of a file, and why it cannot be used. */

import type { FileStatus } from "../world/disk.ts";

/** Something other than a file, or a file that cannot be used; the message is a clause: `it is a folder`. */
export class UnusableFile extends Error {
  override readonly name = "UnusableFile";
}

/** @throws UnusableFile for anything but a file, or a pipe if that may be */
export function requireFile(stats: FileStatus, { mayBePipe }: { readonly mayBePipe: boolean }): void {
  const problem = mayBePipe && stats.isFIFO() ? undefined : kindProblem(stats);
  if (problem !== undefined) throw new UnusableFile(problem);
}

/** Why it is not a file, as a clause for people; undefined for a file. */
export function kindProblem(stats: FileStatus): string | undefined {
  if (stats.isFile()) return undefined;
  if (stats.isDirectory()) return "it is a folder";
  if (stats.isFIFO()) return "it is a pipe, not a file";
  if (stats.isSocket()) return "it is a socket, not a file";
  if (stats.isCharacterDevice() || stats.isBlockDevice()) return "it is a device, not a file";
  return "it is not a file";
}
