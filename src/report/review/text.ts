/** The review of a valid fixture for people: what is in it, and a line for each warning. */

import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { nextLines } from "../next-step.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { hanging } from "../layout/hanging.ts";
import { RowLimit, type RowKind } from "../layout/row-limit.ts";
import { paintedSign } from "../layout/rows.ts";
import type { Style } from "../style.ts";
import type { Reviewed, ReviewReport } from "./report.ts";
import { warningTexts, type WarningText } from "./warning-text.ts";

/** Of one file, as soon as it is read. */
export function reviewText(
  { file, words, review: { counts, warnings } }: Extract<Reviewed, { readonly kind: "valid" }>,
  style: Style,
): string {
  const { users, groups, assigned, teams, steps, expectations } = counts;
  const inIt = [
    `${plural(users, "user")} (${formatCount(assigned)} assigned to the app)`,
    `${plural(groups, "group")} (${plural(teams, "Team")})`,
    `${plural(steps, "step")}${steps === 0 ? "" : ` (${formatCount(expectations)} with expectations)`}`,
  ];
  const limit = new RowLimit(style);
  const shown = warningTexts(warnings).filter((warning) => limit.admits(warningKind(warning)));
  const head = `${paintedSign("✓", style)} `;
  return [
    ...hanging(head, `${printable(file)} is valid, ${words.name}: ${inIt.join(", ")}`, style),
    ...[...shown.map(warningLine), ...limit.take()].flatMap((text) =>
      hanging(`  ${paintedSign("!", style)} `, text, style),
    ),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

/** Below the files. */
export function reviewEnding({ next }: ReviewReport, style: Style): string {
  return nextLines(next, style)
    .map((line) => `${line}\n`)
    .join("");
}

/** Warnings with the same code are about the same kind of mistake. */
function warningKind({ code }: WarningText): RowKind {
  const more = (count: number): string => `${plural(count, "more warning")} of this kind: ${code}`;
  return { kind: code, family: code, more, moreOfFamily: more };
}

function warningLine({ step, sentence }: WarningText): string {
  return printable(step === undefined ? sentence : `step "${step}": ${sentence}`);
}
