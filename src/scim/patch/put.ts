/** Objects that are changed by making new ones. */

import type { JsonObject, JsonValue } from "../../ground/json.ts";

/**
 * The object with a value under a name, or without the name where the value is undefined. Names come from
 * the schemas, never from a body.
 */
export function put(object: JsonObject, name: string, value: JsonValue | undefined): JsonObject {
  if (value !== undefined) return { ...object, [name]: value };
  const { [name]: removed, ...rest } = object;
  return removed === undefined ? object : rest;
}

/** Whether nothing is left of a complex value or of an extension: it is unassigned then (RFC 7643 §2.5). */
export function isEmptyObject(value: JsonObject): boolean {
  return Object.keys(value).length === 0;
}
