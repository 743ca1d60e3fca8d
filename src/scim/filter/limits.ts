/** What a filter may cost its reader. */

import { ScimError } from "../error.ts";
import type { Filter } from "./ast.ts";

/** Characters of the text, brackets that are open at once, and comparisons. */
export const filterLimits = { maxLength: 10_000, maxDepth: 50, maxTerms: 500 } as const;

/** @throws ScimError invalidFilter */
export function limitLength(text: string): void {
  if (text.length <= filterLimits.maxLength) return;
  throw tooMuch(`The filter has ${text.length} characters`, filterLimits.maxLength);
}

/**
 * Checked before a bracket is entered, so that the parser never descends deeper; `position` counts from 1.
 * @throws ScimError invalidFilter
 */
export function limitDepth(depth: number, position: number): void {
  if (depth <= filterLimits.maxDepth) return;
  throw tooMuch(`${depth} brackets are open at position ${position}`, filterLimits.maxDepth);
}

/** @throws ScimError invalidFilter */
export function limitTerms(filter: Filter): void {
  const terms = countTerms(filter);
  if (terms <= filterLimits.maxTerms) return;
  throw tooMuch(`The filter has ${terms} comparisons`, filterLimits.maxTerms);
}

/** Comparisons in a filter. */
export function countTerms(filter: Filter): number {
  if (filter.kind === "not") return countTerms(filter.operand);
  if (filter.kind === "value-path") return countTerms(filter.filter);
  if (filter.kind === "present" || filter.kind === "compare") return 1;
  return filter.operands.reduce((sum, operand) => sum + countTerms(operand), 0);
}

function tooMuch(found: string, limit: number): ScimError {
  return new ScimError("invalidFilter", `${found}; at most ${limit} are accepted.`);
}
