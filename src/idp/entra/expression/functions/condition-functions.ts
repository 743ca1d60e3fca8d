/** Functions that choose, and those that ask what a value is. */

import type { Arguments } from "../arguments.ts";
import { referencesIn, type Expression } from "../ast.ts";
import { compareValues, isTrue } from "../compare.ts";
import { defineFunction, type ExpressionFunction } from "./signature.ts";
import { booleanOf, isEmpty, textOf, type ExpressionValue } from "../values.ts";

export const conditionFunctions: readonly ExpressionFunction[] = [
  defineFunction("Coalesce([source], …)", coalesce, { repeats: 1 }),
  defineFunction("IIF(condition, [valueIfTrue], [valueIfFalse])", iif, { isPositional: true }),
  defineFunction("IsNull(expression)", (given) => given.value(0) === null),
  defineFunction("IsNullOrEmpty(expression)", (given) => isEmpty(given.value(0))),
  defineFunction("IsPresent(expression)", (given) => !isEmpty(given.value(0))),
  defineFunction("IsString(expression)", (given) => typeof given.value(0) === "string"),
  // "Otherwise, returns True": whatever is not true, be it a mistake.
  defineFunction("Not(source)", (given) => booleanOf(given.value(0)) !== true),
  defineFunction("Switch(source, [defaultValue], key, [value], …)", switchOn, { repeats: 2 }),
];

/** The first that is not null; the last is the default, and may be the empty text. */
function coalesce(given: Arguments): ExpressionValue {
  for (let index = 0; index < given.count; index += 1) {
    const value = given.value(index);
    if (value !== null) return value;
  }
  return null;
}

function iif(given: Arguments): ExpressionValue {
  const condition = given.expression(0);
  return given.value(condition !== null && holds(condition, given) ? 1 : 2);
}

/**
 * "If the source attribute used within the IIF function is empty or null, the condition check fails" (IIF, Known
 * limitations), `[country] = ""` and `IsNullOrEmpty([country])` included. Inferred: in a comparison a side fails that
 * comes out empty, unless it was written as "".
 */
function holds(condition: Expression, given: Arguments): boolean {
  if (condition.kind !== "comparison") {
    const isMissing = referencesIn(condition).some((one) => isEmpty(given.evaluate(one)));
    return !isMissing && isTrue(given.evaluate(condition));
  }
  const sides = [condition.left, condition.right].map((side) => ({
    value: given.evaluate(side),
    isWritten: side.kind === "literal",
  }));
  const [left, right] = sides;
  if (left === undefined || right === undefined) return false;
  if (sides.some(({ value, isWritten }) => !isWritten && isEmpty(value))) return false;
  return compareValues(condition.operator, left.value, right.value);
}

/** The value of the first key that the source equals, case-sensitive; the key "" is that of an empty source. */
function switchOn(given: Arguments): ExpressionValue {
  if (isTrapped(given)) return null;
  const source = given.text(0);
  for (let index = 2; index < given.count; index += 2) {
    if (textOf(given.value(index)) === source) return given.value(index + 1);
  }
  return given.value(1);
}

/** The documented trap: "the switch statement is evaluated as null" (Switch, Caution). */
function isTrapped(given: Arguments): boolean {
  const { switchNullBug } = given.context;
  const source = given.expression(0);
  if (switchNullBug === undefined || source === null) return false;
  const references = referencesIn(source);
  return references.length > 0 && references.every(({ name }) => switchNullBug(name));
}
