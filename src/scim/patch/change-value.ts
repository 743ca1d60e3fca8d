/** What a change makes of the whole value of one attribute (RFC 7644 §3.5.2.1 to §3.5.2.3). */

import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from "../../ground/json.ts";
import { limitValues } from "../value/coerce.ts";
import { distinctValues } from "../value/distinct-values.ts";
import { ScimError } from "../error.ts";
import { pointsElsewhere } from "../value/reference.ts";
import { sameValue } from "../value/same-value.ts";
import type { Attribute } from "../schema/attribute.ts";
import { isIdentifiedByValue, isNamedBy, valueKey } from "../value/value-key.ts";
import { put } from "./put.ts";

/** An edit without its target. */
export type Change =
  | { readonly op: "add" | "replace"; readonly value: JsonValue }
  | { readonly op: "remove" }
  | { readonly op: "remove-values"; readonly values: JsonArray };

/**
 * The value after the change; undefined for none.
 * @throws ScimError mutability where an immutable attribute has a value already (RFC 7644 §3.5.2).
 */
export function changeValue(
  attribute: Attribute,
  held: JsonValue | undefined,
  change: Change,
): JsonValue | undefined {
  const changed = attribute.multiValued
    ? changeValues(attribute, isJsonArray(held) ? held : [], change)
    : changeSingleValue(attribute, held, change);
  if (attribute.mutability === "immutable" && held !== undefined && !sameValue(held, changed)) {
    throw new ScimError("mutability", `${attribute.name} already has a value and is immutable.`);
  }
  return changed;
}

/** A complex value after a change of one of its sub-attributes. */
export function changeSubAttribute(
  complex: JsonValue | undefined,
  sub: Attribute,
  change: Change,
): JsonObject {
  const held = isJsonObject(complex) ? complex : {};
  return put(held, sub.name, changeValue(sub, held[sub.name], change));
}

/**
 * One value with another one set: of a complex value only the sub-attributes that are given (RFC 7644 §3.5.2.3).
 * A reference that is pointed elsewhere keeps nothing, for its `$ref` would still point at the old resource.
 */
export function setValue(attribute: Attribute, held: JsonValue | undefined, value: JsonValue): JsonValue {
  if (!isJsonObject(held) || !isJsonObject(value) || pointsElsewhere(attribute, held, value)) return value;
  return attribute.subAttributes.reduce((merged, sub) => {
    const part = value[sub.name];
    return part === undefined ? merged : changeSubAttribute(merged, sub, { op: "replace", value: part });
  }, held);
}

function changeSingleValue(
  attribute: Attribute,
  held: JsonValue | undefined,
  change: Change,
): JsonValue | undefined {
  return change.op === "add" || change.op === "replace" ? setValue(attribute, held, change.value) : undefined;
}

function changeValues(attribute: Attribute, held: JsonArray, change: Change): JsonArray | undefined {
  switch (change.op) {
    case "add":
      return addValues(attribute, held, valuesOf(change.value));
    case "replace":
      return replaceValues(attribute, held, valuesOf(change.value));
    case "remove":
      return undefined;
    case "remove-values":
      return removeValues(attribute, held, change.values);
  }
}

function addValues(attribute: Attribute, held: JsonArray, added: JsonArray): JsonArray {
  const isAdded = new Set(added);
  const values = distinctValues(attribute, [...held, ...added], (value) => isAdded.has(value));
  limitValues(attribute, values.length);
  return values;
}

/** Members have no order: the same ones in another order are no change, as in a store that keeps a set. */
function replaceValues(attribute: Attribute, held: JsonArray, values: JsonArray): JsonArray {
  if (!isIdentifiedByValue(attribute) || held.length !== values.length) return values;
  const keys = new Set(held.map((value) => valueKey(attribute, value)));
  return values.every((value) => keys.has(valueKey(attribute, value))) ? held : values;
}

function removeValues(attribute: Attribute, held: JsonArray, removed: JsonArray): JsonArray | undefined {
  const rest = held.filter(notAmong(attribute, removed));
  return rest.length === 0 ? undefined : rest;
}

function notAmong(attribute: Attribute, removed: JsonArray): (value: JsonValue) => boolean {
  if (!isIdentifiedByValue(attribute)) {
    return (value) => !removed.some((one) => isNamedBy(attribute, value, one));
  }
  const keys = new Set(removed.map((value) => valueKey(attribute, value)));
  return (value) => !keys.has(valueKey(attribute, value));
}

function valuesOf(value: JsonValue): JsonArray {
  return isJsonArray(value) ? value : [value];
}
