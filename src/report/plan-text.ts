/** A plan for people: what would be written, in order, and what is left out and why. */

import type { ChalkInstance } from "chalk";
import type { Refusal } from "../drift/guard.ts";
import { isDeletion, type Operation } from "../drift/operation.ts";
import type { LeftOut, Plan } from "../drift/plan.ts";
import { plural } from "./plural.ts";
import { printable } from "./printable.ts";

/** The plan as it is shown before the question; ends with a newline. */
export function planText(plan: Plan, paint: ChalkInstance): string {
  const { operations, leftOut } = plan;
  const lines = [
    ...(operations.length === 0
      ? ["Nothing to do."]
      : [paint.bold("Plan"), ...operations.map((one) => operationText(one, paint))]),
    ...(leftOut.length === 0 ? [] : ["", paint.bold("Left out"), ...leftOut.map(leftOutText)]),
    "",
    countLine(operations),
  ];
  return `${lines.join("\n")}\n`;
}

/** Why a plan is refused, and the option that would allow it. */
export function refusalText(refusals: readonly Refusal[]): string {
  return refusals
    .map(({ reason, allowedBy }) => {
      return printable(allowedBy === undefined ? reason : `${reason}; ${allowedBy} allows it`);
    })
    .join("\n");
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

function leftOutText({ kind, name, reason }: LeftOut): string {
  return `  · ${kind === "user" ? "user" : "Team"} ${printable(name)}: ${printable(reason)}`;
}

function countLine(operations: readonly Operation[]): string {
  const deletions = operations.filter(isDeletion).length;
  const writes = plural(operations.length, "operation");
  return deletions === 0
    ? `${writes}, no deletion.`
    : `${writes}, ${plural(deletions, "deletion")} among them.`;
}
