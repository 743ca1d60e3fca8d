/** The review of a valid fixture for people: what is in it, and a line for each warning. */

import { plural } from "../../ground/plural.ts";
import { printable } from "../../ground/printable.ts";
import { nextLines } from "../next-step.ts";
import type { Style } from "../style.ts";
import type { Reviewed, ReviewReport } from "./report.ts";
import { warningTexts, type WarningText } from "./warning-text.ts";

export interface ReviewOutput extends Pick<Style, "paint"> {
  /** Every warning; the first of them otherwise. */
  readonly all: boolean;
}

/** As many as a person wants to see at once. */
const mostShown = 12;

/** Of one file, as soon as it is read. */
export function reviewText(
  { file, words, review: { counts, warnings } }: Extract<Reviewed, { readonly kind: "valid" }>,
  { paint, all }: ReviewOutput,
): string {
  const { users, groups, assigned, teams, steps, expectations } = counts;
  const inIt = [
    `${plural(users, "user")} (${assigned.toLocaleString("en-US")} assigned to the app)`,
    `${plural(groups, "group")} (${plural(teams, "Team")})`,
    `${plural(steps, "step")}${steps === 0 ? "" : ` (${expectations} with expectations)`}`,
  ];
  const texts = warningTexts(warnings);
  const shown = all ? texts : texts.slice(0, mostShown);
  const more = texts.length - shown.length;
  return [
    `${paint.green("✓")} ${printable(file)} is valid, ${words.name}: ${inIt.join(", ")}`,
    ...shown.map((warning) => `  ${paint.yellow("!")} ${warningLine(warning)}`),
    ...(more > 0 ? [`  and ${plural(more, "warning")} more; --verbose shows all`] : []),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

/** Below the files. */
export function reviewEnding({ next }: ReviewReport): string {
  return nextLines(next)
    .map((line) => `${line}\n`)
    .join("");
}

function warningLine({ step, sentence }: WarningText): string {
  return printable(step === undefined ? sentence : `step "${step}": ${sentence}`);
}
