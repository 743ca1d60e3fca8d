/** What `astro-scim undo` does. */

import { readHeld } from "../../../assembly/read-held.ts";
import { AppError } from "../../../ground/errors.ts";
import { printable } from "../../../ground/text/printable.ts";
import { diff } from "../../../drift/compare/diff.ts";
import { requireTargetOf, type Plan } from "../../../drift/plan/plan.ts";
import type { Outcome } from "../../../repair/outcome.ts";
import type { Repair } from "../../../report/repair/report.ts";
import { planText } from "../../../report/repair/plan-text.ts";
import { readLater, requireRun } from "../../../runs/catalogue.ts";
import { stateOf, type RecordedRun } from "../../../runs/run.ts";
import { targetName, targetUrl } from "../../../target/resolve-target.ts";
import { newIdsFrom, withNewIds } from "../../../undo/made-again.ts";
import { planUndo } from "../../../undo/plan-undo.ts";
import type { Io } from "../../../world/io.ts";
import { targetOf, withConnection, type Connected } from "../../connected.ts";
import type { JournalFlags, OutputFlags, RepairFlags, TargetFlags } from "../../flags/options.ts";
import { aloneOnThisMachine } from "../../lock/alone.ts";
import { afterUndo } from "../../next/next-steps.ts";
import { line, option } from "../../next/words.ts";
import { streamStyle } from "../../output/stream-style.ts";
import { agree, withOutcomeLines } from "../../repair/agree.ts";
import { refusalsOf } from "../../repair/carry-out.ts";
import { carryOutJournalled, folderOfRuns, requireJournal } from "../../repair/journalled.ts";
import { exitStatusOfRepair, statusOfRepair } from "../../repair/repair-status.ts";
import { allowedByOption, spentRecently } from "../../repair/spent.ts";
import { protectedKeys, statedResponsibilities, withTargetOf } from "../../repair/target-of-run.ts";
import { refuseUnfinished } from "../../repair/unfinished.ts";

export interface UndoFlags
  extends
    TargetFlags,
    OutputFlags,
    JournalFlags,
    Pick<
      RepairFlags,
      | "yes"
      | "dryRun"
      | "strictPlan"
      | "concurrency"
      | "rate"
      | "maxDeletions"
      | "maxRemovals"
      | "maxRenames"
      | "allowEmpty"
      | "rolesUnknown"
    > {
  /** Users and Teams that may be made an Organization Owner again. */
  readonly restoreOwner?: readonly string[];
}

/** Puts back what a run changed; resolves to the exit status. */
export async function undo(io: Io, id: string, given: UndoFlags): Promise<number> {
  const run = requireUndoable(await requireRun(io.disk, folderOfRuns(io, given), id), given);
  const flags = withTargetOf(run, given);
  const target = await targetOf(io, flags, "write");
  return withConnection(io, { flags, target, local: {} }, async (connected) => {
    requireTargetOf(run.plan, targetName(target));
    if (flags.dryRun === true) return undoOn(connected, flags, run);
    return aloneOnThisMachine(connected, "undo", async () => {
      await requireJournal(connected, flags);
      await refuseUnfinished(connected, flags);
      return undoOn(connected, flags, run);
    });
  });
}

async function undoOn(connected: Connected, flags: UndoFlags, run: RecordedRun): Promise<number> {
  const { output, signal, target } = connected;
  output.say(printable(`Reading ${connected.connection.label} to undo run ${run.run} (${run.command}).`));
  output.say("");
  const plan = await planOn(connected, flags, run);
  // What it undoes counts once: in this plan.
  const spent = await spentRecently(connected, plan, flags, run.run);
  const refusals = refusalsOf(connected, plan, flags, spent);
  show(connected, flags, plan);
  const isCarriedOut = flags.dryRun !== true && refusals.length === 0 && plan.operations.length > 0;
  const allowed = allowedByOption(plan, flags, spent);
  const outcomes = isCarriedOut ? await carryOut(connected, flags, { run, plan, allowed }) : [];
  const ended: Omit<Repair, "status" | "target"> = { plan, notes: [], refusals, outcomes };
  const onlyShown = flags.dryRun === true;
  const status = statusOfRepair({ ...ended, onlyShown, isAborted: signal.aborted });
  await output.result("repair", {
    ...ended,
    onlyShown,
    status,
    target: targetUrl(target),
    command: "undo",
    isAsked: true,
    next: refusals.length === 0 ? afterUndo(target, { run: run.run, plan }, flags) : undefined,
  });
  return exitStatusOfRepair[status];
}

/** The run's directory is not asked: only what Astro holds now counts. */
async function planOn(connected: Connected, flags: UndoFlags, run: RecordedRun): Promise<Plan> {
  const { io, connection, settings, signal, target } = connected;
  const { held, iam } = await readHeld(connection, {
    attributePaths: run.plan.attributePaths,
    concurrency: settings.concurrency,
    textIdsOnly: true,
    signal,
  });
  const nobody = { users: new Map(), teams: new Map(), unmappable: [] };
  const drift = diff(nobody, held, {
    target: targetName(target),
    protect: protectedKeys(run.plan, connected),
    responsibleFor: statedResponsibilities(run.plan, connected),
    iam,
  });
  const { runs } = await readLater(io.disk, folderOfRuns(io, flags), run.run);
  const ofOrganization = runs.filter(({ organization }) => organization === run.organization);
  return planUndo(withNewIds(run, newIdsFrom(ofOrganization)), drift, flags.restoreOwner);
}

async function carryOut(
  connected: Connected,
  flags: UndoFlags,
  {
    run,
    plan,
    allowed,
  }: {
    readonly run: RecordedRun;
    readonly plan: Plan;
    readonly allowed: ReturnType<typeof allowedByOption>;
  },
): Promise<readonly Outcome[]> {
  const count = plan.operations.length;
  await agree(connected, flags, plan);
  return withOutcomeLines(connected, { count, verbose: flags.verbose }, (onOutcome) =>
    carryOutJournalled(connected, plan, {
      run: { command: "undo", asked: [run.run], flags, allowedByOption: allowed, undoes: run.run },
      strict: flags.strictPlan === true,
      onOutcome,
    }),
  );
}

function requireUndoable(run: RecordedRun, { stateDir }: JournalFlags): RecordedRun {
  if (run.redacted === true) {
    throw new AppError("refused", `Run ${run.run} cannot be undone: people were removed from its file.`);
  }
  if (stateOf(run) !== "unfinished") return run;
  const where = option("--state-dir", stateDir);
  throw new AppError("refused", `Run ${run.run} is unfinished. Nothing was changed.`, {
    hint: `To go on with it: ${line("apply --resume", run.run, where)}\nTo give it up: ${line("runs close", run.run, where)}`,
    isList: true,
  });
}

function show({ io, output }: Connected, flags: UndoFlags, plan: Plan): void {
  if (output.format === "text") io.stdout.write(planText(plan, streamStyle(io, io.stdout, flags)));
  else output.say(planText(plan, streamStyle(io, io.stderr, flags)));
}
