/** What `astro-scim apply PLAN` does. */

import { namesGiven } from "../../../drift/saved/names-given.ts";
import { planEverything } from "../../../drift/plan/plan-everything.ts";
import { planAgain } from "../../../drift/saved/plan-again.ts";
import type { Plan } from "../../../drift/plan/plan.ts";
import { refuseCreatedWithoutLink, refuseWithoutLink } from "../../../drift/plan/left-out/without-link.ts";
import type { Refusal } from "../../../drift/safety/guard.ts";
import { refuseClashes } from "../../../files/distinct-files.ts";
import type { SavedPlan } from "../../../plan-file/saved-plan.ts";
import { readAstroNow } from "../../../assembly/astro-now.ts";
import type { Drift } from "../../../drift/compare/diff.ts";
import { printable } from "../../../ground/text/printable.ts";
import { formatCount } from "../../../ground/text/quantities.ts";
import { hanging } from "../../../report/layout/hanging.ts";
import type { Io } from "../../../world/io.ts";
import { targetUrl } from "../../../target/resolve-target.ts";
import { targetOf, withConnection, type Connected } from "../../connected.ts";
import { filesOfTarget } from "../../files/files-in-use.ts";
import type { RepairFlags } from "../../flags/options.ts";
import { aloneOnThisMachine } from "../../lock/alone.ts";
import { afterApply, compareAgain } from "../../next/next-steps.ts";
import { streamStyle } from "../../output/stream-style.ts";
import { explainRefusal } from "../../organization/token-remark.ts";
import { refusalsOf } from "../../repair/carry-out.ts";
import { requireJournal } from "../../repair/journalled.ts";
import { requireProviderOf, waysOfPlan } from "../../repair/provider-of-plan.ts";
import { spentRecently } from "../../repair/spent.ts";
import { withSession, type SessionOptions } from "../../session.ts";
import { measureDrift } from "../../measure-drift.ts";
import { sourceFingerprint } from "../../../plan-file/source-fingerprint.ts";
import { withDirectory } from "../../../drift/saved/with-directory.ts";
import { refuseUnfinished } from "../../repair/unfinished.ts";
import { agreeAndCarryOut, iamNotes, showPlan } from "../../repair/repair.ts";
import { exitStatusOfRepair, statusOfRepair } from "../../repair/repair-status.ts";
import { readSavedPlanFile, requireOwnTarget, requireRecent } from "../../repair/saved-plan-file.ts";

export interface ApplyPlanFlags extends Omit<RepairFlags, "all" | "save"> {
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
  requireProviderOf(saved.plan, flags);
  await refuseClashes(io, {
    reads: [{ use: "the plan", file }, ...(await filesOfTarget(io, flags, target))],
    writes: flags.trace === undefined ? [] : [{ use: "--trace", file: flags.trace }],
  });
  const applied = { file, flags };
  if (flags.from === undefined) {
    return withConnection(io, { flags, target, local: {} }, (connected) =>
      applyAlone(connected, flags, () => applyIn(connected, saved, applied)),
    );
  }
  const options: SessionOptions = {
    flags,
    directory: flags.from,
    directoryBy: "from",
    defaultFixture: "okta-drift.yaml",
    intent: flags.dryRun === true ? "read" : "write",
  };
  return withSession(io, options, (session) =>
    applyAlone(session, flags, async () => {
      const ways = await waysOfPlan(session, saved.plan, flags);
      const { drift } = await measureDrift(session, { textIdsOnly: true, api: flags.api, flags });
      if (ways === undefined) return applyIn(session, saved, { ...applied, directory: drift });
      const routed = await ways.route(planEverything(drift), drift);
      return applyIn({ ...session, ways }, saved, { ...applied, directory: drift, routed });
    }),
  );
}

async function applyAlone(
  connected: Connected,
  flags: ApplyPlanFlags,
  run: () => Promise<number>,
): Promise<number> {
  if (flags.dryRun === true) return run();
  return aloneOnThisMachine(connected, "apply", async () => {
    await requireJournal(connected, flags);
    await refuseUnfinished(connected, flags);
    return run();
  });
}

interface Applied {
  readonly file: string;
  readonly flags: ApplyPlanFlags;
  /** The directory compared with Astro, where it was read again. */
  readonly directory?: Drift;
  /** What the provider would be asked for now, where the plan goes through it. */
  readonly routed?: Plan;
}

async function applyIn(
  connected: Connected,
  saved: SavedPlan,
  { file, flags, directory, routed }: Applied,
): Promise<number> {
  const drift = await readNow(connected, saved, flags);
  const again = planAgain(saved.plan, drift, { users: flags.user ?? [], teams: flags.team ?? [] });
  const plan = directory === undefined ? again : withDirectory(again, directory, routed);
  const spent = await spentRecently(connected, plan, flags);
  const refusals = [
    ...strictRefusals(plan, flags),
    ...refusalsOf(connected, plan, flags, spent),
    ...linkRefusals(plan, saved, { flags, directory }),
  ];
  const notes = [...iamNotes(drift), directoryNote(saved, directory)];
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

function linkRefusals(
  plan: Plan,
  { source }: SavedPlan,
  { flags, directory }: { readonly flags: ApplyPlanFlags; readonly directory: Drift | undefined },
): readonly Refusal[] {
  if (flags.withoutLink === true) return [];
  return directory === undefined
    ? refuseCreatedWithoutLink(plan, source.name)
    : refuseWithoutLink(plan, directory);
}

/** Whether somebody who has joined or left since the plan was saved can be known of. */
function directoryNote({ source }: SavedPlan, directory: Drift | undefined): string {
  if (directory === undefined) {
    return "The directory was not read again: who has joined or left since the plan was saved is not known. --from SOURCE reads it.";
  }
  return sourceFingerprint(directory.expected) === source.fingerprint
    ? "The directory is as it was when the plan was saved."
    : "The directory has changed since the plan was saved: what it no longer asks for is left out.";
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
