/** From a value in a request body to the canonical value of an attribute, by what its schema says. */

import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type MutableJsonObject,
} from "../../ground/json.ts";
import { bodyLimits } from "../body-limits.ts";
import { coerceSimple, mustBe } from "./coerce-simple.ts";
import { distinctValues } from "./distinct-values.ts";
import { ScimError } from "../error.ts";
import {
  complexFromList,
  complexFromText,
  isEmptyReference,
  lenient,
  listFromSingleValue,
  type Leniency,
} from "../leniency.ts";
import { findByName, type Attribute } from "../schema/attribute.ts";
import { refuseUnknownNames } from "../unknown-names.ts";
import { isIdentifiedByValue } from "./value-key.ts";
import { namedTwice } from "./value-named.ts";

/**
 * The canonical value of a whole attribute, or undefined where there is none: null, `[]` and an object without
 * known attributes are "no value" (RFC 7643 §2.5). `place` is the path that an error names.
 * @throws ScimError invalidValue: "emails[0].primary must be a boolean, got 1."
 */
export function coerceAttribute(
  attribute: Attribute,
  value: unknown,
  place: string = attribute.name,
  leniency: Leniency = lenient,
): JsonValue | undefined {
  if (attribute.multiValued) return coerceValues(attribute, value, place, leniency);
  return coerceValue(attribute, complexFromList(attribute, value, leniency), place, leniency);
}

/** The canonical values of a multi-valued attribute: none twice, at most one primary; undefined for none. */
export function coerceValues(
  attribute: Attribute,
  value: unknown,
  place: string = attribute.name,
  leniency: Leniency = lenient,
): readonly JsonValue[] | undefined {
  if (value == null) return undefined;
  const submitted = listFromSingleValue(value, leniency);
  if (!isJsonArray(submitted)) throw mustBe(attribute, "a list", value, place);
  limitValues(attribute, submitted.length);
  const values = submitted
    .map((one, index) => coerceValue(attribute, one, `${place}[${index}]`, leniency))
    .filter((one) => one !== undefined);
  return values.length === 0 ? undefined : distinctValues(attribute, values);
}

/** One canonical value of an attribute, of a multi-valued one too; undefined for no value. */
export function coerceValue(
  attribute: Attribute,
  value: unknown,
  place: string,
  leniency: Leniency = lenient,
): JsonValue | undefined {
  if (value == null) return undefined;
  if (attribute.type !== "complex") return coerceSimple[attribute.type](attribute, value, place, leniency);
  const object = complexFromText(attribute, value, leniency);
  if (!isJsonObject(object)) throw mustBe(attribute, "an object", value, place);
  if (leniency.unknownAttributes === "refuse")
    refuseUnknownNames([attribute.subAttributes], object, `${place}.`);
  const complex = coerceAttributes(attribute.subAttributes, object, `${place}.`, leniency);
  if (isIdentifiedByValue(attribute) && (complex["value"] ?? "") === "") {
    throw new ScimError("invalidValue", `${place}.value is required.`);
  }
  const isNoValue = isEmptyReference(attribute, complex, leniency) || Object.keys(complex).length === 0;
  return isNoValue ? undefined : complex;
}

/**
 * The attributes of an object that are in the list, under the schema's spelling of their names. What nobody
 * knows is dropped, and so is what is read-only (RFC 7644 §3.3); write-only values are checked and dropped.
 * @throws ScimError invalidSyntax where a name comes twice in different case; invalidValue.
 */
export function coerceAttributes(
  attributes: readonly Attribute[],
  object: JsonObject,
  prefix = "",
  leniency: Leniency = lenient,
): JsonObject {
  const coerced: MutableJsonObject = {};
  const seen: Attribute[] = [];
  for (const name of Object.keys(object)) {
    const attribute = findByName(attributes, name);
    if (attribute === undefined || attribute.mutability === "readOnly") continue;
    const place = `${prefix}${attribute.name}`;
    if (seen.includes(attribute)) throw namedTwice(place);
    seen.push(attribute);
    const value = coerceAttribute(attribute, object[name], place, leniency);
    if (value !== undefined && attribute.mutability !== "writeOnly") coerced[attribute.name] = value;
  }
  return coerced;
}

/** @throws ScimError invalidValue where an attribute has more values than `bodyLimits` allow. */
export function limitValues(attribute: Attribute, count: number): void {
  const limit = isIdentifiedByValue(attribute) ? bodyLimits.maxReferences : bodyLimits.maxValues;
  if (count <= limit) return;
  throw new ScimError(
    "invalidValue",
    `${attribute.name} has ${count} values; at most ${limit} are accepted.`,
  );
}
