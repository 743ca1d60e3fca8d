/** A repair does not begin while an earlier one of the same organization is unfinished. */

import { AppError } from "../../ground/errors.ts";
import { plural } from "../../ground/plural.ts";
import { repairKey } from "../../lock/repair-key.ts";
import { readRecent, type Catalogue } from "../../runs/catalogue.ts";
import { countsOf, stateOf } from "../../runs/run.ts";
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

/** @throws AppError refused, naming the command that goes on with it */
export async function refuseUnfinished(
  { io, target }: Pick<Connected, "io" | "target">,
  flags: JournalFlags & RepeatedFlags,
): Promise<void> {
  if (target.kind === "in-process") return;
  const key = repairKey(target.baseUrl);
  const run = (await recentRuns(io, flags)).find(
    (one) => one.organization === key && stateOf(one) === "unfinished",
  );
  if (run === undefined) return;
  const { done, operations } = countsOf(run);
  const where = option("--state-dir", flags.stateDir);
  const { state: _state, ...reached } = flags;
  const resume = line("apply --resume", run.run, ...remoteArguments(target, reached), where);
  const close = line("runs close", run.run, where);
  throw new AppError(
    "refused",
    `Run ${run.run} (${run.command}) of this organization is unfinished: ${done} of ${plural(operations, "operation")} done. Nothing was changed.`,
    { hint: `To go on with it: ${resume}\nTo give it up: ${close}`, isList: true },
  );
}
