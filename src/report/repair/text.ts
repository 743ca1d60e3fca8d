/** How a repair ended, for people: the lines below the plan. What was changed, why not, and what to type next. */

import type { LeftOutCode } from "../../drift/plan/left-out/left-out.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import { nameList } from "../../ground/text/name-list.ts";
import { printable } from "../../ground/text/printable.ts";
import { nextLines } from "../next-step.ts";
import type { Style } from "../style.ts";
import { hanging } from "../layout/hanging.ts";
import { rowLines } from "../layout/rows.ts";
import { leftOutRows } from "./left-out-rows.ts";
import { outcomesText } from "./outcome-text.ts";
import { refusalLines } from "./refusal-text.ts";
import type { RepairReport } from "./report.ts";

/** Ends with a newline. */
export function repairText(report: RepairReport, style: Style): string {
  return `${endingLines(report, style).join("\n")}\n`;
}

function endingLines(report: RepairReport, style: Style): readonly string[] {
  if (!report.isAsked) return unaskedLines(report, style);
  if (report.onlyShown) return dryRunLines(report, style);
  if (report.refusals.length > 0) return [...refused(report, style), "Nothing was changed."];
  const { outcomes, plan, next } = report;
  return ["", outcomesText(outcomes, style), ...linksToRepair(plan, style), ...nextLines(next, style)];
}

/** Beside what was done: without it the next one to leave keeps an active account. */
function linksToRepair({ leftOut }: Plan, style: Style): readonly string[] {
  const links = leftOut.filter(({ code }) => code === "provider-link");
  if (links.length === 0) return [];
  const title = "Not repaired: only the provider's console can do this";
  return ["", title, ...rowLines(leftOutRows(links, style), style), ""];
}

function refused({ refusals }: Pick<RepairReport, "refusals">, style: Style): readonly string[] {
  return refusalLines(refusals).flatMap((line) => hanging("", line, style));
}

function dryRunLines({ plan, refusals, next, savedTo }: RepairReport, style: Style): readonly string[] {
  if (savedTo !== undefined) return savedLines({ plan, refusals, next, savedTo }, style);
  if (refusals.length > 0) {
    const why = "Nothing was changed: this was a dry run. Without --dry-run the plan would be refused:";
    return [...hanging("", why, style), ...refused({ refusals }, style)];
  }
  const dryRun = "Nothing was changed: this was a dry run.";
  return plan.operations.length > 0
    ? [dryRun, ...nextLines(next, style)]
    : [dryRun, ...notDoneLines(plan, style)];
}

function savedLines(
  {
    plan,
    refusals,
    next,
    savedTo,
  }: Pick<RepairReport, "plan" | "refusals" | "next"> & { readonly savedTo: string },
  style: Style,
): readonly string[] {
  const saved = `Nothing was changed: the plan was saved to ${printable(savedTo)}.`;
  const lines = hanging("", saved, style);
  if (refusals.length > 0) {
    return [
      ...lines,
      "It would be refused as it is:",
      ...refused({ refusals }, style),
      ...nextLines(next, style),
    ];
  }
  return plan.operations.length > 0
    ? [...lines, ...nextLines(next, style)]
    : [...lines, ...notDoneLines(plan, style)];
}

/** Why the exit status says that something is wrong, where a plan has no operation. */
function notDoneLines({ leftOut }: Plan, style: Style): readonly string[] {
  const named = (code: LeftOutCode): string =>
    nameList(leftOut.filter((one) => one.code === code).map(({ name }) => printable(name)));
  const [unknown, kept] = [named("unknown-name"), named("protected")];
  return [
    ...(unknown === "" ? [] : [`Not found: ${unknown}.`]),
    ...(kept === "" ? [] : [`Refused: protected, so never changed: ${kept}.`]),
  ].flatMap((line) => hanging("", line, style));
}

/** No name was given: the plan for all was only shown. */
function unaskedLines({ command, plan, refusals, next }: RepairReport, style: Style): readonly string[] {
  if (command === "apply" || command === "undo") return ["Nothing was changed."];
  if (plan.operations.length === 0) return [isAllWell(plan) ? allWell[command] : "Nothing was changed."];
  const how = `Nothing was changed: name ${nameable[command]}, or use --all.`;
  return [how, ...(refusals.length > 0 ? refused({ refusals }, style) : nextLines(next, style))];
}

const noDifference: ReadonlySet<LeftOutCode> = new Set([
  "unknown-management",
  "protected-apart",
  "sso-only-members",
]);

/** Some of what is listed is not wrong: it does not count. */
function isAllWell({ leftOut }: Plan): boolean {
  return leftOut.every(({ code }) => noDifference.has(code));
}

const allWell: Readonly<Record<RepairReport["command"], string>> = {
  "push-group": "Every pushed group in Astro matches the directory.",
  resync: "No user is missing in Astro, and nothing differs.",
  delete: "Nothing is orphaned.",
  apply: "Nothing in the plan is left to do.",
  undo: "Nothing is left to undo.",
};

/** What the arguments of the commands are. */
const nameable: Readonly<Record<RepairReport["command"], string>> = {
  "push-group": "a group",
  resync: "a user, or a Team with --team",
  delete: "an account, or a Team with --team",
  apply: "a plan",
  undo: "a run",
};
