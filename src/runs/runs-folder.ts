/** The folder with a file for each run: `runs` in the user's state folder, or in the one of `--state-dir`. */

import { basename, join, resolve } from "node:path";
import { isMissing } from "../files/system-error.ts";
import { requireRoomBeside, writeProblem } from "../files/whole-file.ts";
import { AppError } from "../ground/errors.ts";
import type { Disk, FileHandle } from "../world/disk.ts";
import type { World } from "../world/world.ts";
import { eventSchema, type RunEvent } from "./lines.ts";
import { isRunId } from "./run-id.ts";

/**
 * Where runs are kept.
 * @param stateFolder the user's own; undefined where there is no home folder
 * @throws AppError refused, where there is no such folder at all
 */
export function runsFolder(stateFolder: string | undefined, named: string | undefined, cwd: string): string {
  if (named !== undefined) return join(resolve(cwd, named), "runs");
  if (stateFolder !== undefined) return join(stateFolder, "runs");
  throw new AppError(
    "refused",
    "There is no folder for the journal: neither XDG_STATE_HOME nor HOME is set. Nothing was changed.",
    { hint: "Name a folder with --state-dir." },
  );
}

/**
 * Makes the folder, and finds out whether files can be written there.
 * @throws AppError refused
 */
export async function requireWritable(world: World, folder: string): Promise<void> {
  try {
    await world.disk.mkdir(folder);
    await requireRoomBeside(world, join(folder, "run"));
  } catch (error) {
    throw new AppError(
      "refused",
      `The journal cannot be written to ${folder}: ${writeProblem(error)}. Nothing was changed.`,
      { hint: "Name another folder with --state-dir.", cause: error },
    );
  }
}

export function fileOfRun(folder: string, run: string): string {
  return join(folder, `${run}.ndjson`);
}

/** Ids of all runs, the oldest first. Other files are not looked at. */
export async function runIds(disk: Disk, folder: string): Promise<readonly string[]> {
  try {
    const names = await disk.list(folder);
    return names
      .filter((name) => name.endsWith(".ndjson"))
      .map((name) => basename(name, ".ndjson"))
      .filter(isRunId)
      .toSorted();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** More than the longest of the lines that end a run. */
const tailBytes = 4096;

/** The last complete line, where it is short; a run is judged by it without reading its plan. */
export async function lastEvent(disk: Disk, file: string): Promise<RunEvent | undefined> {
  const handle = await disk.open(file, "read");
  try {
    const { size } = await handle.stat();
    const tail = await readAt(handle, Math.max(0, size - tailBytes), tailBytes);
    const lines = tail
      .subarray(0, tail.lastIndexOf(0x0a) + 1)
      .toString("utf8")
      .split("\n");
    return eventSchema.safeParse(parsed(lines.at(-2) ?? "")).data;
  } finally {
    await handle.close();
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(bytes, read, length - read, position + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return bytes.subarray(0, read);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** So that the name of a new file survives a power cut. Windows cannot open a folder. */
export async function syncFolder(disk: Disk, folder: string): Promise<void> {
  try {
    const handle = await disk.open(folder, "read");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // The lines themselves are on the disk.
  }
}
