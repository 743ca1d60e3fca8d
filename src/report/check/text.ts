/** Checks for people: a row each, with what to do below it. */

import { checkGroups, type CheckResult, type ResultKind } from "../../check/check.ts";
import { printable } from "../../ground/printable.ts";
import { formatDuration } from "../../ground/quantities.ts";
import { hanging } from "../layout/hanging.ts";
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
        rowLines(results.filter((result) => result.group === group).map(rowOf), style),
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

function rowOf(result: CheckResult): Row {
  const { title, verdict, durationMs } = result;
  const advice = adviceIn(result);
  // What took no time was judged by what others had read.
  const time = durationMs < 1 ? "" : ` (${formatDuration(durationMs)})`;
  return {
    sign: resultSigns[verdict.kind],
    name: title,
    text: printable(`${resultText(result)}${time}`),
    ...(advice === undefined ? {} : { details: [{ label: "", text: printable(advice) }] }),
  };
}
