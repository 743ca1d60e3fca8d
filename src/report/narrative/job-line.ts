/** Jobs of an identity provider in a line each, and many of them in counts. */

import type { ChalkInstance } from "chalk";
import type { Interrupted, JobReport } from "../../idp/run/events.ts";
import type { GroupUpdate } from "../../idp/run/group-update.ts";
import { decodedPath } from "../../ground/decoded-path.ts";
import { importText } from "./import-text.ts";
import { someNames } from "../../ground/some-names.ts";
import { plural } from "../../ground/plural.ts";
import { printable } from "../../ground/printable.ts";

/** `✓ user ada@example.com created`, `✗ group data: 500 Internal Server Error: it is full`. */
export function jobLine(report: JobReport, paint: ChalkInstance): string {
  const { subject, outcome } = report;
  const who = `${subject.kind} ${printable(subject.name)}`;
  switch (outcome.kind) {
    case "done": {
      return `${paint.green("✓")} ${who} ${outcome.did}${detailOf(report.what, outcome)}`;
    }
    case "nothing-sent":
      return `${paint.dim("·")} ${who}: nothing written, ${printable(outcome.why)}`;
    case "failed":
      return `${paint.red("✗")} ${who}: ${withCode(outcome.failure)}`;
    case "interrupted":
      return `${paint.yellow("!")} ${who}: ${interruptedText(outcome)}`;
  }
}

/** `Conflict: 409 Conflict: it is taken`: the code of the provider's log goes ahead. */
export function withCode({ code, reason }: { readonly code?: string; readonly reason: string }): string {
  return code === undefined ? printable(reason) : `${code}: ${printable(reason)}`;
}

/** `241 created, 3 linked, 2 failed`: most frequent first. */
export function jobCounts(reports: readonly JobReport[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of reports) {
    const word = wordFor(outcome);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([word, count]) => `${count} ${word}`)
    .join(", ");
}

function wordFor(outcome: JobReport["outcome"]): string {
  switch (outcome.kind) {
    case "done":
      return outcome.did;
    case "nothing-sent":
      return "without a write";
    case "failed":
    case "interrupted":
      return outcome.kind;
  }
}

type Done = Extract<JobReport["outcome"], { readonly kind: "done" }>;

function detailOf(what: JobReport["what"], done: Done): string {
  const ignored = done.ignoredMembers === undefined ? "" : `; ${ignoredText(done.ignoredMembers)}`;
  return `${changeText(what, done)}${ignored}`;
}

/** `left out 2 members without an account (ada, grace)`. */
export function ignoredText(members: readonly string[]): string {
  return `left out ${plural(members.length, "member")} without an account (${someNames(members, 3)})`;
}

function changeText(what: JobReport["what"], { group, imported }: Done): string {
  if (group !== undefined) return `: ${updateText(group)}`;
  if (imported === undefined) return "";
  return `: ${importText(imported, what === "import-groups" ? "group" : "user")}`;
}

/** `+1 member ada@example.com, -2 members, renamed from data`. */
function updateText({ added, removed, renamedFrom }: GroupUpdate): string {
  const parts = [
    ...memberText("+", added),
    ...memberText("-", removed),
    ...(renamedFrom === undefined ? [] : [`renamed from ${printable(renamedFrom)}`]),
  ];
  return parts.length === 0 ? "pushed in full, nothing had changed in the directory" : parts.join(", ");
}

function memberText(sign: "+" | "-", names: readonly string[]): readonly string[] {
  const [first] = names;
  if (first === undefined) return [];
  const count = `${sign}${plural(names.length, "member")}`;
  return [names.length === 1 ? `${count} ${printable(first)}` : count];
}

function interruptedText({ after, wrote }: Interrupted): string {
  if (after === undefined) return "interrupted before its first request";
  return `interrupted after ${printable(decodedPath(after))}, ${writtenTexts[wrote]}`;
}

const writtenTexts: Readonly<Record<Interrupted["wrote"], string>> = {
  nothing: "nothing was written",
  something: "what was written stays",
  unknown: "which may have been carried out",
};
