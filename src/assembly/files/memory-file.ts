/** `--state FILE`: the provider's memory between runs, never half-written. */

import { resolve } from "node:path";
import type { RememberedAccount } from "../../drift/safety/protection.ts";
import { AppError } from "../../ground/errors.ts";
import type { Scenario } from "../../directory/timeline.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import type { ProviderMemory } from "../../simulation/simulate.ts";
import { UnusableFile } from "../../files/file-kind.ts";
import type { Disk } from "../../world/disk.ts";
import type { Io } from "../../world/io.ts";
import { requireMemoryOfFixture, stepsSeen } from "./memory-owner.ts";
import { fileProblem, readSmallFile } from "../../files/read-small-file.ts";
import { isMissing } from "../../files/system-error.ts";
import { requireRoomBeside, writeProblem, writeWhole } from "../../files/whole-file.ts";

/** 100,000 people take 45 MB of Okta's memory, and 75 MB of Entra's. */
const maxMemoryBytes = 256 * 1024 * 1024;

/** How a provider's memory is begun, read and written. */
export interface MemoryForm<Memory extends ProviderMemory> {
  readonly empty: (target: string) => Memory;
  /** @throws AppError invalid-file where it is no memory of that provider */
  readonly read: (value: JsonValue) => Memory;
  readonly write: (memory: Memory) => JsonObject;
  /** Object ids of the users who are linked. */
  readonly linked: (memory: Memory) => readonly string[];
  /** Object ids of the groups that are linked, and the SCIM ids of their Teams. */
  readonly linkedTeams: (memory: Memory) => ReadonlyMap<string, string>;
  /** The accounts that are linked, by the userName that was sent last. */
  readonly linkedAccounts: (memory: Memory) => readonly RememberedAccount[];
}

export interface MemoryFile<Memory> {
  /** As the file had it; empty where there is no file yet. */
  readonly memory: Memory;
  /** @throws AppError failed where the file cannot be written any more */
  readonly keep: (memory: Memory) => Promise<void>;
}

/** Which memory is opened. */
export interface MemoryOpening<Memory extends ProviderMemory> {
  readonly form: MemoryForm<Memory>;
  readonly file: string | undefined;
  /** The target whose links it must hold. */
  readonly target: string;
  /** Whose people it must know. */
  readonly fixture: Scenario;
}

/**
 * Opens the memory of a target and a fixture; without a file nothing outlives the run.
 * @throws AppError invalid-file where it cannot be read or written, or is no memory; refused where it is of another
 * target or fixture
 */
export async function openMemory<Memory extends ProviderMemory>(
  io: Io,
  { form, file, target, fixture }: MemoryOpening<Memory>,
): Promise<MemoryFile<Memory>> {
  if (file === undefined) return { memory: form.empty(target), keep: async () => {} };
  const path = resolve(io.cwd, file);
  const memory = (await readOwnMemory(io.disk, path, { form, file, target, fixture })) ?? form.empty(target);
  await requireWritable(io, path, file);
  const written = (next: Memory): JsonObject => ({ ...form.write(next), ...stepsSeen(fixture, next) });
  return { memory, keep: (next) => replaceFile(io, path, file, written(next)) };
}

/**
 * The memory in a file that must be there, which stays as it is.
 * @throws AppError as `openMemory`
 */
export async function readMemoryFile<Memory extends ProviderMemory>(
  io: Io,
  opening: MemoryOpening<Memory> & { readonly file: string },
): Promise<Memory> {
  const { file } = opening;
  const memory = await readOwnMemory(io.disk, resolve(io.cwd, file), opening);
  if (memory !== undefined) return memory;
  throw unusable(file, "read", new UnusableFile("there is no such file"));
}

/** Undefined where there is no file. */
async function readOwnMemory<Memory extends ProviderMemory>(
  disk: Disk,
  path: string,
  { form, file, target, fixture }: MemoryOpening<Memory> & { readonly file: string },
): Promise<Memory | undefined> {
  const text = await readIfThere(disk, path, file);
  if (text === undefined) return undefined;
  const { memory, steps } = readMemory(text, file, form);
  requireMemoryOf(target, memory);
  requireMemoryOfFixture({ file, steps, linked: form.linked(memory) }, fixture);
  return memory;
}

/** Refuses the memory of another target: its ids would point nowhere, or at somebody else. */
function requireMemoryOf(target: string, memory: ProviderMemory): void {
  if (memory.target === target) return;
  throw new AppError("refused", `The provider's memory is of ${memory.target}, not of ${target}.`, {
    hint: "Name another file with --state, one for each target.",
  });
}

async function readIfThere(disk: Disk, path: string, file: string): Promise<string | undefined> {
  try {
    return await readSmallFile(disk, path, maxMemoryBytes);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unusable(file, "read", error);
  }
}

function readMemory<Memory extends ProviderMemory>(
  text: string,
  file: string,
  form: MemoryForm<Memory>,
): { readonly memory: Memory; readonly steps: JsonValue } {
  try {
    const value: JsonValue = JSON.parse(text);
    return { memory: form.read(value), steps: (isJsonObject(value) ? value["steps"] : undefined) ?? null };
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

/** Found out before anything is sent: people who were provisioned and are not remembered would be linked again. */
async function requireWritable(io: Io, path: string, file: string): Promise<void> {
  await requireRoomBeside(io, path).catch((error: unknown) => {
    throw unusable(file, "written", error);
  });
}

/** A run that is killed leaves the old memory or the new one. */
async function replaceFile(io: Io, path: string, file: string, memory: JsonObject): Promise<void> {
  try {
    await writeWhole(io, path, `${JSON.stringify(memory, null, 1)}\n`, { replace: true });
  } catch (error) {
    const { message } = unusable(file, "written", error);
    throw new AppError("failed", message, {
      hint: "What was provisioned stays: without its memory the next run links to what it finds.",
      cause: error,
    });
  }
}

function unusable(file: string, verb: "read" | "written", error: unknown): AppError {
  const problem = verb === "written" ? writeProblem(error) : problemOfReading(error);
  return new AppError("invalid-file", `The provider's memory ${file} cannot be ${verb}: ${problem}.`, {
    hint: "Name a file that an earlier --state wrote, or one that is not there yet.",
    cause: error,
  });
}

/** V8 quotes what it could not read, which may be people. */
function problemOfReading(error: unknown): string {
  return error instanceof SyntaxError ? "it is not JSON" : fileProblem(error);
}
