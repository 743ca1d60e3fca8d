/** Jobs of an identity provider in a line each, and many of them in counts. */

import type { Interrupted, JobReport } from "../../idp/run/events.ts";
import type { GroupUpdate } from "../../idp/run/group-update.ts";
import { decodedPath } from "../../ground/text/decoded-path.ts";
import { importText } from "./import-text.ts";
import { someNames } from "../../ground/text/some-names.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { hanging, unbroken } from "../layout/hanging.ts";
import type { RowKind } from "../layout/row-limit.ts";
import { paintedSign, type RowSign } from "../layout/rows.ts";
import type { Style } from "../style.ts";

/** `✓ user ada@example.com created`, `✗ group data: 500 Internal Server Error: it is full`. */
export function jobLine(report: JobReport, style: Pick<Style, "paint">): string {
  return hanging(`${paintedSign(jobMark(report), style)} `, jobText(report), { columns: undefined }).join("");
}

export function jobMark({ outcome }: JobReport): JobMark {
  return jobMarks[outcome.kind];
}

const jobMarks = {
  done: "✓",
  "nothing-sent": "·",
  failed: "✗",
  interrupted: "!",
} as const satisfies Readonly<Record<JobReport["outcome"]["kind"], RowSign>>;

type JobMark = (typeof jobMarks)[keyof typeof jobMarks];

/** The line without its mark, for `hanging`. */
export function jobText({ subject, outcome, what }: JobReport): string {
  const who = `${subject.kind} ${printable(subject.name)}`;
  switch (outcome.kind) {
    case "done":
      return `${who} ${outcome.did}${detailOf(what, outcome)}`;
    case "nothing-sent":
      return `${who}: nothing written, ${printable(outcome.why)}`;
    case "failed":
      return `${who}: ${withCode(outcome.failure)}`;
    case "interrupted":
      return `${who}: ${interruptedText(outcome)}`;
  }
}

/** What many jobs have in common, of which only the first are shown. */
export function jobKind(report: JobReport): RowKind {
  const { subject, outcome } = report;
  const some = (count: number): string => plural(count, `more ${subject.kind}`);
  const family = `${subject.kind} ${outcome.kind}`;
  switch (outcome.kind) {
    case "done":
      return rowKind(family, outcome.did, (count) => `${some(count)} ${outcome.did}`);
    case "nothing-sent": {
      const { why } = outcome;
      const text = (count: number): string => `${some(count)}: nothing written, ${printable(why)}`;
      return rowKind(family, why, text, (count) => `${some(count)}: nothing written, for other reasons`);
    }
    case "failed": {
      const why = withCode(outcome.failure);
      const text = (count: number): string => `${some(count)}: ${why}`;
      return rowKind(family, why, text, (count) => `${some(count)} failed for other reasons`);
    }
    case "interrupted":
      return rowKind(family, "", (count) => `${some(count)} interrupted`);
  }
}

function rowKind(
  family: string,
  kind: string,
  more: RowKind["more"],
  moreOfFamily: RowKind["moreOfFamily"] = more,
): RowKind {
  return { family, kind, more, moreOfFamily };
}

/** `Conflict: 409 Conflict: it is taken`: the code of the provider's log goes ahead. */
export function withCode({ code, reason }: { readonly code?: string; readonly reason: string }): string {
  return code === undefined ? printable(reason) : `${code}: ${printable(reason)}`;
}

/** `241 created, 3 linked, 2 failed`: most frequent first. */
export function jobCounts(reports: readonly JobReport[], { paint }: Pick<Style, "paint">): string {
  const counts = new Map<string, number>();
  for (const { outcome } of reports) {
    const word = wordFor(outcome);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([word, count]) => {
      const text = `${formatCount(count)} ${word}`;
      return word === "failed" ? paint.red(text) : text;
    })
    .join(", ");
}

function wordFor(outcome: JobReport["outcome"]): string {
  switch (outcome.kind) {
    case "done":
      return outcome.did;
    case "nothing-sent":
      return "skipped";
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
  return `interrupted after ${unbroken(printable(decodedPath(after)))}, ${writtenTexts[wrote]}`;
}

const writtenTexts: Readonly<Record<Interrupted["wrote"], string>> = {
  nothing: "nothing was written",
  something: "what was written stays",
  unknown: "which may have been carried out",
};
