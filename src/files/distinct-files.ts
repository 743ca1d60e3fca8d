/** Checks that no file which a command writes is also one that it reads, or writes for something else, under any name. */

import { basename, dirname, relative, resolve } from "node:path";
import { AppError } from "../ground/errors.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import type { Disk, FileIdentity } from "../world/disk.ts";
import type { Io } from "../world/io.ts";
import { standardStream } from "./open-output.ts";
import { placeOf } from "./whole-file.ts";

/** A file that a command uses. */
export interface UsedFile {
  /** What for, as messages say it: `--trace`, `the fixture`. */
  readonly use: string;
  /** As it was named, from the working folder. */
  readonly file: string;
}

export interface UsedFiles {
  readonly reads: readonly UsedFile[];
  readonly writes: readonly UsedFile[];
}

/**
 * Compares what the names lead to: through links of either kind, in any spelling, there already or not yet. Call it
 * before anything is opened.
 * @throws AppError usage, naming both uses
 */
export async function refuseClashes(io: Io, { reads, writes }: UsedFiles): Promise<void> {
  const readBy = await Promise.all(reads.map((used) => identified(io, used)));
  const writtenBy: Identified[] = [...redirectedOutputs(io)];
  for (const used of writes) {
    const output = await identified(io, used);
    const other = [...readBy, ...writtenBy].find(({ identity }) => identity === output.identity);
    if (output.identity !== undefined && other !== undefined) {
      throw clash(io, { output, other, isRead: readBy.includes(other) });
    }
    writtenBy.push(output);
  }
}

interface Identified extends UsedFile {
  /** The same for two names of one file; undefined for what is not a file, and is refused or passed on as that. */
  readonly identity: string | undefined;
}

async function identified(io: Io, used: UsedFile): Promise<Identified> {
  const path = resolve(io.cwd, used.file);
  return {
    ...used,
    identity: standardStream(io, path) === undefined ? await identityOf(io.disk, path) : undefined,
  };
}

/** The system's number of the file; if there is no file yet, its folder's number and its name. */
async function identityOf(disk: Disk, path: string): Promise<string | undefined> {
  const there = await fileAt(disk, path);
  if (there !== undefined) return there.isFile ? there.number : undefined;
  try {
    const place = await placeOf(disk, path);
    const folder = await fileAt(disk, dirname(place));
    // Some systems treat names as equal that differ only in case or in the spelling of an accent.
    return folder && `${folder.number}/${foldCase(basename(place).normalize("NFC"))}`;
  } catch {
    // There is no such folder: reading or writing it will say so.
    return undefined;
  }
}

async function fileAt(disk: Disk, path: string): Promise<FileIdentity | undefined> {
  try {
    return await disk.identify(path);
  } catch {
    return undefined;
  }
}

/** The files to which the shell sends standard output and standard error, where it does. */
function redirectedOutputs({ outputDescriptors, disk }: Io): readonly Identified[] {
  return outputDescriptors.flatMap(({ use, descriptor }) => {
    try {
      const { isFile, number } = disk.identifyDescriptor(descriptor);
      return isFile ? [{ use, file: "", identity: number }] : [];
    } catch {
      // It is closed.
      return [];
    }
  });
}

interface Clash {
  readonly output: UsedFile;
  readonly other: UsedFile;
  readonly isRead: boolean;
}

function clash(io: Io, { output, other, isRead }: Clash): AppError {
  const { use } = output;
  const [one, same] = [shown(io, output.file), shown(io, other.file)];
  const named = one === same ? use : `${use} ${one}`;
  const what = same === "" ? other.use : `${other.use} ${same}`;
  const message = isRead
    ? `${named} would overwrite ${what}.`
    : `${named} and ${what} are the same file: each would overwrite the other.`;
  return new AppError("usage", message, { hint: `Choose another file for ${use}.` });
}

/** From the working folder, where it is below that. */
function shown({ cwd }: Io, file: string): string {
  if (file === "") return "";
  const path = resolve(cwd, file);
  const fromHere = relative(cwd, path);
  return /^\.\.[\\/]\.\./.test(fromHere) ? path : fromHere;
}
