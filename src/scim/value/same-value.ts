/** Equality of JSON values: the order of names does not count, the order of a list's values does. */

import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from "../../ground/json.ts";

/** Whether two JSON values are the same; text is compared exactly, in its case too. */
export function sameValue(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (isJsonArray(a) && isJsonArray(b)) return sameList(a, b);
  return isJsonObject(a) && isJsonObject(b) && sameObject(a, b);
}

function sameList(a: JsonArray, b: JsonArray): boolean {
  return a.length === b.length && a.every((value, index) => sameValue(value, b[index]));
}

function sameObject(a: JsonObject, b: JsonObject): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameValue(a[name], b[name]))
  );
}
