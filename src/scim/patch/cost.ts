/** What one change of an attribute costs, in comparisons, before it is made. */

import { isJsonArray, type JsonValue } from "../../ground/json.ts";
import { isIdentifiedByValue } from "../value/value-key.ts";
import { comparisonsOf, weightOfValues } from "../work.ts";
import type { Change } from "./change-value.ts";
import type { AttributeTarget } from "./edit.ts";

/**
 * Every value that is held is compared with the filter, and the values afterwards with one another by their keys. Of
 * values that are removed by a list, each is compared with each, unless `value` alone tells them apart.
 */
export function costOfChange(
  { attribute, valueFilter }: AttributeTarget,
  held: JsonValue | undefined,
  change: Change,
): number {
  if (!attribute.multiValued) return 1;
  const values = isJsonArray(held) ? held : [];
  const comparisons = comparisonsOf(valueFilter) + costOfKeys;
  switch (change.op) {
    case "add":
    case "replace":
      return weightOfValues(values) * comparisons + countValues(change.value);
    case "remove":
      return valueFilter === undefined ? 1 : weightOfValues(values) * comparisons;
    case "remove-values":
      return isIdentifiedByValue(attribute)
        ? values.length + change.values.length
        : weightOfValues(values) * change.values.length;
  }
}

/** Making the key of a value and keeping the value by it, as comparisons. */
const costOfKeys = 4;

function countValues(value: JsonValue): number {
  return isJsonArray(value) ? value.length : 1;
}
