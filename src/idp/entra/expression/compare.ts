/** Comparisons of values, and what counts as true. */

import { DotnetError } from "../dotnet/dotnet-error.ts";
import { readDateText } from "./date-text.ts";
import type { ComparisonOperator } from "./ast.ts";
import { booleanOf, describe, numberOf, textOf, type ExpressionValue } from "./values.ts";

/**
 * Compares two values. Inferred, since only the operators are documented: where either is a number and the other writes
 * one, as numbers; two dates in the form of CDate, as dates; everything else as texts, case-sensitive, null as the
 * empty text.
 * @throws DotnetError for a multi-valued attribute
 */
export function compareValues(
  operator: ComparisonOperator,
  left: ExpressionValue,
  right: ExpressionValue,
): boolean {
  const order = orderOf(left, right);
  switch (operator) {
    case "=":
      return order === 0;
    case "<>":
      return order !== 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    default:
      return operator satisfies never;
  }
}

function orderOf(left: ExpressionValue, right: ExpressionValue): number {
  if (typeof left === "number" || typeof right === "number") {
    const [first, second] = [numberOf(left), numberOf(right)];
    if (first !== undefined && second !== undefined) return first - second;
  }
  const [first, second] = [textOf(left), textOf(right)];
  const dates = [readDateText(first)?.ticks, readDateText(second)?.ticks];
  if (dates[0] !== undefined && dates[1] !== undefined) return Number(dates[0] - dates[1]);
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

/**
 * Whether a value counts as true (CBool): a number that is not zero, true, or a text that writes either. Inferred:
 * null and the empty text do not.
 * @throws DotnetError for every other text, and for a multi-valued attribute
 */
export function isTrue(value: ExpressionValue): boolean {
  const truth = booleanOf(value);
  if (truth !== undefined) return truth;
  const number = numberOf(value);
  if (number !== undefined) return number !== 0;
  if (textOf(value) === "") return false;
  throw new DotnetError(`${describe(value)} is neither true nor false.`);
}
