/** Failed jobs for people: equal causes once, with how many they stopped and some of their names. */

import type { Task } from "../../idp/run/task.ts";
import { mostRows, showAll } from "../layout/counted.ts";
import { hanging } from "../layout/hanging.ts";
import { paintedSign } from "../layout/rows.ts";
import type { Style } from "../style.ts";
import { withCode } from "./job-line.ts";
import { someNames } from "../../ground/text/some-names.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";

/**
 * Each cause in three lines at most: `✗ 82 users: 500 Internal Server Error: oops` with up to three names, the provider's
 * sentence about the first of them, and what really happened where it hides that.
 */
export function taskLines(tasks: readonly Task[], provider: string, style: Style): readonly string[] {
  const causes = [...causesOf(tasks)];
  // A server may complain about everybody in other words.
  const shown = style.all === true ? causes : causes.slice(0, mostRows);
  const rest = causes.slice(shown.length).reduce((sum, alike) => sum + alike.length, 0);
  return [
    ...shown.flatMap((alike) => causeLines(alike, provider, style)),
    ...(rest === 0 ? [] : [`  … and ${plural(rest, "task")} for other causes (${showAll})`]),
  ];
}

/** Where nothing more is to be explained than the reason says, but for a capital and a full stop. */
function isSaidBy(reason: string, explanation: string): boolean {
  return reason.slice(1) === explanation.slice(1).replace(/\.$/, "");
}

function causesOf(tasks: readonly Task[]): Iterable<readonly Task[]> {
  const causes = new Map<string, Task[]>();
  for (const task of tasks) {
    const cause = `${task.subject.kind} ${task.what} ${task.code ?? ""} ${task.reason}`;
    const alike = causes.get(cause);
    if (alike === undefined) causes.set(cause, [task]);
    else alike.push(task);
  }
  return causes.values();
}

function causeLines(alike: readonly Task[], provider: string, style: Style): readonly string[] {
  const [first] = alike;
  if (first === undefined) return [];
  const { subject, reason, sentence, explanation } = first;
  const names = alike.map((task) => task.subject.name);
  const head =
    alike.length === 1
      ? `${subject.kind} ${printable(subject.name)}: ${withCode(first)}`
      : `${plural(alike.length, subject.kind)}: ${withCode(first)} (${someNames(names, style.all === true ? Infinity : 3)})`;
  return [
    ...hanging(`  ${paintedSign("✗", style)} `, head, style),
    ...hanging("      ", style.paint.dim(`${provider} shows: ${printable(sentence)}`), style),
    ...(explanation === undefined || isSaidBy(reason, explanation)
      ? []
      : hanging("      ", printable(explanation), style)),
  ];
}
