/** The one path of every write: plan, guard, show, agree, apply, verify by reading back. */

import type { Drift } from "../../drift/compare/diff.ts";
import { unknownLinks } from "../../drift/plan/left-out/links-left.ts";
import { refuseWithoutLink } from "../../drift/plan/left-out/without-link.ts";
import { providerNotes } from "../../drift/provider/plan-notes.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import type { Outcome } from "../../repair/outcome.ts";
import type { Spent } from "../../drift/safety/budget.ts";
import { planText } from "../../report/repair/plan-text.ts";
import type { Repair } from "../../report/repair/report.ts";
import { aloneOnThisMachine } from "../lock/alone.ts";
import { measureDrift } from "../measure-drift.ts";
import { exitStatus } from "../../ground/exit-status.ts";
import type { Io, OutputStream } from "../../world/io.ts";
import type { RepairFlags } from "../flags/options.ts";
import { streamStyle } from "../output/stream-style.ts";
import { agree, withOutcomeLines } from "./agree.ts";
import { refusalsOf } from "./carry-out.ts";
import { chooseWay, routed } from "./choose-way.ts";
import { carryOutJournalled, requireJournal } from "./journalled.ts";
import type { Connected } from "../connected.ts";
import { afterRepair, afterSaving } from "../next/next-steps.ts";
import type { Asked } from "../next/repair-line.ts";
import { targetUrl } from "../../target/resolve-target.ts";
import { allowedByOption, spentRecently } from "./spent.ts";
import { refuseUnfinished, resumeAfter } from "./unfinished.ts";
import { exitStatusOfRepair, statusOfRepair } from "./repair-status.ts";
import { requireSavable, savePlan } from "./save-plan.ts";
import { withSession, type Session, type SessionOptions } from "../session.ts";

export interface RepairCommand extends Asked {
  readonly plan: (drift: Drift) => Plan;
}

/** Plans, and carries out what was agreed to; resolves to the exit status. */
export async function repair(io: Io, command: RepairCommand): Promise<number> {
  const { flags } = command;
  await requireSavable(io, flags);
  const options: SessionOptions = {
    flags,
    saves: flags.save,
    directory: flags.from,
    directoryBy: "from",
    defaultFixture: "okta-drift.yaml",
    intent: showsOnly(command) ? "read" : "write",
  };
  return withSession(io, options, (session) =>
    showsOnly(command)
      ? repairIn(session, command)
      : aloneOnThisMachine(session, command.name, async () => {
          await requireJournal(session, flags);
          await refuseUnfinished(session, flags);
          return repairIn(session, command);
        }),
  );
}

async function repairIn(opened: Session, command: RepairCommand): Promise<number> {
  const { flags } = command;
  const way = await chooseWay(opened, flags);
  const session = way.kind === "provider" ? { ...opened, ways: way.ways } : opened;
  const { drift } = await measureDrift(session, { textIdsOnly: true, api: flags.api, flags });
  const plan = await routed(way, command.plan(drift), drift);
  const spent = await spentRecently(session, plan, flags);
  const refusals = [
    ...refusalsOf(session, plan, flags, spent),
    ...(flags.withoutLink === true ? [] : refuseWithoutLink(plan, drift)),
  ];
  const notes = [
    ...(way.kind === "scim" && way.note !== undefined ? [way.note] : []),
    ...iamNotes(drift),
    ...unknownLinks(drift, plan.operations),
    ...providerNotes(drift, plan.operations),
  ];
  showPlan(session, flags, { plan, notes });
  const savedTo = command.asked.length > 0 ? flags.save : undefined;
  if (savedTo !== undefined) {
    await savePlan(session, { file: savedTo, plan, drift, allowEmpty: flags.allowEmpty });
  }
  const outcomes = await agreeAndCarryOut(session, command, { plan, refusals, spent });
  const ended = { plan, notes, refusals, outcomes, onlyShown: showsOnly(command) };
  const status = statusOfRepair({ ...ended, isAborted: session.signal.aborted });
  await session.output.result("repair", {
    ...ended,
    status,
    target: targetUrl(session.target),
    command: command.name,
    ...(savedTo === undefined ? {} : { savedTo }),
    isAsked: command.asked.length > 0,
    next:
      savedTo === undefined
        ? ((await resumeAfter(session, outcomes, flags)) ??
          afterRepair(session, command, { onlyShown: ended.onlyShown, wasWritten: outcomes.length > 0 }))
        : afterSaving(session, { file: savedTo, plan }, flags),
  });
  return command.asked.length > 0 || status === "nothing-to-do"
    ? exitStatusOfRepair[status]
    : exitStatus.usage;
}

/** What the reader of a plan has to know of Astro's own side. */
export function iamNotes({ iam }: Drift): readonly string[] {
  if (iam.kind !== "unreadable") return [];
  return [
    `${iam.reason}. Roles, invitations and who manages a Team are unknown; --api scim leaves the IAM API out.`,
  ];
}

function showsOnly({ flags, asked }: Agreed): boolean {
  return flags.dryRun === true || flags.save !== undefined || asked.length === 0;
}

/** The plan is part of the result where that is text. There is no question about a plan that was not shown. */
export function showPlan(
  { io, output }: Connected,
  flags: RepairFlags,
  { plan, notes }: Pick<Repair, "plan" | "notes">,
): void {
  const textFor = (stream: OutputStream): string => planText(plan, streamStyle(io, stream, flags), notes);
  if (output.format === "text") io.stdout.write(textFor(io.stdout));
  else if (flags.quiet === true && flags.yes !== true) io.stderr.write(textFor(io.stderr));
  else output.say(textFor(io.stderr));
}

/** What was asked for: a repair, or a plan from a file. */
export interface Agreed {
  readonly name: RepairCommand["name"] | "apply";
  readonly asked: readonly string[];
  readonly flags: RepairFlags;
}

/** Asks where something is to be asked, and carries the plan out. */
export async function agreeAndCarryOut(
  session: Connected,
  command: Agreed,
  { plan, refusals, spent }: Pick<Repair, "plan" | "refusals"> & { readonly spent: Spent },
): Promise<readonly Outcome[]> {
  if (showsOnly(command) || refusals.length > 0 || plan.operations.length === 0) return [];
  const { flags, name, asked } = command;
  await agree(session, flags, plan);
  const count = plan.operations.length;
  return withOutcomeLines(session, { count, verbose: flags.verbose }, (onOutcome) =>
    carryOutJournalled(session, plan, {
      run: { command: name, asked, flags, allowedByOption: allowedByOption(plan, flags, spent) },
      strict: flags.strictPlan === true,
      onOutcome,
    }),
  );
}
