/** All runs that are kept in a folder. */

import { fileProblem } from "../files/read-small-file.ts";
import { isMissing } from "../files/system-error.ts";
import { AppError } from "../ground/errors.ts";
import type { Disk } from "../world/disk.ts";
import { nothingWritten, readRun } from "./read-run.ts";
import type { RecordedRun } from "./run.ts";
import { isRunId, startOf } from "./run-id.ts";
import { fileOfRun, lastEvent, runIds } from "./runs-folder.ts";
import { stateAfter } from "./run.ts";

export interface Catalogue {
  /** The oldest first. */
  readonly runs: readonly RecordedRun[];
  /** Files of runs that cannot be read. */
  readonly unreadable: readonly UnreadableRun[];
}

export interface UnreadableRun {
  readonly run: string;
  readonly problem: AppError;
}

/** @throws AppError failed, where the folder cannot be read */
export async function readCatalogue(disk: Disk, folder: string): Promise<Catalogue> {
  const runs: RecordedRun[] = [];
  const unreadable: UnreadableRun[] = [];
  for (const run of await idsIn(disk, folder)) await readInto(disk, { folder, run }, { runs, unreadable });
  return { runs, unreadable };
}

/**
 * Runs that began after that one, or in the same second; not the run itself.
 * @throws AppError failed, where the folder cannot be read
 */
export async function readLater(disk: Disk, folder: string, than: string): Promise<Catalogue> {
  const runs: RecordedRun[] = [];
  const unreadable: UnreadableRun[] = [];
  for (const run of await idsIn(disk, folder)) {
    if (run !== than && startOf(run) >= startOf(than))
      await readInto(disk, { folder, run }, { runs, unreadable });
  }
  return { runs, unreadable };
}

/**
 * What a new run has to know: runs that are not finished, and those that wrote since `since`. Others are not read.
 * @throws AppError failed, where the folder cannot be read
 */
export async function readRecent(disk: Disk, folder: string, since: Date): Promise<Catalogue> {
  const runs: RecordedRun[] = [];
  const unreadable: UnreadableRun[] = [];
  for (const run of await idsIn(disk, folder)) {
    const last = await lastEvent(disk, fileOfRun(folder, run)).catch(() => undefined);
    const isOver = last !== undefined && stateAfter(last) !== "unfinished" && new Date(last.at) < since;
    if (!isOver) await readInto(disk, { folder, run }, { runs, unreadable });
  }
  return { runs, unreadable };
}

/**
 * The run with that id.
 * @throws AppError usage for what is no id; not-found; invalid-file
 */
export async function requireRun(disk: Disk, folder: string, run: string): Promise<RecordedRun> {
  const hint = "astro-scim runs lists the runs.";
  if (!isRunId(run)) throw new AppError("usage", `${run} is not the ID of a run.`, { hint });
  const file = fileOfRun(folder, run);
  if (await disk.exists(file)) return readRun(disk, file);
  throw new AppError("not-found", `There is no run ${run} in ${folder}.`, { hint });
}

async function idsIn(disk: Disk, folder: string): Promise<readonly string[]> {
  try {
    return await runIds(disk, folder);
  } catch (error) {
    throw new AppError("failed", `The journal in ${folder} cannot be read: ${fileProblem(error)}.`, {
      cause: error,
    });
  }
}

async function readInto(
  disk: Disk,
  { folder, run }: { readonly folder: string; readonly run: string },
  into: { readonly runs: RecordedRun[]; readonly unreadable: UnreadableRun[] },
): Promise<void> {
  try {
    into.runs.push(await readRun(disk, fileOfRun(folder, run)));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Another process may have removed it.
    if (error.cause !== nothingWritten && !isMissing(error.cause))
      into.unreadable.push({ run, problem: error });
  }
}
