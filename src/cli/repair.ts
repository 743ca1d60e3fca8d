/** The one path of every write: plan, guard, show, agree, apply, verify by reading back. */

import { createScimWriter } from "../astro/api/write.ts";
import type { Drift } from "../drift/diff.ts";
import { guardPlan, type GuardOptions } from "../drift/guard.ts";
import type { LeftOutCode, Plan, PlanCommand } from "../drift/plan.ts";
import { applyPlan } from "../repair/apply.ts";
import type { Outcome } from "../repair/outcome.ts";
import { outcomeLine, outcomesText } from "../report/outcome-text.ts";
import { planText, refusalText } from "../report/plan-text.ts";
import { repairJson, type Repair, type RepairStatus } from "../report/repair-json.ts";
import { measureDrift } from "./compare.ts";
import { exitStatus } from "./exit-status.ts";
import type { Io } from "./io.ts";
import { quoted, targetArguments } from "./next-line.ts";
import { outputFormat, type RepairFlags } from "./options.ts";
import { confirmOrDecline } from "./prompt.ts";
import { withSession, type Session, type SessionOptions } from "./session.ts";

export interface RepairCommand {
  readonly name: PlanCommand;
  readonly flags: RepairFlags & { readonly maxDeletions?: number; readonly rolesUnknown?: boolean };
  /** Who was asked for, in the words of the command line; where nobody was, the plan is only shown. */
  readonly asked: readonly string[];
  readonly plan: (drift: Drift) => Plan;
}

/** Plans, and carries out what was agreed to; resolves to the exit status. */
export async function repair(io: Io, command: RepairCommand): Promise<number> {
  const { flags } = command;
  const options: SessionOptions = {
    flags,
    fixtureFile: flags.from,
    defaultFixture: "okta-drift.yaml",
    intent: showsOnly(command) ? "read" : "write",
  };
  return withSession(io, options, async (session) => {
    session.talk.say(`Comparing ${session.fixture.file} with ${session.connection.label}.\n`);
    const plan = command.plan(await measureDrift(session, flags.at));
    const refusals = guardPlan(plan, guardOptions(session, command));
    showPlan(session, flags, plan);
    const outcomes = await carryOut(session, command, { plan, refusals });
    const status = statusOf({ session, command, plan, refusals, outcomes });
    report(session, command, { status, target: targetUrl(session), plan, refusals, outcomes });
    return command.asked.length > 0 ? exitStatuses[status] : exitStatus.usage;
  });
}

function showsOnly({ flags, asked }: RepairCommand): boolean {
  return flags.dryRun === true || asked.length === 0;
}

function guardOptions({ connection, settings, fixture }: Session, { flags }: RepairCommand): GuardOptions {
  return {
    target: { host: connection.host, readOnly: settings.readOnly },
    protect: [...fixture.protect, ...settings.protect],
    maxDeletions: settings.maxDeletions,
    rolesUnknown: flags.rolesUnknown === true,
  };
}

/** The plan is part of the result where that is text; it is shown before the question in any case. */
function showPlan({ io, talk }: Session, flags: RepairFlags, plan: Plan): void {
  if (outputFormat(flags) === "text") io.stdout.write(planText(plan, talk.resultPaint));
  else talk.say(planText(plan, talk.paint));
}

async function carryOut(
  session: Session,
  command: RepairCommand,
  { plan, refusals }: Pick<Repair, "plan" | "refusals">,
): Promise<readonly Outcome[]> {
  if (showsOnly(command) || refusals.length > 0 || plan.operations.length === 0) return [];
  const { io, connection, settings, signal, talk } = session;
  if (command.flags.yes !== true) {
    await confirmOrDecline(
      io,
      `Carry out these ${plan.operations.length} operations on ${connection.label}?`,
    );
  }
  const writer = createScimWriter(connection.send, { target: connection.baseUrl });
  return applyPlan(plan, writer, {
    signal,
    pause: io.sleep,
    concurrency: settings.concurrency,
    strict: command.flags.strictPlan === true,
    onOutcome: (outcome) => talk.say(outcomeLine(outcome, talk.paint)),
  });
}

interface Ending extends Pick<Repair, "plan" | "refusals" | "outcomes"> {
  readonly session: Session;
  readonly command: RepairCommand;
}

function statusOf({ session, command, plan, refusals, outcomes }: Ending): RepairStatus {
  if (refusals.length > 0 && !showsOnly(command)) return "refused";
  if (showsOnly(command)) return "planned";
  if (session.signal.aborted && outcomes.some(({ status }) => status === "not-done")) return "interrupted";
  if (outcomes.some(({ status }) => status !== "done" && status !== "stale")) return "failed";
  if (outcomes.some(({ status }) => status === "stale")) return "stale";
  if (plan.leftOut.some(({ code }) => unmetWish.has(code))) return "failed";
  return plan.operations.length === 0 ? "nothing-to-do" : "done";
}

/** What was asked for by name and is not done by this plan. */
const unmetWish: ReadonlySet<LeftOutCode> = new Set([
  "unknown-name",
  "ambiguous-name",
  "unmappable",
  "not-pushed",
  "protected",
  "not-left-over",
  "left-over",
]);

const exitStatuses: Readonly<Record<RepairStatus, number>> = {
  done: exitStatus.ok,
  "nothing-to-do": exitStatus.ok,
  planned: exitStatus.ok,
  refused: exitStatus.refused,
  stale: exitStatus.refused,
  failed: exitStatus.failed,
  interrupted: exitStatus.interrupted,
};

function report(session: Session, command: RepairCommand, repaired: Repair): void {
  session.talk.result(
    () => `${ending(session, command, repaired)}\n`,
    () => repairJson(repaired),
  );
}

function ending(session: Session, command: RepairCommand, repaired: Repair): string {
  const { refusals, outcomes, plan } = repaired;
  const again = `astro-scim ${command.name}`;
  const where = targetArguments(session);
  const refused = refusals.length === 0 ? [] : [`Refused: ${refusalText(refusals)}`];
  if (command.asked.length === 0) {
    return ["Nothing was changed.", ...refused, `Next: ${again} --all ${where}    (or name one)`].join("\n");
  }
  if (repaired.status === "planned") {
    const next =
      plan.operations.length === 0 ? [] : [`Next: ${again} ${command.asked.map(quoted).join(" ")} ${where}`];
    return ["Nothing was changed: this was a dry run.", ...refused, ...next].join("\n");
  }
  if (refusals.length > 0) return [...refused, "Nothing was changed."].join("\n");
  return [
    `\n${outcomesText(outcomes, session.talk.resultPaint)}${goneNote(session, outcomes)}`,
    `Next: astro-scim diff ${where}`,
  ].join("\n");
}

function goneNote({ target }: Session, outcomes: readonly Outcome[]): string {
  if (target.kind === "remote" || outcomes.length === 0) return "";
  return " The local Astro was inside this process and is gone now; with --url the repair stays.";
}

function targetUrl({ target }: Session): string | null {
  return target.kind === "remote" ? target.baseUrl : null;
}
