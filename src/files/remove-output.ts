/** Removes a file that a command has written and that nobody needs in the end. */

import { resolve } from "node:path";
import type { Io } from "../world/io.ts";
import { standardStream } from "./open-output.ts";
import { ignoreMissing } from "./system-error.ts";
import { placeOf } from "./whole-file.ts";

/** The file itself where the name is a link; what is not a file stays: a pipe of the shell, a standard stream. */
export async function removeOutput(io: Io, file: string): Promise<void> {
  const path = resolve(io.cwd, file);
  if (standardStream(io, path) !== undefined) return;
  const there = await io.disk.stat(path).catch(ignoreMissing);
  if (there?.isFile() !== true) return;
  await io.disk.rm(await placeOf(io.disk, path), { force: true });
}
