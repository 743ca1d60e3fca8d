/** What `astro-scim apply --resume RUN` does. */

import { AppError } from "../../../ground/errors.ts";
import { plural } from "../../../ground/text/plural.ts";
import { requireTargetOf, type Plan } from "../../../drift/plan/plan.ts";
import type { Spent } from "../../../drift/safety/budget.ts";
import type { Refusal } from "../../../drift/safety/guard.ts";
import type { Outcome } from "../../../repair/outcome.ts";
import { planText } from "../../../report/repair/plan-text.ts";
import { requireRun } from "../../../runs/catalogue.ts";
import { remainingOf, resumedOf } from "../../../runs/resumed.ts";
import { stateOf, type RecordedRun } from "../../../runs/run.ts";
import { reopenRun } from "../../../runs/write-run.ts";
import { targetName, targetUrl } from "../../../target/resolve-target.ts";
import type { Io } from "../../../world/io.ts";
import { targetOf, withConnection, type Connected } from "../../connected.ts";
import type { JournalFlags, OutputFlags, RepairFlags, TargetFlags } from "../../flags/options.ts";
import { aloneOnThisMachine } from "../../lock/alone.ts";
import { streamStyle } from "../../output/stream-style.ts";
import { agree, withOutcomeLines } from "../../repair/agree.ts";
import { carryOutOn, refusalsOf } from "../../repair/carry-out.ts";
import { folderOfRuns, inRun } from "../../repair/journalled.ts";
import { protectedKeys, statedResponsibilities, withTargetOf } from "../../repair/target-of-run.ts";
import type { ProviderFlags } from "../../../target/directory/provider-flags.ts";
import { withProviderOf } from "../../repair/provider-of-plan.ts";
import { spentRecently } from "../../repair/spent.ts";
import { resumeAfter } from "../../repair/unfinished.ts";
import { exitStatusOfRepair, statusOfRepair } from "../../repair/repair-status.ts";

export interface ResumeFlags
  extends
    TargetFlags,
    OutputFlags,
    JournalFlags,
    ProviderFlags,
    Pick<RepairFlags, "yes" | "dryRun" | "concurrency" | "rate"> {}

/** Goes on with an unfinished run; resolves to the exit status. */
export async function resume(io: Io, id: string, flags: ResumeFlags): Promise<number> {
  const folder = folderOfRuns(io, flags);
  const run = requireResumable(await requireRun(io.disk, folder, id));
  const reached = withTargetOf(run, flags);
  const target = await targetOf(io, reached, "write");
  return withConnection(io, { flags: reached, target, local: {} }, (connected) =>
    aloneOnThisMachine(connected, "apply", async () => {
      // Another process may have gone on with it until now.
      const current = requireResumable(await requireRun(io.disk, folder, run.run));
      requireTargetOf(current.plan, targetName(target));
      const operations = remainingOf(current).map(({ operation }) => operation);
      return withProviderOf(connected, { plan: current.plan, operations }, reached, (opened) =>
        resumeOn(opened, reached, current),
      );
    }),
  );
}

async function resumeOn(connected: Connected, flags: ResumeFlags, run: RecordedRun): Promise<number> {
  const { output, signal, target } = connected;
  const plan = protectedToday(run.plan, connected);
  const remaining = remainingOf(run).map(({ operation }) => operation);
  const spent = await spentRecently(connected, plan, flags, run.run);
  const refusals = refusalsOfRun(connected, run, { plan, spent });
  output.say(
    `Resuming run ${run.run} (${run.command}): ${plural(remaining.length, "operation")} of ${plan.operations.length} left. What was begun is read back first.\n`,
  );
  show(connected, flags, { ...plan, operations: remaining, leftOut: [], warnings: [] });
  const outcomes =
    refusals.length > 0 || flags.dryRun === true
      ? []
      : await carryOn(connected, flags, { run, plan, remaining });
  const ended = { plan, notes: [], refusals, outcomes, onlyShown: flags.dryRun === true };
  const status = statusOfRepair({ ...ended, isAborted: signal.aborted });
  await output.result("repair", {
    ...ended,
    status,
    target: targetUrl(target),
    command: "apply",
    isAsked: true,
    next: await resumeAfter(connected, outcomes, flags),
  });
  return exitStatusOfRepair[status];
}

async function carryOn(
  connected: Connected,
  flags: ResumeFlags,
  {
    run,
    plan,
    remaining,
  }: { readonly run: RecordedRun; readonly plan: Plan; readonly remaining: Plan["operations"] },
): Promise<readonly Outcome[]> {
  const count = remaining.length;
  if (count > 0) await agree(connected, flags, { operations: remaining });
  const open = await reopenRun(connected.io, run);
  return withOutcomeLines(connected, { count, verbose: flags.verbose }, (onOutcome) =>
    inRun(connected, open, () =>
      carryOutOn(connected, plan, {
        strict: run.settings.strict,
        journal: open.journal,
        resumed: resumedOf(run),
        onOutcome,
      }),
    ),
  );
}

function requireResumable(run: RecordedRun): RecordedRun {
  if (run.redacted === true) {
    throw new AppError("refused", `Run ${run.run} cannot be resumed: people were removed from its file.`);
  }
  const state = stateOf(run);
  if (state === "unfinished") return run;
  throw new AppError("refused", `Run ${run.run} is ${state}: there is nothing to resume.`, {
    hint: `astro-scim runs show ${run.run} shows what it did.`,
  });
}

/** What is protected now is, whenever the plan was made. */
function protectedToday(plan: Plan, connected: Connected): Plan {
  return {
    ...plan,
    protectedKeys: protectedKeys(plan, connected),
    responsibleFor: statedResponsibilities(plan, connected),
  };
}

/** The rules of the run's first process; a profile may have become read-only since. */
function refusalsOfRun(
  connected: Connected,
  { settings: allowed }: RecordedRun,
  { plan, spent }: { readonly plan: Plan; readonly spent: Spent },
): readonly Refusal[] {
  const settings = { ...connected.settings, limits: allowed.limits };
  return refusalsOf({ ...connected, settings }, plan, allowed, spent);
}

function show({ io, output }: Connected, flags: ResumeFlags, plan: Plan): void {
  if (output.format === "text") io.stdout.write(planText(plan, streamStyle(io, io.stdout, flags)));
  else output.say(planText(plan, streamStyle(io, io.stderr, flags)));
}
