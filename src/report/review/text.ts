/** The review of a valid fixture for people: what is in it, and a line for each warning. */

import type { ChalkInstance } from "chalk";
import type { ReviewWarning } from "../../review/warning.ts";
import { plural } from "../../ground/plural.ts";
import { printable } from "../../ground/printable.ts";
import type { Reviewed } from "./json.ts";

export interface ReviewOutput {
  readonly paint: ChalkInstance;
  /** Every warning; the first of them otherwise. */
  readonly all: boolean;
}

/** As many as a person wants to see at once. */
const mostShown = 12;

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
  const shown = all ? warnings : warnings.slice(0, mostShown);
  const more = warnings.length - shown.length;
  return [
    `${paint.green("✓")} ${printable(file)} is valid, ${words.name}: ${inIt.join(", ")}`,
    ...shown.map((warning) => `  ${paint.yellow("!")} ${warningLine(warning)}`),
    ...(more > 0 ? [`  and ${plural(more, "warning")} more; --verbose shows all`] : []),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

function warningLine({ step, sentence }: ReviewWarning): string {
  return printable(step === undefined ? sentence : `step "${step}": ${sentence}`);
}
