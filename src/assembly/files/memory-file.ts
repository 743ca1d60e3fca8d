/** `--state FILE`: the provider's memory between runs, never half-written. */

import { resolve } from "node:path";
import type { Scenario } from "../../directory/timeline.ts";
import { AppError } from "../../ground/errors.ts";
import type { JsonObject, JsonValue } from "../../ground/json.ts";
import type { ProviderMemory } from "../../idp/provider-memory.ts";
import { providerOf } from "../../idp/providers.ts";
import { notBegun, type TimelineProgress } from "../../idp/timeline/timeline-progress.ts";
import { UnusableFile } from "../../files/file-kind.ts";
import type { Disk } from "../../world/disk.ts";
import type { Io } from "../../world/io.ts";
import { readMemory, writeMemory, type ReadMemory } from "./memory-form.ts";
import { requireMemoryOfFixture, stepsSeen } from "./memory-owner.ts";
import { fileProblem, readSmallFile } from "../../files/read-small-file.ts";
import { isMissing } from "../../files/system-error.ts";
import { requireRoomBeside, writeProblem, writeWhole } from "../../files/whole-file.ts";

/** 100,000 people take 45 MB of Okta's memory, and 75 MB of Entra's. */
const maxMemoryBytes = 256 * 1024 * 1024;

export interface KeptMemory {
  /** As the file had it; empty where there is no file yet. */
  readonly provider: ProviderMemory;
  /** How far earlier runs have played the timeline. */
  readonly progress: TimelineProgress;
  /**
   * Keeps what the service remembers now, which is asked for only where there is a file.
   * @throws AppError failed where the file cannot be written any more
   */
  readonly keep: (snapshot: () => JsonObject, progress: TimelineProgress) => Promise<void>;
}

/** Which memory is opened. */
export interface MemoryOpening {
  readonly file: string | undefined;
  /** The target whose links it must hold. */
  readonly target: string;
  /** Whose provider it must be of, and whose people it must know. */
  readonly fixture: Scenario;
}

/**
 * Opens the memory of a target and a fixture; without a file nothing outlives the run.
 * @throws AppError invalid-file where it cannot be read or written, or is not a state file; refused where it is of another
 * target or fixture
 */
export async function openMemory(io: Io, { file, target, fixture }: MemoryOpening): Promise<KeptMemory> {
  const { app } = fixture;
  const nothing = async () => ({ provider: await providerOf(app).remembered(undefined), progress: notBegun });
  if (file === undefined) return { ...(await nothing()), keep: async () => {} };
  const path = resolve(io.cwd, file);
  const opening = { file, target, fixture };
  const { provider, progress } = (await readOwnMemory(io.disk, path, opening)) ?? (await nothing());
  await requireWritable(io, path, file);
  return {
    provider,
    progress,
    keep: async (snapshot, played) => {
      const steps = stepsSeen(fixture, played);
      const memory = { idp: app.idp, target, progress: played, snapshot: snapshot(), steps };
      await replaceFile(io, path, file, writeMemory(memory));
    },
  };
}

/**
 * What the provider remembers by a file that must be there, which stays as it is.
 * @throws AppError as `openMemory`
 */
export async function readMemoryFile(
  io: Io,
  opening: MemoryOpening & { readonly file: string },
): Promise<ProviderMemory> {
  const { file } = opening;
  const memory = await readOwnMemory(io.disk, resolve(io.cwd, file), opening);
  if (memory !== undefined) return memory.provider;
  throw unusable(file, "read", new UnusableFile("there is no such file"));
}

/** Undefined where there is no file. */
async function readOwnMemory(
  disk: Disk,
  path: string,
  { file, target, fixture }: MemoryOpening & { readonly file: string },
): Promise<ReadMemory | undefined> {
  const text = await readIfThere(disk, path, file);
  if (text === undefined) return undefined;
  const memory = await parseMemory(text, file, fixture);
  requireMemoryOf(target, memory);
  const linked = memory.provider.linkedUsers();
  requireMemoryOfFixture({ file, steps: memory.steps, linked }, fixture);
  return memory;
}

/** Refuses the memory of another target: its ids would point nowhere, or at somebody else. */
function requireMemoryOf(target: string, memory: ReadMemory): void {
  if (memory.target === target) return;
  throw new AppError("refused", `The state file belongs to ${memory.target}, not to ${target}.`, {
    hint: "Use a different --state file for each target.",
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

async function parseMemory(text: string, file: string, { app }: Scenario): Promise<ReadMemory> {
  try {
    const value: JsonValue = JSON.parse(text);
    return await readMemory(value, app);
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
      hint: "What was provisioned stays; without the state file the next run links to the accounts and Teams that it finds.",
      cause: error,
    });
  }
}

function unusable(file: string, verb: "read" | "written", error: unknown): AppError {
  const problem = verb === "written" ? writeProblem(error) : problemOfReading(error);
  return new AppError("invalid-file", `The state file ${file} cannot be ${verb}: ${problem}.`, {
    hint: "Choose a file that an earlier --state wrote, or a new file.",
    cause: error,
  });
}

/** V8 quotes what it could not read, which may be people. */
function problemOfReading(error: unknown): string {
  return error instanceof SyntaxError ? "it is not JSON" : fileProblem(error);
}
