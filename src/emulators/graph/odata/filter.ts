/** What a `$filter` means for one object. */

import { isJsonObject, type JsonObject, type JsonValue } from "../../../ground/json.ts";

export const comparisons = ["eq", "ne", "gt", "ge", "lt", "le"] as const;
export type Comparison = (typeof comparisons)[number];

export const textFunctions = ["startswith", "endswith", "contains"] as const;
export type TextFunction = (typeof textFunctions)[number];

export type Literal =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "date"; readonly ms: number }
  | { readonly kind: "constant"; readonly value: boolean | null };

export type Filter =
  | { readonly kind: "and" | "or"; readonly filters: readonly Filter[] }
  | { readonly kind: "not"; readonly filter: Filter }
  | {
      readonly kind: "compare";
      readonly path: string;
      readonly operator: Comparison;
      readonly value: Literal;
    }
  | { readonly kind: "in"; readonly path: string; readonly values: readonly Literal[] }
  | {
      readonly kind: "function";
      readonly path: string;
      readonly name: TextFunction;
      readonly text: string;
    };

/** The properties that a filter looks at: `provisioningStatusInfo/status`. */
export function pathsIn(filter: Filter): readonly string[] {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.filters.flatMap(pathsIn);
    case "not":
      return pathsIn(filter.filter);
    case "compare":
    case "in":
    case "function":
      return [filter.path];
    default:
      return filter satisfies never;
  }
}

/** Whether only the advanced engine of the directory answers it (Microsoft Graph: Advanced query capabilities). */
export function isAdvanced(filter: Filter): boolean {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.filters.some(isAdvanced);
    case "not":
      return true;
    case "compare":
      return filter.operator === "ne";
    case "function":
      return filter.name === "endswith";
    case "in":
      return false;
    default:
      return filter satisfies never;
  }
}

/** The value of a property of one object; null where it has none. */
export type PropertyReader = (path: string) => JsonValue;

/** `ignoresCase` for a property: the directory folds the case of texts, the provisioning log does not. */
export function matches(
  filter: Filter,
  read: PropertyReader,
  ignoresCase: (path: string) => boolean,
): boolean {
  switch (filter.kind) {
    case "and":
      return filter.filters.every((one) => matches(one, read, ignoresCase));
    case "or":
      return filter.filters.some((one) => matches(one, read, ignoresCase));
    case "not":
      return !matches(filter.filter, read, ignoresCase);
    case "compare":
      return compares(read(filter.path), filter, ignoresCase(filter.path));
    case "in": {
      const found = read(filter.path);
      return filter.values.some((value) =>
        compares(found, { operator: "eq", value }, ignoresCase(filter.path)),
      );
    }
    case "function": {
      const found = read(filter.path);
      if (typeof found !== "string") return false;
      const fold = (text: string): string => (ignoresCase(filter.path) ? text.toLowerCase() : text);
      return textTests[filter.name](fold(found), fold(filter.text));
    }
    default:
      return filter satisfies never;
  }
}

/** The value at a path of an object: `provisioningStatusInfo/status`. */
export function valueAt(object: JsonObject, path: string): JsonValue {
  let value: JsonValue = object;
  for (const name of path.split("/")) {
    if (!isJsonObject(value) || !Object.hasOwn(value, name)) return null;
    value = value[name] ?? null;
  }
  return value;
}

const textTests: Readonly<Record<TextFunction, (text: string, part: string) => boolean>> = {
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
  contains: (text, part) => text.includes(part),
};

function compares(
  found: JsonValue,
  { operator, value }: { readonly operator: Comparison; readonly value: Literal },
  ignoresCase: boolean,
): boolean {
  const order = orderOf(found, value, ignoresCase);
  switch (operator) {
    case "eq":
      return order === 0;
    case "ne":
      return order !== 0;
    case "gt":
      return order !== undefined && order > 0;
    case "ge":
      return order !== undefined && order >= 0;
    case "lt":
      return order !== undefined && order < 0;
    case "le":
      return order !== undefined && order <= 0;
    default:
      return operator satisfies never;
  }
}

/** Undefined where the two cannot be compared. */
function orderOf(found: JsonValue, literal: Literal, ignoresCase: boolean): number | undefined {
  switch (literal.kind) {
    case "constant":
      return found === literal.value ? 0 : undefined;
    case "number":
      return typeof found === "number" ? found - literal.number : undefined;
    case "date":
      return typeof found === "string" ? Date.parse(found) - literal.ms : undefined;
    case "text": {
      if (typeof found !== "string") return undefined;
      const [one, other] = ignoresCase
        ? [found.toLowerCase(), literal.text.toLowerCase()]
        : [found, literal.text];
      return one === other ? 0 : one < other ? -1 : 1;
    }
    default:
      return literal satisfies never;
  }
}
