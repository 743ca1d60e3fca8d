/** A file that is written as a whole or not at all: beside its place first, under a name that cannot be taken. */

import { basename, dirname, join, resolve } from "node:path";
import type { Disk, FileHandle } from "../world/disk.ts";
import type { Random, World } from "../world/world.ts";
import { requireFile } from "./file-kind.ts";
import { fileProblem } from "./read-small-file.ts";
import { codeOf, ignoreMissing } from "./system-error.ts";

/** What writing a file beside its place takes: the disk, and a name that cannot be taken. */
type DiskAndRandom = Pick<World, "disk" | "random">;

/**
 * Where a path leads: through symbolic links, also to what is not there yet. The links stay what they are when a file
 * is put there.
 * @throws what Node says of a folder that is not there, or of links that lead round in a circle
 */
export async function placeOf(disk: Disk, path: string): Promise<string> {
  const place = join(await disk.realpath(dirname(path)), basename(path));
  const stats = await disk.lstat(place).catch(ignoreMissing);
  if (stats?.isSymbolicLink() !== true) return place;
  const whole = await disk.realpath(place).catch(ignoreMissing);
  return whole ?? placeOf(disk, resolve(dirname(place), await disk.readlink(place)));
}

/**
 * Writing a file would replace what is there, also a device or a pipe.
 * @throws UnusableFile
 */
export async function requireFileOrNothing(disk: Disk, place: string): Promise<void> {
  const stats = await disk.lstat(place).catch(ignoreMissing);
  if (stats !== undefined) requireFile(stats, { mayBePipe: false });
}

/**
 * Finds out whether `writeWhole` can write beside that place, and leaves nothing behind.
 * @throws as `writeWhole`
 */
export async function requireRoomBeside({ disk, random }: DiskAndRandom, path: string): Promise<void> {
  const place = await placeOf(disk, path);
  await requireFileOrNothing(disk, place);
  const beside = nameBeside(random, place);
  await (await disk.open(beside, "create")).close();
  await disk.rm(beside);
}

/**
 * Writes the text, readable by its owner only. A run that is killed leaves what was there or what is written here.
 * @throws UnusableFile where something other than a file is there; what Node says, EEXIST where a file is there that is
 * not to be replaced
 */
export async function writeWhole(
  { disk, random }: DiskAndRandom,
  path: string,
  text: string,
  { replace }: { readonly replace: boolean },
): Promise<void> {
  const written = await writeBeside({ disk, random }, path, text);
  try {
    await written.put({ replace });
  } finally {
    await written.discard();
  }
}

/** A text on the disk that has not its name yet. */
export interface WrittenBeside {
  /** Gives it its name. */
  readonly put: (options: { readonly replace: boolean }) => Promise<void>;
  /** Takes away what a `put` that replaced nothing left there. */
  readonly takeBack: () => Promise<void>;
  /** At the end, whatever happened. */
  readonly discard: () => Promise<void>;
}

/** The first half of `writeWhole`, for several files of which all are written or none. @throws as `writeWhole` */
export async function writeBeside(
  { disk, random }: DiskAndRandom,
  path: string,
  text: string,
): Promise<WrittenBeside> {
  const place = await placeOf(disk, path);
  await requireFileOrNothing(disk, place);
  const beside = nameBeside(random, place);
  const discard = (): Promise<void> => disk.rm(beside, { force: true });
  try {
    await writeToDisk(disk, beside, text);
  } catch (error) {
    await discard();
    throw error;
  }
  return {
    put: ({ replace }) => (replace ? disk.rename(beside, place) : putWhereNothingIs(disk, beside, place)),
    takeBack: () => disk.rm(place, { force: true }),
    discard,
  };
}

/**
 * A link fails where something is there, even if it came a moment ago; renaming would replace it. Where the file system has no
 * links (FAT, some network drives), an empty file takes the name first.
 */
async function putWhereNothingIs(disk: Disk, beside: string, place: string): Promise<void> {
  try {
    await disk.link(beside, place);
  } catch (error) {
    if (!withoutLinks.has(codeOf(error))) throw error;
    await (await disk.open(place, "create")).close();
    try {
      await disk.rename(beside, place);
    } catch (renaming) {
      await disk.rm(place, { force: true });
      throw renaming;
    }
  }
}

/** What Linux, macOS and Windows say of a link on a file system that has none. */
const withoutLinks: ReadonlySet<unknown> = new Set([
  "EPERM",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EISDIR",
  "UNKNOWN",
]);

/** Why a file could not be written, as a clause for people. */
export function writeProblem(error: unknown): string {
  switch (codeOf(error)) {
    case "ENOENT":
      return "there is no such folder";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "EROFS":
      return "the file system is read-only";
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full";
    default:
      return fileProblem(error);
  }
}

/** Always of one length: a file's name has at most 255 bytes. */
function nameBeside({ bytes }: Random, place: string): string {
  return join(dirname(place), `.astro-scim-${Buffer.from(bytes(8)).toString("hex")}.tmp`);
}

/** Some network drives cannot be told to. */
async function syncIfPossible(handle: FileHandle): Promise<void> {
  try {
    await handle.sync();
  } catch (error) {
    if (!withoutSync.has(codeOf(error))) throw error;
  }
}

const withoutSync: ReadonlySet<unknown> = new Set(["ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EINVAL"]);

/** Renamed before it is on the disk, a file could be empty after a power cut. */
async function writeToDisk(disk: Disk, path: string, text: string): Promise<void> {
  const handle = await disk.open(path, "create");
  try {
    await handle.writeFile(text);
    await syncIfPossible(handle);
  } finally {
    await handle.close();
  }
}
