/** What runs have taken away lately, as the limits count it. */

import { limitNames, spendings, type Spent } from "../drift/safety/budget.ts";
import { leftUntouched } from "../repair/outcome.ts";
import { operationsOf, type RecordedRun } from "./run.ts";

/**
 * Counts what was written, or may have been, since a time. Not what was asked for by name, what the runs themselves had
 * created, nor what an option of the run allowed beyond the limit.
 */
export function spentSince(runs: readonly RecordedRun[], since: Date): Spent {
  const sums = { deletions: 0, removals: 0, renames: 0 };
  for (const run of runs) {
    const taken = spendings({ ...run.plan, operations: writtenSince(run, since) }, { allowEmpty: [] });
    for (const name of limitNames) {
      if (!run.settings.allowedByOption.includes(name)) sums[name] += taken[name].planned;
    }
  }
  return sums;
}

function writtenSince(run: RecordedRun, since: Date): RecordedRun["plan"]["operations"] {
  const late = new Set(
    run.events.flatMap((event) => {
      const isLate = (event.kind === "intent" || event.kind === "outcome") && new Date(event.at) >= since;
      return isLate ? [event.operation] : [];
    }),
  );
  return operationsOf(run)
    .filter(({ operation: { id }, isBegun, outcome }) => {
      const mayBeWritten = outcome === undefined ? isBegun : !leftUntouched(outcome);
      return mayBeWritten && late.has(id);
    })
    .map(({ operation }) => operation);
}
