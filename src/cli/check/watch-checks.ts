/** `check --watch`: round after round, of which only the first is printed in full. */

import type { CheckResult } from "../../check/check.ts";
import { printable } from "../../ground/text/printable.ts";
import { formatDuration } from "../../ground/text/quantities.ts";
import { adviceIn, resultText, resultWords } from "../../report/check/report.ts";
import { resultSigns } from "../../report/check/text.ts";
import { hanging } from "../../report/layout/hanging.ts";
import { paintedSign } from "../../report/layout/rows.ts";
import type { Style } from "../../report/style.ts";

/** A result of another kind than before. */
export interface Change {
  readonly result: CheckResult;
  /** Undefined for a check that was not made before. */
  readonly before: CheckResult | undefined;
}

/** In the order of the checks. A detail that only counts on, such as days or times, is no change. */
export function changesBetween(
  before: readonly CheckResult[],
  now: readonly CheckResult[],
): readonly Change[] {
  const earlier = new Map(before.map((result) => [result.id, result]));
  return now
    .map((result) => ({ result, before: earlier.get(result.id) }))
    .filter(({ result, before: one }) => one === undefined || stateOf(one) !== stateOf(result));
}

/** Of a failure its words count, too: another group whose push failed is a change. */
function stateOf({ verdict }: CheckResult): string {
  return verdict.kind === "fail" && verdict.measured?.["daysLeft"] === undefined
    ? `fail ${verdict.detail.replaceAll(/\d+/g, "#")}`
    : verdict.kind;
}

/** `2026-12-01 16:05:00 UTC  ✗ Token accepted  was ok; failed: …`. */
export function changeLines(changes: readonly Change[], at: Date, style: Style): readonly string[] {
  const time = `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
  return changes.flatMap(({ result, before }) => {
    const sign = paintedSign(resultSigns[result.verdict.kind], style);
    const was = before === undefined ? "" : `was ${resultWords[before.verdict.kind]}; `;
    const advice = adviceIn(result);
    return [
      ...hanging(`${time}  ${sign} ${result.title}  `, printable(`${was}${resultText(result)}`), style),
      ...(advice === undefined ? [] : hanging("      ", printable(advice), style)),
    ];
  });
}

/** The same for programs: one line of JSON for each. */
export function changeEvents(changes: readonly Change[], at: Date): readonly string[] {
  return changes.map(({ result, before }) =>
    JSON.stringify({
      event: "change",
      at: at.toISOString(),
      id: result.id,
      was: before?.verdict.kind ?? null,
      result: result.verdict.kind,
      detail: result.verdict.detail,
      advice: adviceIn(result) ?? null,
    }),
  );
}

/** Said once, ahead of the changes. */
export function watchLine(everyMs: number): string {
  return `Checking again every ${formatDuration(everyMs)}; only changes are printed. Ctrl-C ends it.`;
}
