/** A plan for people: what would be written, in order, and what is left out and why. */

import { isDeletion, type Operation } from "../../drift/plan/operations/operation.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { hanging } from "../layout/hanging.ts";
import { rowLines } from "../layout/rows.ts";
import type { Style } from "../style.ts";
import { leftOutRows } from "./left-out-rows.ts";
import { operationRows } from "./operation-rows.ts";

/** The plan as it is shown before the question; ends with a newline. */
export function planText(plan: Plan, style: Style, notes: readonly string[] = []): string {
  const { operations, leftOut, warnings } = plan;
  const { paint } = style;
  const lines = [
    ...protectWarnings(warnings).flatMap((warning) => hanging("", `Warning: ${warning}`, style)),
    ...(warnings.length === 0 ? [] : [""]),
    ...(operations.length === 0
      ? ["Nothing to do."]
      : [paint.bold("Plan"), ...rowLines(operationRows(operations, style), style)]),
    ...(leftOut.length === 0
      ? []
      : ["", paint.bold("Left out"), ...rowLines(leftOutRows(leftOut, style), style)]),
    ...(notes.length === 0
      ? []
      : ["", ...notes.flatMap((note) => hanging("", `Note: ${printable(note)}`, style))]),
    ...outsideLine(plan, style),
    ...(operations.length === 0 ? [] : ["", countLine(operations)]),
  ];
  return `${lines.join("\n")}\n`;
}

/** Entries of the `protect` list that may not protect what was meant, a sentence each. */
export function protectWarnings(warnings: Plan["warnings"]): readonly string[] {
  return warnings.map(({ entry, problem }) => {
    const name = printable(JSON.stringify(entry));
    return problem === "blanks"
      ? `protect: ${name} has spaces around it; they were ignored.`
      : `protect: ${name} matches no account, no Team and nothing in the directory, so it protects nothing.`;
  });
}

/** `Not changed, because outside responsibleFor: 12 accounts and 3 Teams.` */
function outsideLine({ outside: { users, teams } }: Plan, style: Style): readonly string[] {
  if (users + teams === 0) return [];
  const what = [
    ...(users === 0 ? [] : [plural(users, "account")]),
    ...(teams === 0 ? [] : [plural(teams, "Team")]),
  ];
  return ["", ...hanging("", `Not changed, because outside responsibleFor: ${what.join(" and ")}.`, style)];
}

/** `5 operations, no deletion.`, `3 operations, 1 of them a deletion.` */
function countLine(operations: readonly Operation[]): string {
  const deletions = operations.filter(isDeletion).length;
  const all = plural(operations.length, "operation");
  if (deletions === 0) return `${all}, no deletion.`;
  if (deletions < operations.length) {
    return `${all}, ${deletions === 1 ? "1 of them a deletion" : `${formatCount(deletions)} of them deletions`}.`;
  }
  return `${plural(deletions, "deletion")}, no other operation.`;
}
