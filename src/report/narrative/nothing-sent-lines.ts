/** Why a provider sent nothing about people and groups, where many are reported together: each reason once. */

import type { JobReport } from "../../idp/run/events.ts";
import type { Style } from "../style.ts";
import { mostRows, showAll } from "../layout/counted.ts";
import { ignoredText } from "./job-line.ts";
import { someNames } from "../../ground/text/some-names.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";

/** `3 users: nothing written, skipped: not assigned to the app (ada, grace, alan)`; nothing where something was written for all. */
export function nothingSentLines(
  reports: readonly JobReport[],
  { all = false }: Pick<Style, "all"> = {},
): readonly string[] {
  const byReason = new Map<string, JobReport[]>();
  for (const report of reports) {
    if (report.outcome.kind !== "nothing-sent") continue;
    const { why } = report.outcome;
    const alike = byReason.get(why);
    if (alike === undefined) byReason.set(why, [report]);
    else alike.push(report);
  }
  const lines = [...byReason].map(([why, alike]) => nothingSentLine(why, alike));
  const rest = lines.length - mostRows;
  // An expression may fail for everybody in other words.
  return rest > 0 && !all
    ? [...lines.slice(0, mostRows), `${plural(rest, "more reason")} to send nothing (${showAll})`]
    : lines;
}

/** `2 groups left out 3 members without an account (ada, grace, alan)`; nothing if no member was left out. */
export function leftOutMemberLines(reports: readonly JobReport[]): readonly string[] {
  const ignoring = reports.flatMap(({ outcome }) =>
    outcome.kind === "done" && outcome.ignoredMembers !== undefined ? [outcome.ignoredMembers] : [],
  );
  if (ignoring.length === 0) return [];
  const members = [...new Set(ignoring.flat())];
  return [`${plural(ignoring.length, "group")} ${ignoredText(members)}`];
}

function nothingSentLine(why: string, alike: readonly JobReport[]): string {
  const names = alike.map(({ subject }) => subject.name);
  const kind = alike[0]?.subject.kind ?? "user";
  return `${plural(alike.length, kind)}: nothing written, ${printable(why)} (${someNames(names, 3)})`;
}
