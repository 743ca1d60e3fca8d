/** `--state FILE`: the provider's memory between runs, never half-written. */

import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { AppError } from "../errors.ts";
import { emptyOktaMemory, type OktaMemory } from "../idp/okta/memory.ts";
import { readOktaMemory, requireMemoryOf, writeOktaMemory } from "../idp/okta/memory-json.ts";
import type { JsonValue } from "../json.ts";
import type { Io } from "./io.ts";

export interface MemoryFile {
  /** As the file had it; empty where there is no file yet. */
  readonly memory: OktaMemory;
  /** @throws AppError failed where the file cannot be written any more */
  readonly keep: (memory: OktaMemory) => Promise<void>;
}

/**
 * Opens the memory of a target; without a file nothing outlives the run.
 * @throws AppError invalid-file where it cannot be read or written, or is no memory; refused where it is of another
 * target
 */
export async function openMemory(io: Io, file: string | undefined, target: string): Promise<MemoryFile> {
  if (file === undefined) return { memory: emptyOktaMemory(target), keep: async () => {} };
  const path = resolve(io.cwd, file);
  const text = await readIfThere(path, file);
  const memory = text === undefined ? emptyOktaMemory(target) : readMemory(text, file);
  requireMemoryOf(target, memory);
  await requireWritable(path, file);
  return { memory, keep: (next) => replaceFile(path, file, next) };
}

async function readIfThere(path: string, file: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw unusable(file, "read", error);
  }
}

function readMemory(text: string, file: string): OktaMemory {
  try {
    const value: JsonValue = JSON.parse(text);
    return readOktaMemory(value);
  } catch (error) {
    if (error instanceof SyntaxError) throw unusable(file, "read", error);
    if (!(error instanceof AppError)) throw error;
    const { code, message, hint } = error;
    throw new AppError(code, `${file}: ${message}`, {
      ...(hint === undefined ? {} : { hint }),
      cause: error,
    });
  }
}

/** Found out before anything is sent: people who were provisioned and are not remembered would be linked anew. */
async function requireWritable(path: string, file: string): Promise<void> {
  try {
    await writeFile(beside(path), "", { mode: 0o600 });
    await rm(beside(path));
  } catch (error) {
    throw unusable(file, "written", error);
  }
}

/** Written beside it and then renamed: a run that is killed leaves the old memory or the new one. */
async function replaceFile(path: string, file: string, memory: OktaMemory): Promise<void> {
  try {
    await writeFile(beside(path), `${JSON.stringify(writeOktaMemory(memory), null, 1)}\n`, { mode: 0o600 });
    await rename(beside(path), path);
  } catch (error) {
    const { message } = unusable(file, "written", error);
    throw new AppError("failed", message, {
      hint: "What was provisioned stays: without its memory the next run links to what it finds.",
      cause: error,
    });
  }
}

function beside(path: string): string {
  return `${path}.new`;
}

function unusable(file: string, verb: "read" | "written", error: unknown): AppError {
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError("invalid-file", `The provider's memory ${file} cannot be ${verb}: ${reason}`, {
    hint: "Name a file that an earlier --state wrote, or one that is not there yet.",
    cause: error,
  });
}
