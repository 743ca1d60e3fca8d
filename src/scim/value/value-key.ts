/** When two values of a multi-valued attribute count as the same one (RFC 7643 §2.4). */

import { isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { findByName, type Attribute } from "../schema/attribute.ts";

/**
 * Whether `value` alone tells the values apart, as with `members`: it is immutable, so an element is added
 * and removed, and never becomes another one (RFC 7643 §4.2).
 */
export function isIdentifiedByValue(attribute: Attribute): boolean {
  return identifierOf(attribute) !== undefined;
}

/**
 * A text that is the same for values that count as the same: `value` where it identifies; else `type` and
 * `value`, of which RFC 7643 §2.4 wants no combination twice; else everything but `primary` (addresses have no
 * `value`).
 */
export function valueKey(attribute: Attribute, value: JsonValue): string {
  if (!isJsonObject(value)) return textKey(attribute, value);
  const identifier = identifierOf(attribute);
  if (identifier !== undefined) return textKey(identifier, value[identifier.name]);
  const parts = identifyingAttributes(attribute, value).map((sub) => textKey(sub, value[sub.name]));
  // With its length in front no part can look like two.
  return parts.map((part) => `${part.length} ${part}`).join("");
}

/**
 * The sub-attributes that distinguish a complex value from others, where `value` alone is not enough.
 * `primary` is never one: it passes from value to value.
 */
export function identifyingAttributes(attribute: Attribute, value: JsonObject): readonly Attribute[] {
  return attribute.subAttributes.filter(value["value"] === undefined ? isNotPrimary : isTypeOrValue);
}

/**
 * Whether a value is one that the other names: by its `value`, and its `type` where the other has one;
 * without a `value` by every sub-attribute the other has.
 */
export function isNamedBy(attribute: Attribute, value: JsonValue, other: JsonValue): boolean {
  if (!isJsonObject(value) || !isJsonObject(other)) {
    return textKey(attribute, value) === textKey(attribute, other);
  }
  const named =
    other["value"] === undefined ? attribute.subAttributes : identifyingAttributes(attribute, other);
  return named
    .filter((sub) => other[sub.name] !== undefined)
    .every((sub) => textKey(sub, value[sub.name]) === textKey(sub, other[sub.name]));
}

function identifierOf(attribute: Attribute): Attribute | undefined {
  const value = attribute.multiValued ? findByName(attribute.subAttributes, "value") : undefined;
  return value?.mutability === "immutable" ? value : undefined;
}

function isNotPrimary({ name }: Attribute): boolean {
  return name !== "primary";
}

function isTypeOrValue({ name }: Attribute): boolean {
  return name === "type" || name === "value";
}

/** Empty text and no value are the same here: Okta sends either for a type that is not mapped. */
function textKey(attribute: Attribute, value: JsonValue | undefined): string {
  if (typeof value === "string") return attribute.caseExact ? value : foldCase(value);
  return value === undefined ? "" : JSON.stringify(value);
}
