/** How a repair ended, for people: the lines below the plan. What was changed, why not, and what to type next. */

import type { LeftOutCode } from "../../drift/plan/left-out.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import type { RepairCommandName } from "../../drift/plan/selection.ts";
import { printable } from "../../ground/printable.ts";
import { nextLines } from "../next-step.ts";
import type { Style } from "../style.ts";
import { outcomesText } from "./outcome-text.ts";
import { refusalLines } from "./refusal-text.ts";
import type { RepairReport } from "./report.ts";

/** Ends with a newline. */
export function repairText(report: RepairReport, style: Style): string {
  return `${endingLines(report, style).join("\n")}\n`;
}

function endingLines(report: RepairReport, style: Style): readonly string[] {
  if (!report.isAsked) return unaskedLines(report);
  if (report.onlyShown) return dryRunLines(report);
  if (report.refusals.length > 0) return [...refusalLines(report.refusals), "Nothing was changed."];
  const { outcomes, next } = report;
  return ["", outcomesText(outcomes, style.paint), ...linksToMend(report.plan), ...nextLines(next)];
}

/** Beside what was done: without it the next one to leave keeps an active account. */
function linksToMend({ leftOut }: Plan): readonly string[] {
  const links = leftOut.filter(({ code }) => code === "provider-link");
  if (links.length === 0) return [];
  const lines = links.map(
    ({ kind, name, reason }) =>
      `  ${kind === "user" ? "user" : "Team"} ${printable(name)}: ${printable(reason)}`,
  );
  return ["", "Not mended: only the provider's console can do this", ...lines, ""];
}

function dryRunLines({ plan, refusals, next }: RepairReport): readonly string[] {
  if (refusals.length > 0) {
    const refused = "Nothing was changed: this was a dry run. Without --dry-run the plan would be refused:";
    return [refused, ...refusalLines(refusals)];
  }
  const dryRun = "Nothing was changed: this was a dry run.";
  return plan.operations.length > 0 ? [dryRun, ...nextLines(next)] : [dryRun];
}

/** No name was given: the plan for all was only shown. */
function unaskedLines({ command, plan, refusals, next }: RepairReport): readonly string[] {
  if (plan.operations.length === 0) return [isAllWell(plan) ? allWell[command] : "Nothing was changed."];
  const how = `Nothing was changed: name ${nameable[command]}, or use --all.`;
  return [how, ...(refusals.length > 0 ? refusalLines(refusals) : nextLines(next))];
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

const allWell: Readonly<Record<RepairCommandName, string>> = {
  "push-group": "Every pushed group in Astro matches the directory.",
  resync: "No user is missing in Astro, and nothing differs.",
  delete: "Nothing is left over.",
};

/** What the arguments of the commands are. */
const nameable: Readonly<Record<RepairCommandName, string>> = {
  "push-group": "a group",
  resync: "a user, or a Team with --team",
  delete: "an account, or a Team with --team",
};
