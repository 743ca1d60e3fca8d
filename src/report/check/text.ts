/** Checks for people: a row each, with what to do below it. */

import { checkGroups, type CheckId, type CheckResult, type ResultKind } from "../../check/check.ts";
import { printable } from "../../ground/text/printable.ts";
import { formatDuration } from "../../ground/text/quantities.ts";
import { hanging, unbroken } from "../layout/hanging.ts";
import { rowLines, type Row, type RowSign } from "../layout/rows.ts";
import { section } from "../layout/section.ts";
import type { Style } from "../style.ts";
import { adviceIn, checkSummary, groupTitles, resultText, type CheckReport } from "./report.ts";

export function checkText(report: CheckReport, style: Style): string {
  const { target, provider, results, durationMs } = report;
  const beside = provider === null ? "" : `, and the app in ${provider.name}`;
  const lines = [
    ...hanging("", style.paint.bold(printable(`Checks of ${target ?? "the target"}${beside}`)), style),
    "",
    ...checkGroups.flatMap((group) =>
      section(
        groupTitles[group],
        rowLines(
          rowsOf(
            results.filter((result) => result.group === group),
            style,
          ),
          style,
        ),
        style,
      ),
    ),
    ...hanging("", `${checkSummary(results)}, in ${formatDuration(durationMs)}.`, style),
  ];
  return `${lines.join("\n")}\n`;
}

export const resultSigns: Readonly<Record<ResultKind, RowSign>> = {
  pass: "✓",
  warning: "!",
  fail: "✗",
  unknown: "?",
  "not-applicable": "·",
  skipped: "·",
};

/** What was skipped for one cause is one row, unless every row is wanted. */
function rowsOf(results: readonly CheckResult[], { all = false }: Style): readonly Row[] {
  const skipped = new Map<CheckId, CheckResult[]>();
  for (const result of results) {
    if (result.verdict.kind !== "skipped") continue;
    const { because } = result.verdict;
    skipped.set(because, [...(skipped.get(because) ?? []), result]);
  }
  return results.flatMap((result): readonly Row[] => {
    if (all || result.verdict.kind !== "skipped") return [rowOf(result)];
    const alike = skipped.get(result.verdict.because) ?? [];
    if (alike[0] !== result) return [];
    if (alike.length === 1) return [rowOf(result)];
    const titles = printable(alike.map(({ title }) => title).join(", "));
    const text = printable(resultText(result));
    return [{ sign: "·", name: `${alike.length} more`, text, details: [{ label: "", text: titles }] }];
  });
}

function rowOf(result: CheckResult): Row {
  const { title, verdict, durationMs } = result;
  const advice = adviceIn(result);
  // What took no time was judged by what others had read.
  const time = durationMs < 1 ? "" : ` ${unbroken(`(${formatDuration(durationMs)})`)}`;
  return {
    sign: resultSigns[verdict.kind],
    name: printable(title),
    text: `${printable(resultText(result))}${time}`,
    ...(advice === undefined ? {} : { details: [{ label: "", text: printable(advice) }] }),
  };
}
