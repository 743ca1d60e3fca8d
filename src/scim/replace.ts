/** What a PUT makes of a resource (RFC 7644 §3.5.1). */

import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  type MutableJsonObject,
} from "../ground/json.ts";
import { ScimError } from "./error.ts";
import { sameValue } from "./value/same-value.ts";
import { pointsElsewhere } from "./value/reference.ts";
import type { Attribute, ResourceType } from "./schema/attribute.ts";
import { valueKey } from "./value/value-key.ts";
import { withSchemas } from "./with-schemas.ts";

/**
 * The resource after a PUT: read-only attributes stay, immutable ones may be set but not changed, write-only ones
 * are not kept, and the others are what was submitted, so that what was not is gone.
 * `submitted` is what `readResource` made of the body.
 * @throws ScimError mutability where an immutable attribute would change.
 */
export function replaceResource(type: ResourceType, current: JsonObject, submitted: JsonObject): JsonObject {
  const core = type.commonAttributes.concat(type.schema.attributes);
  const replaced: MutableJsonObject = { schemas: [], ...replaceAttributes(core, current, submitted) };
  for (const { id, attributes } of type.extensions) {
    const values = replaceAttributes(attributes, objectAt(current, id), objectAt(submitted, id));
    if (Object.keys(values).length > 0) replaced[id] = values;
  }
  return withSchemas(type, replaced);
}

function replaceAttributes(
  attributes: readonly Attribute[],
  current: JsonObject,
  submitted: JsonObject,
): JsonObject {
  const replaced: MutableJsonObject = {};
  for (const attribute of attributes) {
    const value = replaceValue(attribute, current[attribute.name], submitted[attribute.name]);
    if (value !== undefined) replaced[attribute.name] = value;
  }
  return replaced;
}

function replaceValue(
  attribute: Attribute,
  current: JsonValue | undefined,
  submitted: JsonValue | undefined,
): JsonValue | undefined {
  switch (attribute.mutability) {
    case "readOnly":
      return current;
    case "writeOnly":
      return undefined;
    case "immutable":
      refuseChange(attribute, current, submitted);
      return current ?? submitted;
    case "readWrite":
      return withReadOnlyParts(attribute, current, submitted);
  }
}

function refuseChange(
  attribute: Attribute,
  current: JsonValue | undefined,
  submitted: JsonValue | undefined,
): void {
  if (current === undefined || submitted === undefined || sameValue(current, submitted)) return;
  throw new ScimError("mutability", `${attribute.name} already has a value and is immutable.`);
}

/** Sub-attributes have a mutability of their own: the name of a manager stays while the manager does. */
function withReadOnlyParts(
  attribute: Attribute,
  current: JsonValue | undefined,
  submitted: JsonValue | undefined,
): JsonValue | undefined {
  if (isJsonArray(current) && isJsonArray(submitted)) return keepPartsOfValues(attribute, current, submitted);
  if (!isJsonObject(current) || !isJsonObject(submitted)) return submitted;
  if (pointsElsewhere(attribute, current, submitted)) return submitted;
  return replaceAttributes(attribute.subAttributes, current, submitted);
}

/** Of a list, values are the same ones where their keys are; what is immutable in them is then a part of the key. */
function keepPartsOfValues(attribute: Attribute, current: JsonArray, submitted: JsonArray): JsonArray {
  const names = attribute.subAttributes.filter((sub) => sub.mutability === "readOnly").map((sub) => sub.name);
  if (names.length === 0) return submitted;
  const byKey = new Map(current.map((value) => [valueKey(attribute, value), value]));
  return submitted.map((value) => {
    const held = byKey.get(valueKey(attribute, value));
    if (!isJsonObject(held) || !isJsonObject(value)) return value;
    return { ...value, ...Object.fromEntries(Object.entries(held).filter(([name]) => names.includes(name))) };
  });
}

function objectAt(resource: JsonObject, name: string): JsonObject {
  const value = resource[name];
  return isJsonObject(value) ? value : {};
}
