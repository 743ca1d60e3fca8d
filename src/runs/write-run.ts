/** A run's file while the run goes on: the journal of its writes. */

import { AppError } from "../ground/errors.ts";
import type { Plan } from "../drift/plan/plan.ts";
import { readPlan } from "../plan-file/plan-json.ts";
import { writeProblem } from "../files/whole-file.ts";
import type { Journal } from "../repair/journal.ts";
import type { Outcome } from "../repair/outcome.ts";
import type { World } from "../world/world.ts";
import { LineFile } from "./line-file.ts";
import { runVersion, type RunEvent, type RunLine } from "./lines.ts";
import { resourceJson } from "./resource-json.ts";
import type { RecordedRun } from "./run.ts";
import { newRunId } from "./run-id.ts";
import { fileOfRun, syncFolder } from "./runs-folder.ts";

export interface OpenRun {
  readonly id: string;
  readonly journal: Journal;
  /**
   * The last lines: outcomes of what was not begun, and whether the run was stopped.
   * @throws AppError failed, where they cannot be written
   */
  end(outcomes: readonly Outcome[]): Promise<void>;
  close(): Promise<void>;
}

/** What the first line says beside its version, id and time. */
export interface NewRun extends Pick<
  RunLine,
  "program" | "command" | "asked" | "organization" | "settings" | "undoes"
> {
  readonly plan: Plan;
}

/**
 * Begins a run: its first line is on the disk when this resolves.
 * @throws AppError refused, where the file cannot be written; invalid-file, for a plan that could not be read again
 */
export async function createRun(world: World, folder: string, run: NewRun): Promise<OpenRun> {
  const id = newRunId(world);
  const path = fileOfRun(folder, id);
  // A run that could not be read again could be neither resumed nor undone: it must not begin.
  readPlan(path, JSON.stringify(run.plan));
  const line: RunLine = { kind: "run", version: runVersion, run: id, at: now(world), ...run };
  try {
    const file = new LineFile(await world.disk.open(path, "create"), path, 0);
    await file.add(JSON.stringify(line));
    await syncFolder(world.disk, folder);
    return openRun(world, { run: id, wasBegun: false }, file);
  } catch (error) {
    throw notWritable(path, error);
  }
}

/**
 * Goes on with a run; a line that was cut off is removed.
 * @throws AppError refused, where the file cannot be written
 */
export async function reopenRun(world: World, { run, file, length, events }: RecordedRun): Promise<OpenRun> {
  try {
    const handle = await world.disk.open(file, "write");
    await handle.truncate(length);
    const lines = new LineFile(handle, file, length);
    await lines.add(JSON.stringify({ kind: "resumed", run, at: now(world) } satisfies RunEvent));
    return openRun(world, { run, wasBegun: events.some(({ kind }) => kind === "intent") }, lines);
  } catch (error) {
    throw notWritable(file, error);
  }
}

/**
 * Gives up the rest of a run.
 * @throws AppError refused, where the file cannot be written
 */
export async function closeRun(world: World, { run, file, length }: RecordedRun): Promise<void> {
  try {
    const handle = await world.disk.open(file, "write");
    await handle.truncate(length);
    const lines = new LineFile(handle, file, length);
    await lines.add(JSON.stringify({ kind: "closed", run, at: now(world) } satisfies RunEvent));
    await lines.close();
  } catch (error) {
    throw notWritable(file, error);
  }
}

/** `wasBegun`: an earlier process has written. */
function openRun(
  world: World,
  { run, wasBegun }: { readonly run: string; readonly wasBegun: boolean },
  file: LineFile,
): OpenRun {
  const begun = new Set<string>();
  const add = (event: RunEvent): Promise<void> => file.add(JSON.stringify(event));
  const outcome = ({ operation, status, reason, scimId, fingerprint, errorCode }: Outcome): RunEvent => ({
    kind: "outcome",
    run,
    at: now(world),
    operation: operation.id,
    status,
    reason: reason ?? null,
    scimId: scimId ?? null,
    fingerprint: fingerprint ?? null,
    ...(errorCode === undefined ? {} : { errorCode }),
  });
  return {
    id: run,
    journal: {
      before: async ({ id }, seen, atProvider) => {
        const resource = seen === undefined ? null : resourceJson(seen);
        const provider = atProvider === undefined ? {} : { atProvider };
        await add({ kind: "intent", run, at: now(world), operation: id, resource, ...provider });
        begun.add(id);
      },
      after: async (one) => {
        begun.add(one.operation.id);
        await add(outcome(one));
      },
    },
    end: async (outcomes) => {
      // Where nothing was written, there is nothing to go on with.
      const isStopped = (wasBegun || begun.size > 0) && outcomes.some(({ stopped }) => stopped === true);
      const others = outcomes.filter((one) => !begun.has(one.operation.id) && one.stopped !== true);
      const last: RunEvent = { kind: "end", run, at: now(world), stopped: isStopped };
      await Promise.all([...others.map(outcome), last].map(add));
    },
    close: () => file.close(),
  };
}

function now({ clock }: Pick<World, "clock">): string {
  return clock.now().toISOString();
}

function notWritable(path: string, cause: unknown): AppError {
  const problem = cause instanceof AppError ? cause.message : `${path}: ${writeProblem(cause)}`;
  return new AppError("refused", `The journal cannot be written (${problem}). Nothing was changed.`, {
    hint: "Name another folder with --state-dir.",
    cause,
  });
}
