/** `filter` and `search`: SCIM filters over the objects as they are answered (Okta: User query options). */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import type { AttributePath, ComparisonOperator, ComparisonValue, Filter } from "../../scim/filter/ast.ts";
import { parseFilter } from "../../scim/filter/parse.ts";
import { lenient } from "../../scim/leniency.ts";
import { OktaError } from "./errors.ts";

/** @throws OktaError E0000031 for what is not a filter */
export function compileSearch(text: string): (object: JsonObject) => boolean {
  const filter = parsed(text);
  return (object) => matches(filter, object);
}

function parsed(text: string): Filter {
  try {
    return parseFilter(text, { ...lenient, unquotedValues: "refuse" });
  } catch (error) {
    const cause = error instanceof Error ? error.message : "";
    throw new OktaError("E0000031", { summary: `Invalid search criteria. ${cause}`.trim() });
  }
}

function matches(filter: Filter, object: JsonObject): boolean {
  switch (filter.kind) {
    case "and":
      return filter.operands.every((operand) => matches(operand, object));
    case "or":
      return filter.operands.some((operand) => matches(operand, object));
    case "not":
      return !matches(filter.operand, object);
    case "present":
      return valuesAt(object, filter.path).some((value) => value !== null && value !== "");
    case "compare":
      return compares(filter, valuesAt(object, filter.path));
    case "value-path":
      return lists(object[filter.path.attribute]).some(
        (value) => isJsonObject(value) && matches(filter.filter, value),
      );
    default:
      return filter satisfies never;
  }
}

/** Of a list any value may match. */
function valuesAt(object: JsonObject, { attribute, subAttribute }: AttributePath): readonly JsonValue[] {
  const values = lists(object[attribute]);
  if (subAttribute === undefined) return values;
  return values.flatMap((value) => (isJsonObject(value) ? lists(value[subAttribute]) : []));
}

function lists(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return isJsonArray(value) ? value : [value];
}

function compares(
  { operator, value }: { readonly operator: ComparisonOperator; readonly value: ComparisonValue },
  held: readonly JsonValue[],
): boolean {
  if (operator === "ne") return !held.some((one) => same(one, value));
  return held.some((one) => comparesOne(one, operator, value));
}

function comparesOne(held: JsonValue, operator: ComparisonOperator, value: ComparisonValue): boolean {
  if (operator === "eq") return same(held, value);
  if (typeof held !== "string" || typeof value !== "string") {
    return typeof held === "number" && typeof value === "number" && inOrder(held - value, operator);
  }
  const [text, wanted] = [held.toLowerCase(), value.toLowerCase()];
  if (operator === "sw") return text.startsWith(wanted);
  if (operator === "ew") return text.endsWith(wanted);
  if (operator === "co") return text.includes(wanted);
  return inOrder(orderOf(held, value), operator);
}

/** Dates as instants, other texts by their characters. */
function orderOf(held: string, value: string): number {
  const [one, other] = [Date.parse(held), Date.parse(value)];
  if (!Number.isNaN(one) && !Number.isNaN(other)) return one - other;
  return held < value ? -1 : Number(held > value);
}

function inOrder(difference: number, operator: ComparisonOperator): boolean {
  if (operator === "gt") return difference > 0;
  if (operator === "ge") return difference >= 0;
  if (operator === "lt") return difference < 0;
  return operator === "le" && difference <= 0;
}

function same(held: JsonValue, value: ComparisonValue): boolean {
  if (typeof held === "string" && typeof value === "string")
    return held.toLowerCase() === value.toLowerCase();
  return held === value;
}
