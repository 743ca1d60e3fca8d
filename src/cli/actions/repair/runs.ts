/** What `astro-scim runs` does. */

import { AppError } from "../../../ground/errors.ts";
import { exitStatus } from "../../../ground/exit-status.ts";
import { writeWhole } from "../../../files/whole-file.ts";
import { acquireRepairLock } from "../../../lock/repair-lock.ts";
import type { RunOperation, RunReport, RunSummary } from "../../../report/runs/report.ts";
import { readCatalogue, requireRun } from "../../../runs/catalogue.ts";
import { redactedRun } from "../../../runs/redact.ts";
import { countsOf, operationsOf, stateOf, type RecordedRun } from "../../../runs/run.ts";
import { fileOfRun } from "../../../runs/runs-folder.ts";
import { closeRun } from "../../../runs/write-run.ts";
import type { Io } from "../../../world/io.ts";
import type { JournalFlags, OutputFlags } from "../../flags/options.ts";
import { line, option } from "../../next/words.ts";
import { startOutput } from "../../output/command-output.ts";
import { folderOfRuns } from "../../repair/journalled.ts";

export type RunsFlags = JournalFlags & Pick<OutputFlags, "output" | "json" | "verbose">;

/** Lists the runs, the newest first; resolves to the exit status. */
export async function listRuns(io: Io, flags: RunsFlags): Promise<number> {
  const output = await startOutput(io, flags);
  const folder = folderOfRuns(io, flags);
  const { runs, unreadable } = await readCatalogue(io.disk, folder);
  await output.result("runs", {
    folder,
    runs: runs.map(summaryOf).toReversed(),
    unreadable: unreadable.map(({ run, problem }) => ({ id: run, problem: problem.message })),
  });
  return unreadable.length === 0 ? exitStatus.ok : exitStatus.couldNotTell;
}

/** Shows what one run did; resolves to the exit status. */
export async function showRun(io: Io, id: string, flags: RunsFlags): Promise<number> {
  const output = await startOutput(io, flags);
  const run = await requireRun(io.disk, folderOfRuns(io, flags), id);
  await output.result("run", {
    run: summaryOf(run),
    file: run.file,
    operations: operationsOf(run).map(({ operation, isBegun, outcome }): RunOperation => ({
      operation,
      status: outcome?.status ?? (isBegun ? "begun" : "not-begun"),
      reason: outcome?.reason ?? undefined,
      scimId: outcome?.scimId ?? undefined,
    })),
    commands: commandsFor(run, flags),
  });
  return exitStatus.ok;
}

/**
 * Gives up the rest of an unfinished run; resolves to the exit status.
 * @throws AppError refused, while the run is going on
 */
export async function giveUpRun(io: Io, id: string, flags: RunsFlags): Promise<number> {
  const output = await startOutput(io, flags);
  const run = await requireRun(io.disk, folderOfRuns(io, flags), id);
  if (stateOf(run) !== "unfinished") {
    output.say(`Run ${id} is ${stateOf(run)}. Nothing was changed.`);
    return exitStatus.ok;
  }
  const self = { processId: io.processId, since: io.clock.now(), command: "runs" };
  const attempt = await acquireRepairLock(run.organization, self, io.timers);
  if (attempt.kind === "taken") {
    throw new AppError("refused", `A repair of the same organization is running. Nothing was changed.`, {
      hint: "Wait until it has finished.",
    });
  }
  try {
    await closeRun(io, run);
  } finally {
    await attempt.lock.release();
  }
  output.say(`Run ${id} is closed: what it had not done yet is given up.`);
  return exitStatus.ok;
}

export interface PruneFlags extends RunsFlags {
  /** Milliseconds. */
  readonly olderThan: number;
  readonly redactPeople?: boolean;
}

/** Removes old runs, or the people in them; resolves to the exit status. */
export async function pruneRuns(io: Io, flags: PruneFlags): Promise<number> {
  const output = await startOutput(io, flags);
  const folder = folderOfRuns(io, flags);
  const before = new Date(io.clock.now().getTime() - flags.olderThan).toISOString();
  const { runs, unreadable } = await readCatalogue(io.disk, folder);
  const [removed, redacted, kept]: [string[], string[], string[]] = [
    [],
    [],
    unreadable.map(({ run }) => run),
  ];
  for (const run of runs) {
    if (lastTimeOf(run) >= before) continue;
    if (stateOf(run) === "unfinished") {
      kept.push(run.run);
    } else if (flags.redactPeople !== true) {
      await io.disk.rm(fileOfRun(folder, run.run));
      removed.push(run.run);
    } else if (run.redacted !== true) {
      await writeWhole(io, run.file, redactedRun(run), { replace: true });
      redacted.push(run.run);
    }
  }
  await output.result("pruned", { folder, removed, redacted, kept });
  return exitStatus.ok;
}

function lastTimeOf({ at, events }: RecordedRun): string {
  return events.at(-1)?.at ?? at;
}

/** What can be done with a run. */
function commandsFor(run: RecordedRun, { stateDir }: JournalFlags): RunReport["commands"] {
  const where = option("--state-dir", stateDir);
  if (run.redacted === true || run.events.length === 0) return [];
  if (stateOf(run) !== "unfinished") {
    return [{ purpose: "To undo it", command: line("undo", run.run, "--dry-run", where) }];
  }
  return [
    { purpose: "To continue it", command: line("apply --resume", run.run, where) },
    { purpose: "To give the rest up", command: line("runs close", run.run, where) },
  ];
}

function summaryOf(run: RecordedRun): RunSummary {
  const { target } = run.plan;
  return {
    id: run.run,
    at: run.at,
    command: run.command,
    target: target.kind === "local" ? "local" : target.baseUrl,
    state: stateOf(run),
    ...countsOf(run),
    undoes: run.undoes ?? null,
  };
}
