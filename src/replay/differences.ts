/** Where two normalized bodies differ. */

import { isJsonArray, isJsonObject, type JsonArray, type JsonObject, type JsonValue } from "../json.ts";
import { redacted } from "../wire/redact-json.ts";

export interface Difference {
  /** `status`, `answer`, `body`, or the path of an attribute: `name.givenName`, `emails[work].value`. */
  readonly at: string;
  /** Null where there was nothing. */
  readonly expected: JsonValue;
  readonly got: JsonValue;
  /** What the server says of it, for people: `409 uniqueness: …`. */
  readonly reason?: string;
}

/**
 * The smallest differences. Names in any case (RFC 7643 §2.1); the values of a multi-valued attribute in any order
 * (RFC 7643 §2.4). What was taken out of the recording as a secret is equal to everything.
 */
export function differences(
  expected: JsonValue | undefined,
  got: JsonValue | undefined,
  at = "",
): readonly Difference[] {
  if (expected === redacted || expected === got) return [];
  if (isJsonObject(expected) && isJsonObject(got)) return inObjects(expected, got, at);
  if (isListOrNothing(expected) && isListOrNothing(got)) return inLists(expected ?? [], got ?? [], at);
  return [between(expected ?? null, got ?? null, at)];
}

function between(expected: JsonValue, got: JsonValue, at: string): Difference {
  return { at: at === "" ? "body" : at, expected, got };
}

/** No list and an empty one are the same (RFC 7643 §2.5). */
function isListOrNothing(value: JsonValue | undefined): value is JsonArray | undefined {
  return value === undefined || isJsonArray(value);
}

function inObjects(expected: JsonObject, got: JsonObject, at: string): readonly Difference[] {
  const others = new Map(Object.entries(got).map(([name, value]) => [name.toLowerCase(), { name, value }]));
  const found = Object.entries(expected).flatMap(([name, value]) => {
    const other = others.get(name.toLowerCase());
    others.delete(name.toLowerCase());
    return differences(value, other?.value, below(at, name));
  });
  const more = [...others.values()].flatMap(({ name, value }) =>
    differences(undefined, value, below(at, name)),
  );
  return [...found, ...more];
}

/** What is the same on both sides goes first; of the rest, items with the same label are compared further. */
function inLists(expected: JsonArray, got: JsonArray, at: string): readonly Difference[] {
  const left = withoutCommon(expected, got);
  const unmatched = byLabel(left.got);
  const found = left.expected.flatMap((item) => {
    const label = labelOf(item);
    const other = label === undefined ? undefined : unmatched.get(label)?.shift();
    return differences(item, other, `${at}[${label ?? ""}]`);
  });
  const more = [...unmatched].flatMap(([label, items]) =>
    items.flatMap((item) => differences(undefined, item, `${at}[${label}]`)),
  );
  return [...found, ...more];
}

function withoutCommon(
  expected: JsonArray,
  got: JsonArray,
): { readonly expected: JsonArray; readonly got: JsonArray } {
  const counts = new Map<string, number>();
  for (const item of got) {
    const key = canonical(item);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const common = new Map<string, number>();
  const leftExpected = expected.filter((item) => {
    const key = canonical(item);
    const count = counts.get(key) ?? 0;
    if (count === 0) return true;
    counts.set(key, count - 1);
    common.set(key, (common.get(key) ?? 0) + 1);
    return false;
  });
  const leftGot = got.filter((item) => {
    const key = canonical(item);
    const count = common.get(key) ?? 0;
    common.set(key, count - 1);
    return count <= 0;
  });
  return { expected: leftExpected, got: leftGot };
}

function byLabel(items: JsonArray): Map<string, JsonValue[]> {
  const found = new Map<string, JsonValue[]>();
  for (const item of items) {
    const label = labelOf(item) ?? "";
    const before = found.get(label);
    if (before === undefined) found.set(label, [item]);
    else before.push(item);
  }
  return found;
}

/** What tells the items of a list apart for people; the first that an item has. */
const labels = ["username", "displayname", "bulkid", "type", "value", "name", "id"];
const labelsOfReference = ["display", "value"];

function labelOf(item: JsonValue): string | undefined {
  if (typeof item === "string") return item;
  if (!isJsonObject(item)) return undefined;
  const entries = new Map(Object.entries(item).map(([name, value]) => [name.toLowerCase(), value]));
  return (entries.has("$ref") ? labelsOfReference : labels)
    .map((name) => entries.get(name))
    .find((value): value is string => typeof value === "string");
}

/** One text for values that are equal: names in lower case and in order, lists in order. */
function canonical(value: JsonValue): string {
  if (isJsonArray(value)) return `[${value.map(canonical).sort().join(",")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, inner]) => `${JSON.stringify(name.toLowerCase())}:${canonical(inner)}`,
  );
  return `{${members.sort().join(",")}}`;
}

function below(at: string, name: string): string {
  return at === "" ? name : `${at}.${name}`;
}
