/** Complex attributes that point at another resource, as `manager` does (RFC 7643 §2.4: `$ref`). */

import type { JsonObject } from "../../ground/json.ts";
import { findByName, type Attribute } from "../schema/attribute.ts";

/** Whether a complex attribute points at another resource. */
export function isReference(attribute: Attribute): boolean {
  return findByName(attribute.subAttributes, "$ref") !== undefined;
}

/**
 * Whether a new value points at another resource than the one held: then nothing of the one held may stay, for
 * its `$ref` and its name belong to the other resource.
 */
export function pointsElsewhere(attribute: Attribute, held: JsonObject, value: JsonObject): boolean {
  return isReference(attribute) && value["value"] !== undefined && value["value"] !== held["value"];
}
