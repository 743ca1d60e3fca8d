/**
 * One row of the behaviour table: a question that the RFCs, Astro and the providers answer differently or not at all,
 * and which answer the local Astro gives.
 */

import type { CountAnswers, NamedAnswers } from "../../choices/row.ts";

/**
 * On what the default rests: `documented` by Astronomer, Okta, Microsoft or the RFCs; `observed` on the wire, in a
 * capture or a public test suite; `inferred`, because nothing public says.
 */
export type Evidence = "documented" | "observed" | "inferred";

interface Facts {
  /** One sentence, for the person who has to choose. */
  readonly question: string;
  readonly evidence: Evidence;
  /** Where the default comes from: title of the page, section of the RFC, issue. */
  readonly source: string;
  /** What each says, or does; "not documented" where it is silent. */
  readonly rfc: string;
  readonly astro: string;
  readonly okta: string;
  readonly entra: string;
}

/** One of some named answers. */
export interface ChoiceRow<Value extends string = string> extends Facts, NamedAnswers<Value> {
  /** What `--strict` answers: the RFC's reading. */
  readonly strict: Value;
}

/** A whole number. */
export interface CountRow extends Facts, CountAnswers {
  readonly strict: number;
}

/** A row with named answers; `strict` only where it differs. */
export function choice<const Value extends string>(
  row: Facts & {
    readonly values: Readonly<Record<Value, string>>;
    readonly default: NoInfer<Value>;
    readonly strict?: NoInfer<Value>;
  },
): ChoiceRow<Value> {
  return { ...row, kind: "choice", strict: row.strict ?? row.default };
}

/** A row that takes a whole number, the same in both readings. */
export function count(
  row: Facts & { readonly least: number; readonly most: number; readonly default: number },
): CountRow {
  return { ...row, kind: "count", strict: row.default };
}
