/** A file that a command makes: whole or not at all, and never over another one by accident. */

import { resolve } from "node:path";
import { AppError } from "../ground/errors.ts";
import type { Disk } from "../world/disk.ts";
import type { Io } from "../world/io.ts";
import { codeOf, isMissing } from "./system-error.ts";
import {
  placeOf,
  requireFileOrNothing,
  writeBeside,
  writeProblem,
  type WrittenBeside,
} from "./whole-file.ts";

export interface NewFileOptions {
  /** Whether a file that is there is replaced. */
  readonly force: boolean;
}

/**
 * Before any work is done for it.
 * @throws AppError refused where the file is there and is not to be replaced; failed if something other than a file is
 */
export async function refuseExisting(io: Io, file: string, { force }: NewFileOptions): Promise<void> {
  const path = resolve(io.cwd, file);
  if (force) return refuseOtherKinds(io.disk, path, file);
  if (await io.disk.exists(path)) throw thereAlready(file);
}

/** A missing folder is reported when the file is written. */
async function refuseOtherKinds(disk: Disk, path: string, file: string): Promise<void> {
  try {
    await requireFileOrNothing(disk, await placeOf(disk, path));
  } catch (cause) {
    if (!isMissing(cause)) throw unwritable(file, cause);
  }
}

/**
 * Writes beside it, and then puts it in its place.
 * @throws AppError refused where the file is there and is not to be replaced; failed where it cannot be written
 */
export async function writeNewFile(
  io: Io,
  file: string,
  text: string,
  { force }: NewFileOptions,
): Promise<void> {
  await writeNewFiles(io, [{ file, text }], { force });
}

/** A file to be written, with its name for messages. */
export interface NewFile {
  readonly file: string;
  readonly text: string;
  /** It is replaced without `force`: whatever is there under this name is an older one. */
  readonly mayBeReplaced?: true;
}

/**
 * Writes several files that belong together, in that order, and none if one of them cannot be written. With `force` a
 * failure after the first was replaced leaves that one replaced.
 * @throws AppError as `writeNewFile`
 */
export async function writeNewFiles(
  io: Io,
  files: readonly NewFile[],
  { force }: NewFileOptions,
): Promise<void> {
  const written: WrittenBeside[] = [];
  const there: WrittenBeside[] = [];
  try {
    for (const { file, text } of files) {
      written.push(await orUnwritable(file, force, () => writeBeside(io, resolve(io.cwd, file), text)));
    }
    for (const [index, one] of written.entries()) {
      const { file = "", mayBeReplaced = false } = files[index] ?? {};
      const replace = force || mayBeReplaced;
      await orUnwritable(file, replace, () => one.put({ replace }));
      if (!replace) there.push(one);
    }
  } catch (error) {
    for (const one of there) await one.takeBack();
    throw error;
  } finally {
    for (const one of written) await one.discard();
  }
}

async function orUnwritable<Result>(
  file: string,
  force: boolean,
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write();
  } catch (cause) {
    if (!force && codeOf(cause) === "EEXIST") throw thereAlready(file);
    throw unwritable(file, cause);
  }
}

function thereAlready(file: string): AppError {
  return new AppError("refused", `${file} already exists; nothing was written.`, {
    hint: "Choose another file, or add --force to overwrite it.",
  });
}

function unwritable(file: string, cause: unknown): AppError {
  return new AppError("failed", `${file} cannot be written: ${writeProblem(cause)}.`, {
    hint: "Choose a file in an existing folder that you can write to.",
    cause,
  });
}
