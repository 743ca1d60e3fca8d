/**
 * Where what providers send differs from what RFC 7643 asks for, and the meaning is plain all the same.
 * Each function is one such rule, with who needs it; a value that the rule is not about comes back as it was.
 */

import { isJsonArray, isJsonObject } from "../json.ts";
import { isReference } from "./reference.ts";
import { findByName, type Attribute } from "./schema/attribute.ts";

/**
 * Deviation: "True" and "False", in any case, are booleans (RFC 7643 §2.3.2 has only the literals).
 * Entra sends them in a PATCH without `aadOptscim062020` (Microsoft Learn: SCIM 2.0 protocol compliance).
 */
export function booleanFromText(value: unknown): unknown {
  if (typeof value !== "string" || value.length > "false".length) return value;
  const folded = value.toLowerCase();
  return folded === "true" ? true : folded === "false" ? false : value;
}

/**
 * Deviation: one value of a multi-valued attribute may come without the list around it (RFC 7643 §2.4).
 * Microsoft's SCIMReferenceCode collection adds a single member that way.
 */
export function listFromSingleValue(value: unknown): readonly unknown[] {
  return isJsonArray(value) ? value : [value];
}

/**
 * Deviation: a bare text stands for `{ "value": text }`. Microsoft's SCIM Validator sets `manager`, and
 * Microsoft's SCIMReferenceCode collection `members`, to the bare id.
 */
export function complexFromText(attribute: Attribute, value: unknown): unknown {
  if (typeof value !== "string") return value;
  return findByName(attribute.subAttributes, "value") === undefined ? value : { value };
}

/**
 * Deviation: a single complex value may come as a list of one.
 * Entra's documents set `manager` that way (Microsoft Learn: SCIM tutorial).
 */
export function complexFromList(attribute: Attribute, value: unknown): unknown {
  return attribute.type === "complex" && isJsonArray(value) && value.length === 1 ? value[0] : value;
}

/**
 * Deviation: a reference to the empty id is no value: Microsoft's SCIM Validator removes a manager by
 * `{ "value": "" }` and by `""`. Only where one other resource is meant; a member without id is an error.
 */
export function isEmptyReference(attribute: Attribute, value: unknown): boolean {
  return !attribute.multiValued && isReference(attribute) && isJsonObject(value) && value["value"] === "";
}
