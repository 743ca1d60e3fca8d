/** The order that `sortBy` and `sortOrder` ask for (RFC 7644 §3.4.2.3). */

import { isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { parseDateTime } from "../value/date-time.ts";
import { ScimError } from "../error.ts";
import { splitAttributePath } from "../filter/attribute-path.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { lenient, type Leniency } from "../leniency.ts";
import { resolveAttributePath, valuesAt, type ResolvedPath } from "../path.ts";
import { findByName, type Attribute, type ResourceType } from "../schema/attribute.ts";

/** As they come in a URL or a search body; null and undefined where they do not. */
export interface SortQuery {
  readonly sortBy?: string | null | undefined;
  readonly sortOrder?: string | null | undefined;
}

/** What a resource is sorted by; undefined where it has no value. */
export type SortKey = string | number | undefined;

/** An order that can be: some resource type has the attribute. */
export interface SortOrder {
  readonly sortBy: string;
  readonly descending: boolean;
}

/**
 * The order over resources of these types; undefined where none was asked for, and `sortOrder` alone asks for none.
 * @throws ScimError invalidValue for an unknown attribute, or one that has no order, and for an unknown
 * `sortOrder`
 */
export function parseSort(
  query: SortQuery,
  types: readonly ResourceType[],
  leniency: Leniency = lenient,
): SortOrder | undefined {
  const descending = isDescending(query.sortOrder ?? "ascending");
  const { sortBy } = query;
  if (sortBy == null || sortBy === "") return undefined;
  if (types.every((type) => keyOfSort({ sortBy }, type, leniency) === undefined)) {
    throw new ScimError(
      "invalidValue",
      `sortBy is not an attribute that can be sorted by: ${sortBy.slice(0, 200)}.`,
    );
  }
  return { sortBy, descending };
}

/** Which of two keys comes first, as `Array.prototype.sort` wants it; no key comes last, when descending first. */
export function compareSortKeys({ descending }: SortOrder): (a: SortKey, b: SortKey) => number {
  return descending ? (a, b) => compareKeys(b, a) : compareKeys;
}

/** Whether the order goes by an attribute of the core schema, or by a part of it. */
export function sortsBy(query: SortQuery, type: ResourceType, attributeName: string): boolean {
  const path = splitAttributePath(query.sortBy ?? "");
  const resolved = path === undefined ? undefined : resolveAttributePath(type, path);
  return resolved?.extension === undefined && resolved?.attribute?.name === attributeName;
}

function isDescending(sortOrder: string): boolean {
  const lower = sortOrder.toLowerCase();
  if (lower === "ascending" || lower === "descending") return lower === "descending";
  throw new ScimError("invalidValue", "sortOrder must be ascending or descending.");
}

/**
 * What of a resource counts; undefined where its type has no such attribute. Strings by `caseExact`, without any locale,
 * dates as instants; of a multi-valued attribute its primary value or else its first, of a complex one its `value`.
 */
export function keyOfSort(
  { sortBy }: Pick<SortOrder, "sortBy">,
  type: ResourceType,
  leniency: Leniency = lenient,
): ((resource: JsonObject) => SortKey) | undefined {
  const path = splitAttributePath(sortBy);
  const resolved = path === undefined ? undefined : resolveAttributePath(type, path, leniency);
  if (resolved?.attribute === undefined) return undefined;
  const subAttribute = resolved.subAttribute ?? findByName(resolved.attribute.subAttributes ?? [], "value");
  const sorted = subAttribute ?? resolved.attribute;
  if (sorted.type === "complex" || sorted.returned === "never") return undefined;
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

function compareKeys(a: SortKey, b: SortKey): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}
