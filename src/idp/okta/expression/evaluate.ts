/** What an Okta expression yields for one user. */

import {
  isOperation,
  type BinaryExpression,
  type Expression,
  type FunctionCall,
  type Operation,
} from "./ast.ts";
import { entryAt } from "./functions/array-functions.ts";
import type { EvaluationContext } from "./context.ts";
import { ExpressionError, located } from "./expression-error.ts";
import { calculate } from "./operators.ts";
import { describe, isList, isObject, type ExpressionObject, type ExpressionValue } from "./value.ts";

/**
 * Evaluates an expression.
 * @throws ExpressionError with the position of what has no value: where a condition is not boolean, an operand or an
 * argument is of no use, a list has no such entry, an attribute is read of null
 */
export function evaluateExpression(expression: Expression, context: EvaluationContext): ExpressionValue {
  return evaluate(expression, { context, own: undefined });
}

/** `own`: the entry that a projection looks at. */
interface Scope {
  readonly context: EvaluationContext;
  readonly own: ExpressionValue | undefined;
}

function evaluate(expression: Expression, scope: Scope): ExpressionValue {
  if (isOperation(expression)) return evaluateOperation(expression, scope);
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "reference":
      return scope.context.references[expression.root](expression.attribute);
    case "list":
      return expression.entries.map((entry) => evaluate(entry, scope));
    case "map":
      return mapOf(expression, scope);
    case "own-attribute":
      return located(expression.at, () => attributeOf(scope.own ?? null, expression.attribute));
    case "member":
      return evaluateMember(expression, scope);
    case "index":
      return evaluateIndex(expression, scope);
    case "projection":
      return project(expression, scope);
    case "call":
      return call(expression, scope);
    default:
      return expression satisfies never;
  }
}

function evaluateOperation(expression: Operation, scope: Scope): ExpressionValue {
  switch (expression.kind) {
    case "not":
      return !condition(expression.operand, scope);
    case "minus":
      return located(expression.at, () => calculate("-", 0, evaluate(expression.operand, scope)));
    case "binary":
      return evaluateBinary(expression, scope);
    case "conditional":
      return evaluate(
        condition(expression.condition, scope) ? expression.whenTrue : expression.whenFalse,
        scope,
      );
    case "elvis": {
      const value = evaluate(expression.value, scope);
      return value === null || value === "" ? evaluate(expression.fallback, scope) : value;
    }
    default:
      return expression satisfies never;
  }
}

function evaluateBinary({ operator, left, right, at }: BinaryExpression, scope: Scope): ExpressionValue {
  if (operator === "and") return condition(left, scope) && condition(right, scope);
  if (operator === "or") return condition(left, scope) || condition(right, scope);
  const first = evaluate(left, scope);
  const second = evaluate(right, scope);
  return located(at, () => calculate(operator, first, second));
}

function condition(expression: Expression, scope: Scope): boolean {
  const value = evaluate(expression, scope);
  if (typeof value === "boolean") return value;
  throw new ExpressionError(
    `A condition must be true or false, not ${describe(value)}; found`,
    expression.at,
  );
}

function call({ called, arguments: values, at }: FunctionCall, scope: Scope): ExpressionValue {
  const evaluated = values.map((value) => evaluate(value, scope));
  return located(at, () => called.apply(evaluated, scope.context));
}

function mapOf({ entries }: Expression & { kind: "map" }, scope: Scope): ExpressionObject {
  return {
    noun: "map",
    attributes: new Map(entries.map(({ key, value }) => [key, evaluate(value, scope)])),
  };
}

function evaluateMember(
  { target, attribute, at }: Expression & { kind: "member" },
  scope: Scope,
): ExpressionValue {
  const owner = evaluate(target, scope);
  if (owner === null && target.kind === "call" && target.called.isReadUnguarded === true) return null;
  return located(at, () => attributeOf(owner, attribute));
}

/** Inferred: an attribute of null is an error, as in Spring (EL1007E), and so is one that there is not (EL1008E). */
function attributeOf(owner: ExpressionValue, attribute: string): ExpressionValue {
  const value = isObject(owner) ? owner.attributes.get(attribute) : undefined;
  if (value !== undefined) return value;
  const hint = owner === null ? "; check for null first" : "";
  throw new ExpressionError(`${describe(owner)} has no attribute '${attribute}'${hint}`);
}

function evaluateIndex(
  { target, position, at }: Expression & { kind: "index" },
  scope: Scope,
): ExpressionValue {
  const list = evaluate(target, scope);
  const index = evaluate(position, scope);
  return located(at, () => {
    if (isList(list)) return entryAt(list, index);
    throw new ExpressionError(`${describe(list)} is not a list and has no entries`);
  });
}

/** Inferred: a projection of null is null, as in Spring. */
function project(
  { target, each, at }: Expression & { kind: "projection" },
  { context, own }: Scope,
): ExpressionValue {
  const list = evaluate(target, { context, own });
  if (list === null) return null;
  return located(at, () => {
    if (isList(list)) return list.map((entry) => evaluate(each, { context, own: entry }));
    throw new ExpressionError(`${describe(list)} is not a list and cannot be projected`);
  });
}
