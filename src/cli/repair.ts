/** The one path of every write: plan, guard, show, agree, apply, verify by reading back. */

import { createScimWriter } from "../astro/api/write.ts";
import type { Drift } from "../drift/diff.ts";
import { guardPlan, type GuardOptions } from "../drift/guard.ts";
import type { Plan, PlanCommand } from "../drift/plan.ts";
import { applyPlan } from "../repair/apply.ts";
import type { Outcome } from "../repair/outcome.ts";
import { outcomeLine, outcomesText } from "../report/outcome-text.ts";
import { planText, refusalText } from "../report/plan-text.ts";
import { plural } from "../report/plural.ts";
import { repairJson, type Repair } from "../report/repair-json.ts";
import { measureDrift } from "./compare.ts";
import { exitStatus } from "./exit-status.ts";
import type { Io } from "./io.ts";
import { quoted, targetArguments } from "./next-line.ts";
import { outputFormat, type RepairFlags } from "./options.ts";
import { confirmOrDecline } from "./prompt.ts";
import { exitStatusOfRepair, statusOfRepair } from "./repair-status.ts";
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
    const ended = { plan, refusals, outcomes, onlyShown: showsOnly(command) };
    const status = statusOfRepair({ ...ended, isAborted: session.signal.aborted });
    report(session, command, { status, target: targetUrl(session), plan, refusals, outcomes });
    return command.asked.length > 0 ? exitStatusOfRepair[status] : exitStatus.usage;
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

/** The plan is part of the result where that is text. Nobody is asked about a plan that was not shown. */
function showPlan({ io, talk }: Session, flags: RepairFlags, plan: Plan): void {
  if (outputFormat(flags) === "text") io.stdout.write(planText(plan, talk.resultPaint));
  else if (flags.quiet === true && flags.yes !== true) io.stderr.write(planText(plan, talk.paint));
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
      `Carry out ${plural(plan.operations.length, "operation")} on ${connection.label}?`,
    );
  }
  const over = { target: connection.baseUrl };
  return applyPlan(plan, createScimWriter(connection.sendToTheEnd, over), {
    beforehand: createScimWriter(connection.send, over),
    signal,
    pause: io.sleep,
    concurrency: settings.concurrency,
    strict: command.flags.strictPlan === true,
    onOutcome: (outcome) => talk.say(outcomeLine(outcome, talk.paint)),
  });
}

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
    return [
      `Nothing was changed: name ${nameable[command.name]}, or all of them.`,
      ...refused,
      `Next: ${again} --all ${where}`,
    ].join("\n");
  }
  if (repaired.status === "planned") {
    const words = command.asked.map(quoted).join(" ");
    const isPossible = plan.operations.length > 0 && refusals.length === 0;
    const next = isPossible ? [`Next: ${again} ${words} ${where}`] : [];
    return ["Nothing was changed: this was a dry run.", ...refused, ...next].join("\n");
  }
  if (refusals.length > 0) return [...refused, "Nothing was changed."].join("\n");
  return [
    `\n${outcomesText(outcomes, session.talk.resultPaint)}${goneNote(session, outcomes)}`,
    `Next: astro-scim diff ${where}`,
  ].join("\n");
}

/** What the arguments of the commands are. */
const nameable: Readonly<Record<PlanCommand, string>> = {
  "push-group": "a group",
  resync: "a user, or a Team with --team",
  delete: "an account, or a Team with --team",
};

function goneNote({ target }: Session, outcomes: readonly Outcome[]): string {
  if (target.kind === "remote" || outcomes.length === 0) return "";
  return " The local Astro was inside this process and is gone now; with --url the repair stays.";
}

function targetUrl({ target }: Session): string | null {
  return target.kind === "remote" ? target.baseUrl : null;
}
