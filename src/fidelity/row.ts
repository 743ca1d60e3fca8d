/**
 * One row of a fidelity table: something that a provider's provisioning service does, that its vendor does not say
 * clearly, and how the simulator does it.
 */

import type { CountAnswers, NamedAnswers } from "../choices/row.ts";

/**
 * How certain the default is: `documented` by Okta or Microsoft; `observed` in a capture, an issue or a forum;
 * `inferred` from what is known of the rest; `unknown`, a mere guess.
 */
export type Certainty = "documented" | "observed" | "inferred" | "unknown";

interface Facts {
  /** One sentence, for the person who has to choose. */
  readonly question: string;
  readonly certainty: Certainty;
  /** On what the default rests: title of the vendor's page, forum thread, issue. */
  readonly source: string;
}

export interface NamedRow<Value extends string = string> extends Facts, NamedAnswers<Value> {}

export interface CountRow extends Facts, CountAnswers {}

/** A row with named answers. */
export function choice<const Value extends string>(
  row: Facts & { readonly values: Readonly<Record<Value, string>>; readonly default: NoInfer<Value> },
): NamedRow<Value> {
  return { ...row, kind: "choice" };
}

/** A row that takes a whole number. */
export function count(
  row: Facts & { readonly least: number; readonly most: number; readonly default: number },
): CountRow {
  return { ...row, kind: "count" };
}
