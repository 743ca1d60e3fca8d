/** The order that `sortBy` and `sortOrder` ask for (RFC 7644 §3.4.2.3). */

import { isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { parseDateTime } from "./date-time.ts";
import { ScimError } from "./error.ts";
import { splitAttributePath } from "./filter/attribute-path.ts";
import { foldCase } from "./fold-case.ts";
import { resolveAttributePath, valuesAt, type ResolvedPath } from "./path.ts";
import { findByName, type Attribute, type ResourceType } from "./schema/attribute.ts";

/** As they come in a URL or a search body; null and undefined where they do not. */
export interface SortQuery {
  readonly sortBy?: string | null | undefined;
  readonly sortOrder?: string | null | undefined;
}

/**
 * The order of things that hold resources, as `Array.prototype.sort` wants it; undefined where none was asked
 * for, and `sortOrder` alone asks for none. Strings by `caseExact`, without any locale, dates as instants; of
 * a multi-valued attribute its primary value or else its first, of a complex one its `value`; what has none
 * last, when descending first. Each item's resource is asked for once.
 * @throws ScimError invalidValue for an attribute nobody has, or that has no order, and for an unknown
 * `sortOrder`
 */
export function parseSort<Item extends object>(
  query: SortQuery,
  type: ResourceType,
  resourceOf: (item: Item) => JsonObject,
): ((a: Item, b: Item) => number) | undefined {
  const descending = isDescending(query.sortOrder ?? "ascending");
  if (query.sortBy == null || query.sortBy === "") return undefined;
  const keyOfResource = sortKey(query.sortBy, type);
  const keyOf = remembered((item: Item) => keyOfResource(resourceOf(item)));
  return descending ? (a, b) => compareKeys(keyOf(b), keyOf(a)) : (a, b) => compareKeys(keyOf(a), keyOf(b));
}

type SortKey = string | number | undefined;

function isDescending(sortOrder: string): boolean {
  const lower = sortOrder.toLowerCase();
  if (lower === "ascending" || lower === "descending") return lower === "descending";
  throw new ScimError("invalidValue", "sortOrder must be ascending or descending.");
}

function sortKey(sortBy: string, type: ResourceType): (resource: JsonObject) => SortKey {
  const path = splitAttributePath(sortBy);
  const resolved = path === undefined ? undefined : resolveAttributePath(type, path);
  const attribute = resolved?.attribute;
  const subAttribute = resolved?.subAttribute ?? findByName(attribute?.subAttributes ?? [], "value");
  const sorted = subAttribute ?? attribute;
  if (
    resolved === undefined ||
    sorted === undefined ||
    sorted.type === "complex" ||
    sorted.returned === "never"
  ) {
    throw new ScimError("invalidValue", `sortBy names no attribute to sort by: ${sortBy.slice(0, 200)}.`);
  }
  return (resource) => comparable(sortedValue(resource, resolved, subAttribute), sorted);
}

function sortedValue(
  resource: JsonObject,
  resolved: ResolvedPath,
  subAttribute: Attribute | undefined,
): JsonValue | undefined {
  const values = valuesAt(resource, { ...resolved, subAttribute: undefined });
  const value = values.find((one) => isJsonObject(one) && one["primary"] === true) ?? values[0];
  if (subAttribute === undefined) return value;
  return isJsonObject(value) ? value[subAttribute.name] : undefined;
}

function comparable(value: JsonValue | undefined, attribute: Attribute): SortKey {
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  if (attribute.type === "dateTime") return parseDateTime(value);
  return attribute.caseExact ? value : foldCase(value);
}

/** A name is folded once, not once for each comparison. */
function remembered<Item extends object>(keyOf: (item: Item) => SortKey): (item: Item) => SortKey {
  const keys = new WeakMap<Item, { readonly key: SortKey }>();
  return (item) => {
    const known = keys.get(item) ?? { key: keyOf(item) };
    keys.set(item, known);
    return known.key;
  };
}

function compareKeys(a: SortKey, b: SortKey): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}
