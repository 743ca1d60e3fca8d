/** A plan for people: what would be written, in order, and what is left out and why. */

import type { ChalkInstance } from "chalk";
import { isDeletion, type Operation } from "../../drift/plan/operation.ts";
import type { LeftOut } from "../../drift/plan/left-out.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import { plural } from "../../ground/plural.ts";
import { printable } from "../../ground/printable.ts";

/** The plan as it is shown before the question; ends with a newline. */
export function planText(plan: Plan, paint: ChalkInstance, notes: readonly string[] = []): string {
  const { operations, leftOut, warnings } = plan;
  const lines = [
    ...protectWarnings(warnings).map((warning) => `Warning: ${warning}`),
    ...(warnings.length === 0 ? [] : [""]),
    ...(operations.length === 0
      ? ["Nothing to do."]
      : [paint.bold("Plan"), ...operations.map((one) => operationText(one, paint))]),
    ...(leftOut.length === 0 ? [] : ["", paint.bold("Left out"), ...leftOut.map(leftOutText)]),
    ...(notes.length === 0 ? [] : ["", ...notes.map((note) => `Note: ${printable(note)}`)]),
    ...outsideLine(plan),
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

function operationText(operation: Operation, paint: ChalkInstance): string {
  const sign = isDeletion(operation)
    ? paint.red("-")
    : signs[operation.kind] === "+"
      ? paint.green("+")
      : paint.yellow("~");
  return `  ${sign} ${printable(operation.summary)}`;
}

const signs: Readonly<Record<Operation["kind"], "+" | "~" | "-">> = {
  "create-user": "+",
  "activate-user": "~",
  "update-user": "~",
  "rename-user": "~",
  "create-team": "+",
  "rename-team": "~",
  "add-members": "+",
  "remove-members": "~",
  "delete-team": "-",
  "delete-user": "-",
};

/** `Left alone, because they are outside responsibleFor: 12 accounts and 3 Teams.` */
function outsideLine({ outside: { users, teams } }: Plan): readonly string[] {
  if (users + teams === 0) return [];
  const what = [plural(users, "account"), plural(teams, "Team")].filter((text) => !text.startsWith("0 "));
  return ["", `Left alone, because outside responsibleFor: ${what.join(" and ")}.`];
}

function leftOutText({ kind, name, reason }: LeftOut): string {
  return `  · ${kind === "user" ? "user" : "Team"} ${printable(name)}: ${printable(reason)}`;
}

/** `5 operations, no deletion.`, `3 operations, 1 of them a deletion.` */
function countLine(operations: readonly Operation[]): string {
  const deletions = operations.filter(isDeletion).length;
  const all = plural(operations.length, "operation");
  if (deletions === 0) return `${all}, no deletion.`;
  if (deletions < operations.length) {
    return `${all}, ${deletions === 1 ? "1 of them a deletion" : `${deletions} of them deletions`}.`;
  }
  return `${plural(deletions, "deletion")}, no other operation.`;
}
