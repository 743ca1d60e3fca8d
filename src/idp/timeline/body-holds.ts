/** Whether the body of a request has what an expectation names. */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";

/**
 * Other names of an object, and other values of a list, may be there too; a list without values is one without values.
 * `name.familyName` is that name, as PATCH has it, or else the name within `name`.
 */
export function bodyHolds(value: JsonValue | undefined, expected: JsonValue): boolean {
  if (isJsonArray(expected)) {
    if (!isJsonArray(value)) return false;
    if (expected.length === 0) return value.length === 0;
    return expected.every((one) => value.some((item) => bodyHolds(item, one)));
  }
  if (isJsonObject(expected)) {
    if (!isJsonObject(value)) return false;
    return Object.entries(expected).every(([name, one]) => bodyHolds(valueAt(value, name), one));
  }
  return value === expected;
}

function valueAt(object: JsonObject, name: string): JsonValue | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const dot = name.indexOf(".");
  const inner = dot === -1 ? undefined : object[name.slice(0, dot)];
  return isJsonObject(inner) ? valueAt(inner, name.slice(dot + 1)) : undefined;
}

/** What a body has under the expected names: the rest would hide it. */
export function namedIn(value: JsonValue, expected: JsonValue): JsonValue {
  if (!isJsonObject(value) || !isJsonObject(expected)) return value;
  return Object.fromEntries(
    Object.entries(expected).flatMap(([name, one]) => {
      const held = valueAt(value, name);
      return held === undefined ? [] : [[name, namedIn(held, one)]];
    }),
  );
}
