/** Functions of multi-valued attributes. */

import { DotnetError } from "../../dotnet/dotnet-error.ts";
import type { Arguments } from "../arguments.ts";
import { defineFunction, type ExpressionFunction } from "./signature.ts";
import { listOf, type ExpressionValue } from "../values.ts";

export const listFunctions: readonly ExpressionFunction[] = [
  defineFunction("Count(attribute)", (given) => listOf(given.value(0)).length),
  defineFunction("Item(attribute, index)", item),
  defineFunction("RemoveDuplicates(attribute)", (given) => [...new Set(listOf(given.value(0)))]),
  defineFunction("Split(source, delimiter)", split),
];

/** From 1. Inferred: null behind the last value. */
function item(given: Arguments): ExpressionValue {
  const index = given.integer(1, "index");
  if (index < 1) throw new DotnetError("index must be 1 or more.");
  return listOf(given.value(0))[index - 1] ?? null;
}

/** The documented sample gives `A, B` split at `,` without the blank. Inferred: blanks around every value go. */
function split(given: Arguments): readonly string[] {
  const [source, delimiter] = [given.text(0), given.text(1)];
  if (delimiter === "") throw new DotnetError("delimiter is an empty string.");
  return source === "" ? [] : source.split(delimiter).map((one) => one.trim());
}
