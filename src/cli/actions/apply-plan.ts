/** What `astro-scim apply PLAN` does. */

import { namesGiven } from "../../drift/saved/names-given.ts";
import { planAgain } from "../../drift/saved/plan-again.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import type { Refusal } from "../../drift/safety/guard.ts";
import { refuseClashes } from "../../files/distinct-files.ts";
import type { SavedPlan } from "../../plan-file/saved-plan.ts";
import { readAstroNow } from "../../assembly/astro-now.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import { printable } from "../../ground/printable.ts";
import { formatCount } from "../../ground/quantities.ts";
import { hanging } from "../../report/layout/hanging.ts";
import type { Io } from "../../world/io.ts";
import { targetUrl } from "../../target/resolve-target.ts";
import { targetOf, withConnection, type Connected } from "../connected.ts";
import { filesOfTarget } from "../files/files-in-use.ts";
import type { RepairFlags } from "../flags/options.ts";
import { aloneOnThisMachine } from "../lock/alone.ts";
import { afterApply, compareAgain } from "../next/next-steps.ts";
import { streamStyle } from "../output/stream-style.ts";
import { explainRefusal } from "../organization/token-remark.ts";
import { refusalsOf } from "../repair/carry-out.ts";
import { requireJournal } from "../repair/journalled.ts";
import { spentRecently } from "../repair/spent.ts";
import { refuseUnfinished } from "../repair/unfinished.ts";
import { agreeAndCarryOut, iamNotes, showPlan } from "../repair/repair.ts";
import { exitStatusOfRepair, statusOfRepair } from "../repair/repair-status.ts";
import { readSavedPlanFile, requireOwnTarget, requireRecent } from "../repair/saved-plan-file.ts";

export interface ApplyPlanFlags extends Omit<RepairFlags, "from" | "all" | "save"> {
  /** Milliseconds. */
  readonly maxAge: number;
  /** Named when the plan is applied, as a repair names them. */
  readonly user?: readonly string[];
  readonly team?: readonly string[];
}

/** Applies a saved plan; resolves to the exit status. */
export async function applySavedPlan(io: Io, file: string, flags: ApplyPlanFlags): Promise<number> {
  const saved = await readSavedPlanFile(io, file);
  requireRecent(saved, io.clock.now(), flags.maxAge);
  const target = await targetOf(io, flags, flags.dryRun === true ? "read" : "write");
  requireOwnTarget(saved, target);
  await refuseClashes(io, {
    reads: [{ use: "the plan", file }, ...(await filesOfTarget(io, flags, target))],
    writes: flags.trace === undefined ? [] : [{ use: "--trace", file: flags.trace }],
  });
  return withConnection(io, { flags, target, local: {} }, (connected) => {
    const run = (): Promise<number> => applyIn(connected, saved, { file, flags });
    if (flags.dryRun === true) return run();
    return aloneOnThisMachine(connected, "apply", async () => {
      await requireJournal(connected, flags);
      await refuseUnfinished(connected, flags);
      return run();
    });
  });
}

interface Applied {
  readonly file: string;
  readonly flags: ApplyPlanFlags;
}

async function applyIn(connected: Connected, saved: SavedPlan, { file, flags }: Applied): Promise<number> {
  const drift = await readNow(connected, saved, flags);
  const plan = planAgain(saved.plan, drift, { users: flags.user ?? [], teams: flags.team ?? [] });
  const spent = await spentRecently(connected, plan, flags);
  const refusals = [...strictRefusals(plan, flags), ...refusalsOf(connected, plan, flags, spent)];
  const notes = iamNotes(drift);
  const origin = originOf(saved);
  for (const line of hanging("", printable(origin), streamStyle(connected.io, connected.io.stderr, flags))) {
    connected.output.say(line);
  }
  showPlan(connected, flags, { plan, notes });
  const command = { name: "apply", asked: [file], flags } as const;
  const outcomes = await agreeAndCarryOut(connected, command, { plan, refusals, spent });
  const onlyShown = flags.dryRun === true;
  const ended = { plan, notes, refusals, outcomes, onlyShown };
  const status = statusOfRepair({ ...ended, isAborted: connected.signal.aborted });
  await connected.output.result("repair", {
    ...ended,
    status,
    target: targetUrl(connected.target),
    command: "apply",
    readFrom: file,
    origin,
    isAsked: true,
    next: onlyShown
      ? afterApply(connected.target, file, flags)
      : compareAgain(connected.target, saved.source.name, flags),
  });
  return exitStatusOfRepair[status];
}

/** For the person who is asked: what the file says of itself. */
function originOf({ savedAt, source, plan }: SavedPlan): string {
  return `Plan of ${plan.command}, saved ${savedAt} from the directory ${source.name} (fingerprint ${source.fingerprint.slice(0, 12)}).`;
}

/** What the profile protects holds, and what the file adds: a file never makes less of it. */
async function readNow(connected: Connected, { plan }: SavedPlan, flags: ApplyPlanFlags): Promise<Drift> {
  const { connection, settings, signal, output } = connected;
  try {
    const drift = await readAstroNow(connection, {
      attributePaths: plan.attributePaths,
      names: namesGiven(plan),
      protect: [...settings.protect, ...plan.protectedKeys],
      responsibleFor: withoutRepetition([...settings.responsibleFor, ...plan.responsibleFor]),
      concurrency: settings.concurrency,
      textIdsOnly: true,
      api: flags.api,
      signal,
      onPage: (endpoint, read) =>
        output.progress.update(`reading ${endpoint.slice(1)}: ${formatCount(read)}`),
      onIamPage: (path, read, total) => output.progress.update(`reading ${path}: ${read} of ${total}`),
    });
    output.progress.stop();
    return drift;
  } catch (error) {
    throw explainRefusal(error, connected);
  }
}

function withoutRepetition<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

function strictRefusals({ leftOut }: Plan, { strictPlan }: ApplyPlanFlags): readonly Refusal[] {
  const names = leftOut.filter(({ code }) => code === "changed-since").map(({ name }) => name);
  return strictPlan === true && names.length > 0 ? [{ rule: "changed-since", names }] : [];
}
