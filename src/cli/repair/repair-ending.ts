/** How the report of a repair ends for people: what was changed, why not, and what to type next. */

import type { Limit } from "../../drift/safety/budget.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import type { RepairCommandName } from "../../drift/plan/selection.ts";
import type { Outcome } from "../../repair/outcome.ts";
import { outcomesText } from "../../report/repair/outcome-text.ts";
import { refusalLines } from "../../report/repair/plan-text.ts";
import { quoted, targetArguments } from "../output/next-line.ts";
import type { RepairFlags } from "../flags/options.ts";
import type { EndedRepair } from "./repair-status.ts";
import type { Session } from "../session.ts";

export interface Asked {
  readonly name: RepairCommandName;
  /** Who was asked for, in the words of the command line. */
  readonly asked: readonly string[];
  readonly flags: RepairFlags;
}

type Ended = Omit<EndedRepair, "isAborted">;

/** The lines below the plan; no line break at the end. */
export function repairEnding(session: Session, command: Asked, ended: Ended): string {
  const { plan, refusals, outcomes, onlyShown } = ended;
  if (command.asked.length === 0) return unaskedEnding(session, command, ended);
  const refused = refusalLines(refusals);
  if (onlyShown) {
    const next = nextLine(session, command);
    const isPossible = plan.operations.length > 0 && refusals.length === 0;
    const dryRun =
      refusals.length === 0
        ? "Nothing was changed: this was a dry run."
        : "Nothing was changed: this was a dry run. Without --dry-run the plan is refused:";
    return [dryRun, ...refused, ...(isPossible ? [next] : [])].join("\n");
  }
  if (refusals.length > 0) return [...refused, "Nothing was changed."].join("\n");
  const came = outcomesText(outcomes, session.output.resultPaint);
  return `\n${came}${goneNote(session, outcomes)}\nNext: astro-scim diff ${targetArguments(session, command.flags)}`;
}

/** Nobody was named: the plan for all was only shown. */
function unaskedEnding(session: Session, command: Asked, { plan, refusals }: Ended): string {
  const { name } = command;
  if (plan.operations.length === 0) return isAllWell(plan) ? allWell[name] : "Nothing was changed.";
  const how = `Nothing was changed: name ${nameable[name]}, or all of them.`;
  return refusals.length > 0
    ? [how, ...refusalLines(refusals)].join("\n")
    : `${how}\n${nextLine(session, { ...command, asked: ["--all"] })}`;
}

/** Some of what is listed is not wrong: it does not count. */
function isAllWell({ leftOut }: Plan): boolean {
  return leftOut.every(({ code }) => code === "unknown-management" || code === "protected-apart");
}

const allWell: Readonly<Record<RepairCommandName, string>> = {
  "push-group": "Every pushed group is in Astro as the directory says.",
  resync: "Nobody is missing in Astro, and nothing differs.",
  delete: "Nothing is left over.",
};

/** What the arguments of the commands are. */
const nameable: Readonly<Record<RepairCommandName, string>> = {
  "push-group": "a group",
  resync: "a user, or a Team with --team",
  delete: "an account, or a Team with --team",
};

function nextLine(session: Session, { name, asked, flags }: Asked): string {
  const words = [...asked.map(quoted), ...allowances(flags), targetArguments(session, flags)];
  return `Next: astro-scim ${name} ${words.join(" ")}`;
}

/** The options that let a plan pass the safety rules: without them the next run would be refused. */
function allowances(flags: RepairFlags): readonly string[] {
  return [
    ...limitOption("--max-deletions", flags.maxDeletions),
    ...limitOption("--max-removals", flags.maxRemovals),
    ...limitOption("--max-renames", flags.maxRenames),
    ...(flags.allowEmpty ?? []).map((team) => `--allow-empty ${quoted(team)}`),
    ...(flags.rolesUnknown === true ? ["--roles-unknown"] : []),
    ...(flags.strictPlan === true ? ["--strict-plan"] : []),
  ];
}

function limitOption(name: string, limit: Limit | undefined): readonly string[] {
  if (limit === undefined) return [];
  return [`${name} ${limit.kind === "count" ? limit.count : `${limit.percent}%`}`];
}

function goneNote({ target }: Session, outcomes: readonly Outcome[]): string {
  if (target.kind === "remote" || outcomes.length === 0) return "";
  return " The local Astro was inside this process and is gone now; with --url the repair stays.";
}
