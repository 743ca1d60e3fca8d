/** A file that a command makes: whole or not at all, and never over another one by accident. */

import { randomBytes } from "node:crypto";
import { access, link, rename, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { AppError } from "../errors.ts";
import type { Io } from "./io.ts";

export interface NewFileOptions {
  /** Whether a file that is there is replaced. */
  readonly force: boolean;
}

/** @throws AppError refused where the file is there and is not to be replaced */
export async function refuseExisting(io: Io, file: string, { force }: NewFileOptions): Promise<void> {
  if (force) return;
  const isThere = await access(resolve(io.cwd, file)).then(
    () => true,
    () => false,
  );
  if (isThere) throw thereAlready(file);
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
  const path = resolve(io.cwd, file);
  const beside = `${path}.${randomBytes(4).toString("hex")}.new`;
  try {
    await writeFile(beside, text, { flag: "wx" });
    // A link fails where something is there, even if it came a moment ago; renaming would replace it.
    await (force ? rename(beside, path) : link(beside, path));
  } catch (cause) {
    if (!force && codeOf(cause) === "EEXIST") throw thereAlready(file);
    throw new AppError("failed", `${file} cannot be written: ${problemOf(cause)}.`, {
      hint: "Name a file in a folder that is there and may be written.",
      cause,
    });
  } finally {
    await rm(beside, { force: true });
  }
}

function thereAlready(file: string): AppError {
  return new AppError("refused", `${file} is there already; nothing was written.`, {
    hint: "Name another file, or add --force to replace it.",
  });
}

function problemOf(error: unknown): string {
  switch (codeOf(error)) {
    case "ENOENT":
      return "there is no such folder";
    case "EISDIR":
      return "it is a folder";
    default:
      return `the system says ${codeOf(error)}`;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "that it failed";
}
