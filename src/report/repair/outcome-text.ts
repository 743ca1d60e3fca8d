/** What came of a plan, for people. */

import type { ChalkInstance } from "chalk";
import type { Outcome, OutcomeStatus } from "../../repair/outcome.ts";
import { printable } from "../../ground/text/printable.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { countedByKind, frequencies, namesOf } from "../layout/counted.ts";
import { hanging } from "../layout/hanging.ts";
import { RowLimit } from "../layout/row-limit.ts";
import { paintedSign } from "../layout/rows.ts";
import type { Style } from "../style.ts";
import { counted, operationsInWords } from "./operation-rows.ts";

/** Operations as they end: of each kind the first, and at the end how many more there were. */
export class OutcomeLines {
  readonly #style: Style;
  readonly #limit: RowLimit;

  constructor(style: Style) {
    this.#style = style;
    this.#limit = new RowLimit(style);
  }

  /** None where enough were shown of that kind. */
  linesOf(outcome: Outcome): readonly string[] {
    const { operation, status } = outcome;
    const more = (count: number): string => {
      const what = operationsInWords(operation.kind, { count, isRest: true });
      return [
        `${paintedSign(looks[status].sign, this.#style)} ${what}`,
        paintedWord(status, this.#style.paint),
      ]
        .filter((part) => part !== "")
        .join("  ");
    };
    const kind = `${status} ${operation.kind}`;
    const isShown = this.#limit.admits({ kind, family: kind, more, moreOfFamily: more });
    return isShown ? outcomeLines(outcome, this.#style) : [];
  }

  /** The rest. */
  end(): readonly string[] {
    return this.#limit.take().map((text) => `  ${text}`);
  }
}

/** One operation: what, and how it ended where it is not simply done. */
function outcomeLines({ operation, status, reason }: Outcome, style: Style): readonly string[] {
  const { sign } = looks[status];
  const word = paintedWord(status, style.paint);
  const why = [word, reason === undefined ? "" : printable(reason)].filter((part) => part !== "").join(": ");
  const text = `${printable(operation.summary)}${why === "" ? "" : `  ${why}`}`;
  return hanging(`  ${paintedSign(sign, style)} `, text, style);
}

/** What was not simply done and why, then the counts; no line break at the end. */
export function outcomesText(outcomes: readonly Outcome[], style: Style): string {
  const others = outcomes.filter(({ status }) => status !== "done");
  const lines = countedByKind(
    others,
    ({ status, operation }) => `${status} ${operation.kind}`,
    style,
  ).flatMap((shown) =>
    shown.kind === "one" ? outcomeLines(shown.item, style) : countedLines(shown.items, style),
  );
  const list = lines.length === 0 ? [] : [style.paint.bold("Not done, or not certain"), ...lines, ""];
  return [...list, outcomeSummary(outcomes, style.paint)].join("\n");
}

/** `✗ create 1,204 accounts  failed: 503 Service Unavailable (1,204)` and some of the names. */
function countedLines(outcomes: readonly Outcome[], style: Style): readonly string[] {
  const [first] = outcomes;
  if (first === undefined) return [];
  const { status, operation } = first;
  const operations = outcomes.map((outcome) => outcome.operation);
  const reasons = new Set(outcomes.map(({ reason = "" }) => reason));
  const why = reasonsOf(outcomes, reasons.size);
  const text = `${operationsInWords(operation.kind, counted(operations))}  ${paintedWord(status, style.paint)}${why}`;
  return [
    ...hanging(`  ${paintedSign(looks[status].sign, style)} `, text, style),
    ...hanging("      ", namesOf(operations.map(({ subject }) => subject.name)), style),
  ];
}

const mostReasons = 5;

/** A server may complain about everybody in other words. */
function reasonsOf(outcomes: readonly Outcome[], different: number): string {
  const reasons = outcomes.flatMap(({ reason }) => (reason === undefined ? [] : [printable(reason)]));
  if (reasons.length === 0) return "";
  return different > mostReasons
    ? `: ${formatCount(different)} different reasons, the first: ${reasons[0] ?? ""}`
    : `: ${different === 1 ? (reasons[0] ?? "") : frequencies(reasons)}`;
}

/** `5 done, 1 failed`; what was not begun is counted, too. */
function outcomeSummary(outcomes: readonly Outcome[], paint: ChalkInstance): string {
  const counts = statuses.flatMap((status) => {
    const count = outcomes.filter((outcome) => outcome.status === status).length;
    const text = `${formatCount(count)} ${looks[status].word === "" ? "done" : looks[status].word}`;
    return count === 0 ? [] : [status === "failed" ? paint.red(text) : text];
  });
  return counts.length === 0 ? "Nothing was written." : `${counts.join(", ")}.`;
}

function paintedWord(status: OutcomeStatus, paint: ChalkInstance): string {
  const { word } = looks[status];
  return status === "failed" ? paint.red(word) : word;
}

const looks = {
  done: { sign: "✓", word: "" },
  "not-confirmed": { sign: "?", word: "written, not confirmed" },
  partly: { sign: "!", word: "partly done" },
  unknown: { sign: "?", word: "unknown" },
  failed: { sign: "✗", word: "failed" },
  stale: { sign: "!", word: "stale" },
  "not-done": { sign: "·", word: "not done" },
} as const satisfies Record<OutcomeStatus, { sign: "✓" | "?" | "!" | "✗" | "·"; word: string }>;

const statuses: readonly OutcomeStatus[] = [
  "done",
  "not-confirmed",
  "partly",
  "unknown",
  "failed",
  "stale",
  "not-done",
];
