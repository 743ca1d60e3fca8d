/** What other runs took away in the last 24 hours, from the journal. */

import {
  limitNames,
  limitsNeeded,
  nothingSpent,
  spendings,
  type LimitName,
  type Spent,
} from "../../drift/safety/budget.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import { AppError } from "../../ground/errors.ts";
import { printable } from "../../ground/text/printable.ts";
import { repairKey } from "../../lock/repair-key.ts";
import { runIds } from "../../runs/runs-folder.ts";
import { spentSince } from "../../runs/spent.ts";
import type { Connected } from "../connected.ts";
import type { JournalFlags, RepairFlags } from "../flags/options.ts";
import { folderOfRuns } from "./journalled.ts";
import { dayMs, recentRuns } from "./unfinished.ts";

/**
 * Of runs of the same organization, without the run `except`. Where there is no journal, and the plan takes something away,
 * says that nothing is known of earlier runs.
 * @throws AppError refused, where the file of a run cannot be read
 */
export async function spentRecently(
  { io, target, output }: Pick<Connected, "io" | "target" | "output">,
  plan: Plan,
  flags: JournalFlags & Pick<RepairFlags, "dryRun">,
  except?: string,
): Promise<Spent> {
  if (target.kind === "in-process" || !takesAnything(plan)) return nothingSpent;
  const folder = folderIfAny(io, flags);
  if (folder === undefined || (await runIds(io.disk, folder)).length === 0) {
    const where = folder === undefined ? "" : ` in ${folder}`;
    output.say(
      printable(`There is no earlier run${where}: it is not known what was removed in the last 24 hours.`),
    );
    output.say("");
    return nothingSpent;
  }
  const organization = repairKey(target.baseUrl);
  const others = (await recentRuns(io, flags)).filter(
    (run) => run.organization === organization && run.run !== except,
  );
  return spentSince(others, new Date(io.clock.now().getTime() - dayMs));
}

/** The limits that were raised by an option, and that the plan needs. */
export function allowedByOption(
  plan: Plan,
  flags: Pick<RepairFlags, "maxDeletions" | "maxRemovals" | "maxRenames">,
  spent: Spent,
): LimitName[] {
  const given = { deletions: flags.maxDeletions, removals: flags.maxRemovals, renames: flags.maxRenames };
  return limitsNeeded(plan, spent).filter((name) => given[name] !== undefined);
}

function takesAnything(plan: Plan): boolean {
  const taken = spendings(plan, { allowEmpty: [] });
  return limitNames.some((name) => taken[name].planned > 0);
}

/** A plan that is only shown needs no folder. */
function folderIfAny(io: Connected["io"], flags: JournalFlags): string | undefined {
  try {
    return folderOfRuns(io, flags);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
