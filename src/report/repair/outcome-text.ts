/** What came of a plan, for people. */

import type { ChalkInstance } from "chalk";
import type { Outcome, OutcomeStatus } from "../../repair/outcome.ts";
import { printable } from "../../ground/printable.ts";

/** One line for one operation as it ends. */
export function outcomeLine({ operation, status, reason }: Outcome, paint: ChalkInstance): string {
  const { mark, colour, word } = looks[status];
  const why = [word, reason === undefined ? "" : printable(reason)].filter((part) => part !== "").join(": ");
  return `  ${paint[colour](mark)} ${printable(operation.summary)}${why === "" ? "" : `  ${why}`}`;
}

/** What was not simply done and why, then the counts; no line break at the end. */
export function outcomesText(outcomes: readonly Outcome[], paint: ChalkInstance): string {
  const others = outcomes.filter(({ status }) => status !== "done").map((one) => outcomeLine(one, paint));
  const list = others.length === 0 ? [] : [paint.bold("Not done, or not certain"), ...others, ""];
  return [...list, outcomeSummary(outcomes)].join("\n");
}

/** `5 done, 1 failed`; what was not begun is counted, too. */
function outcomeSummary(outcomes: readonly Outcome[]): string {
  const counts = statuses.flatMap((status) => {
    const count = outcomes.filter((outcome) => outcome.status === status).length;
    return count === 0 ? [] : [`${count} ${looks[status].word === "" ? "done" : looks[status].word}`];
  });
  return counts.length === 0 ? "Nothing was written." : `${counts.join(", ")}.`;
}

const looks = {
  done: { mark: "✓", colour: "green", word: "" },
  "not-confirmed": { mark: "?", colour: "yellow", word: "written, not confirmed" },
  partly: { mark: "!", colour: "yellow", word: "partly done" },
  unknown: { mark: "?", colour: "yellow", word: "unknown" },
  failed: { mark: "✗", colour: "red", word: "failed" },
  stale: { mark: "!", colour: "yellow", word: "stale" },
  "not-done": { mark: "·", colour: "dim", word: "not done" },
} as const satisfies Record<OutcomeStatus, { mark: string; colour: string; word: string }>;

const statuses: readonly OutcomeStatus[] = [
  "done",
  "not-confirmed",
  "partly",
  "unknown",
  "failed",
  "stale",
  "not-done",
];
