/** Okta Expression Language overview: Array functions. Each takes a comma-separated text for a list, too. */

import { ExpressionError } from "../expression-error.ts";
import { expressionFunction, type ArgumentValues, type ExpressionFunction } from "./function.ts";
import { describe, isList, isSameValue, listOf, textOf, type ExpressionValue } from "../value.ts";

export const arrayFunctions: readonly ExpressionFunction[] = [
  expressionFunction("Arrays.add(array, value)", ([array = null, value = null]) => [...listOf(array), value]),
  expressionFunction("Arrays.remove(array, value)", remove),
  expressionFunction("Arrays.clear(array)", () => []),
  expressionFunction("Arrays.get(array, position)", ([array = null, position = null]) =>
    entryAt(listOf(array), position),
  ),
  expressionFunction("Arrays.flatten(value, …)", flatten),
  expressionFunction("Arrays.contains(array, value)", contains),
  expressionFunction("Arrays.size(array)", ([array = null]) => listOf(array).length),
  expressionFunction("Arrays.isEmpty(array)", ([array = null]) => listOf(array).length === 0),
  expressionFunction("Arrays.toCsvString(array)", ([array = null]) => textOf(listOf(array))),
];

/**
 * The entry at a position that is counted from 0. Inferred: beyond the list there is an error, as in Spring (EL1025E).
 * @throws ExpressionError where there is no such entry
 */
export function entryAt(list: readonly ExpressionValue[], position: ExpressionValue): ExpressionValue {
  const entry = typeof position === "number" ? list[position] : undefined;
  if (entry !== undefined) return entry;
  throw new ExpressionError(
    `A list of ${list.length} has no entry ${describe(position)}; its entries count from 0`,
  );
}

/** Inferred: the first that is the same, as Java's lists remove. */
function remove([array = null, value = null]: ArgumentValues): ExpressionValue {
  const list = listOf(array);
  const at = indexOf(list, value, typeof array === "string");
  return at === -1 ? list : list.toSpliced(at, 1);
}

function contains([array = null, value = null]: ArgumentValues): boolean {
  return indexOf(listOf(array), value, typeof array === "string") !== -1;
}

/** Inferred: of a comma-separated text each part is a text, and so is what is looked for among them. */
function indexOf(list: readonly ExpressionValue[], value: ExpressionValue, areTexts: boolean): number {
  const wanted = areTexts ? textOf(value) : value;
  return list.findIndex((entry) => isSameValue(entry, wanted));
}

/** One list of all values, lists within lists dissolved. Inferred: a text is split only where it is the one argument. */
function flatten(values: ArgumentValues): ExpressionValue {
  const [only] = values;
  return values.length === 1 && typeof only === "string" ? listOf(only) : values.flatMap(dissolve);
}

function dissolve(value: ExpressionValue): readonly ExpressionValue[] {
  return isList(value) ? value.flatMap(dissolve) : [value];
}
