/** A repair does not begin while an earlier one of the same organization is unfinished. */

import { AppError } from "../../ground/errors.ts";
import { plural } from "../../ground/text/plural.ts";
import { repairKey } from "../../lock/repair-key.ts";
import { readRecent, type Catalogue } from "../../runs/catalogue.ts";
import type { Outcome } from "../../repair/outcome.ts";
import type { NextStep } from "../../report/next-step.ts";
import { countsOf, stateOf, type RecordedRun } from "../../runs/run.ts";
import type { Target } from "../../target/resolve-target.ts";
import type { Io } from "../../world/io.ts";
import type { Connected } from "../connected.ts";
import type { JournalFlags } from "../flags/options.ts";
import { line, option, remoteArguments, type RepeatedFlags } from "../next/words.ts";
import { folderOfRuns } from "./journalled.ts";

export const dayMs = 86_400_000;

/** The unfinished runs and those of the last 24 hours. @throws AppError refused, where one cannot be read */
export async function recentRuns(io: Io, flags: JournalFlags): Promise<Catalogue["runs"]> {
  const since = new Date(io.clock.now().getTime() - dayMs);
  const { runs, unreadable } = await readRecent(io.disk, folderOfRuns(io, flags), since);
  const [first] = unreadable;
  if (first === undefined) return runs;
  const { problem } = first;
  throw new AppError("refused", `${problem.message} Nothing was changed.`, {
    hint: problem.hint ?? "Move the file away.",
    cause: problem,
  });
}

type Reached = JournalFlags & RepeatedFlags;

/** @throws AppError refused, where a run cannot be read */
async function unfinishedRun(
  { io, target }: Pick<Connected, "io" | "target">,
  flags: JournalFlags,
): Promise<RecordedRun | undefined> {
  if (target.kind === "in-process") return undefined;
  const key = repairKey(target.baseUrl);
  return (await recentRuns(io, flags)).find(
    (one) => one.organization === key && stateOf(one) === "unfinished",
  );
}

function resumeLine(
  target: Target,
  { run }: RecordedRun,
  { state: _state, stateDir, ...reached }: Reached,
): string {
  return line("apply --resume", run, ...remoteArguments(target, reached), option("--state-dir", stateDir));
}

/** After a repair of which something is left: what goes on with it. Undefined where its run is finished, or cannot be read. */
export async function resumeAfter(
  { io, target }: Pick<Connected, "io" | "target">,
  outcomes: readonly Outcome[],
  flags: Reached,
): Promise<NextStep | undefined> {
  if (outcomes.every(({ status }) => status === "done")) return undefined;
  const run = await unfinishedRun({ io, target }, flags).catch((error: unknown) => {
    if (error instanceof AppError) return undefined;
    throw error;
  });
  return run === undefined ? undefined : { kind: "carry-out", command: resumeLine(target, run, flags) };
}

/** @throws AppError refused, naming the command that goes on with it */
export async function refuseUnfinished(
  { io, target }: Pick<Connected, "io" | "target">,
  flags: JournalFlags & RepeatedFlags,
): Promise<void> {
  const run = await unfinishedRun({ io, target }, flags);
  if (run === undefined) return;
  const { done, operations } = countsOf(run);
  const resume = resumeLine(target, run, flags);
  const close = line("runs close", run.run, option("--state-dir", flags.stateDir));
  throw new AppError(
    "refused",
    `Run ${run.run} (${run.command}) of this organization is unfinished: ${done} of ${plural(operations, "operation")} done. Nothing was changed.`,
    { hint: `To go on with it: ${resume}\nTo give it up: ${close}`, isList: true },
  );
}
