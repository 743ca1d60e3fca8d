/** What the operators of Okta's Expression Language make of two values. */

import type { BinaryOperator } from "./ast.ts";
import { ExpressionError } from "./expression-error.ts";
import { compileJavaRegex } from "./java-regex.ts";
import { describe, isSameValue, limitedText, textOf, type ExpressionValue } from "./value.ts";

/**
 * Inferred, since Okta documents none of it: null in a concatenation adds nothing, null is less than everything (SpEL), and
 * null matches what an empty text matches.
 * @throws ExpressionError where values cannot be ordered or subtracted, or a regular expression is wrong
 */
export function calculate(
  operator: Exclude<BinaryOperator, "and" | "or">,
  left: ExpressionValue,
  right: ExpressionValue,
): ExpressionValue {
  switch (operator) {
    case "+":
      return add(left, right);
    case "-":
      return subtract(left, right);
    case "==":
      return isSameValue(left, right);
    case "!=":
      return !isSameValue(left, right);
    case "matches":
      return compileJavaRegex(textOf(right)).test(textOf(left));
    case "<":
      return orderOf(left, right) < 0;
    case "<=":
      return orderOf(left, right) <= 0;
    case ">":
      return orderOf(left, right) > 0;
    case ">=":
      return orderOf(left, right) >= 0;
    default:
      return operator satisfies never;
  }
}

function add(left: ExpressionValue, right: ExpressionValue): ExpressionValue {
  if (typeof left === "number" && typeof right === "number") return left + right;
  return limitedText(textOf(left) + textOf(right));
}

/** Okta's samples subtract from a length: `String.len(x)-20` (Okta: Smart Card expressions and examples). */
function subtract(left: ExpressionValue, right: ExpressionValue): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  throw new ExpressionError(`Only numbers can be subtracted, not ${describe(left)} and ${describe(right)}`);
}

function orderOf(left: ExpressionValue, right: ExpressionValue): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  const sameType = typeof left === typeof right && typeof left !== "object" && typeof left !== "boolean";
  if (!sameType) throw new ExpressionError(`${describe(left)} and ${describe(right)} cannot be ordered`);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
