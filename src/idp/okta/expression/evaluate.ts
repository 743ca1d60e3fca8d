/** What an Okta expression yields for one user. */

import type { BinaryOperator, Expression } from "./ast.ts";
import { ExpressionError } from "./expression-error.ts";
import { findFunction, maxTextLength, textOf, textTooLong, type ExpressionValue } from "./functions.ts";

/** The value of an attribute of the Okta profile; null where it was never set. */
export type ReadAttribute = (name: string) => ExpressionValue;

/**
 * Evaluates an expression. Inferred, since Okta documents none of it: null in a concatenation adds nothing,
 * and null is less than everything (SpEL).
 * @throws ExpressionError where a condition is not boolean, a list is used as a text, or values have no order
 */
export function evaluateExpression(expression: Expression, read: ReadAttribute): ExpressionValue {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "reference":
      return read(expression.attribute);
    case "call":
      return call(
        expression.name,
        expression.arguments.map((one) => evaluateExpression(one, read)),
      );
    case "not":
      return !condition(expression.operand, read);
    case "binary":
      return evaluateBinary(expression, read);
    case "conditional":
      return evaluateExpression(
        condition(expression.condition, read) ? expression.whenTrue : expression.whenFalse,
        read,
      );
    case "elvis": {
      const value = evaluateExpression(expression.value, read);
      return value === null || value === "" ? evaluateExpression(expression.fallback, read) : value;
    }
    default:
      return expression satisfies never;
  }
}

function call(name: string, values: readonly ExpressionValue[]): ExpressionValue {
  const called = findFunction(name);
  if (called === undefined) throw new ExpressionError(`The function ${name} is not supported.`);
  return limited(called.apply(values));
}

function condition(expression: Expression, read: ReadAttribute): boolean {
  const value = evaluateExpression(expression, read);
  if (typeof value === "boolean") return value;
  throw new ExpressionError(`A condition must be true or false, not ${describe(value)}.`);
}

function evaluateBinary(
  { operator, left, right }: Expression & { kind: "binary" },
  read: ReadAttribute,
): ExpressionValue {
  if (operator === "and") return condition(left, read) && condition(right, read);
  if (operator === "or") return condition(left, read) || condition(right, read);
  const first = evaluateExpression(left, read);
  const second = evaluateExpression(right, read);
  if (operator === "+") return add(first, second);
  return compare(operator, first, second);
}

function add(left: ExpressionValue, right: ExpressionValue): ExpressionValue {
  if (typeof left === "number" && typeof right === "number") return left + right;
  return limited(textOf(left) + textOf(right));
}

function compare(
  operator: Exclude<BinaryOperator, "+" | "and" | "or">,
  left: ExpressionValue,
  right: ExpressionValue,
): boolean {
  if (operator === "==") return left === right;
  if (operator === "!=") return left !== right;
  const order = orderOf(left, right);
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    default:
      return operator satisfies never;
  }
}

function orderOf(left: ExpressionValue, right: ExpressionValue): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  const sameType = typeof left === typeof right && typeof left !== "object" && typeof left !== "boolean";
  if (!sameType) throw new ExpressionError(`${describe(left)} and ${describe(right)} have no order.`);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function limited(value: ExpressionValue): ExpressionValue {
  if (typeof value === "string" && value.length > maxTextLength) {
    throw textTooLong();
  }
  return value;
}

function describe(value: ExpressionValue): string {
  if (value === null) return "null";
  if (typeof value === "object") return "a list";
  return typeof value === "string" ? `the text '${value.slice(0, 40)}'` : String(value);
}
