/** Where two normalized bodies differ. */

import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from "../ground/json.ts";
import { redacted } from "../wire/redact-json.ts";
import { unknownId } from "./normalize.ts";
import { pairUp } from "./pair-up.ts";
import { textMember } from "./resource.ts";

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

/** What is the same on both sides goes first; of the rest, items that belong together are compared further. */
function inLists(expected: JsonArray, got: JsonArray, at: string): readonly Difference[] {
  const { first, second } = pairUp(expected, got, [canonical]).leftOver;
  const { pairs, leftOver } = pairUp(first, second, [valueOf, labelOf]);
  const itemAt = (item: JsonValue): string => `${at}[${labelOf(item) ?? ""}]`;
  return [
    ...pairs.flatMap(([item, other]) => differences(item, other, itemAt(item))),
    ...leftOver.first.flatMap((item) => differences(item, undefined, itemAt(item))),
    ...leftOver.second.flatMap((item) => differences(undefined, item, itemAt(item))),
  ];
}

/** The significant value of a multi-valued attribute (RFC 7643 §2.4): of a member its id. */
function valueOf(item: JsonValue): string | undefined {
  const value = isJsonObject(item) ? textMember(item, "value") : undefined;
  return value === unknownId ? undefined : value;
}

/** What tells the items of a list apart for people; the first that an item has. */
const labels = ["userName", "displayName", "display", "bulkId", "type", "value", "name", "id"];

function labelOf(item: JsonValue): string | undefined {
  if (typeof item === "string") return item;
  if (!isJsonObject(item)) return undefined;
  return labels.map((name) => textMember(item, name)).find((label) => label !== undefined);
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
