/** From one operation on one attribute to the edit that it asks for, checked against the schema. */

import type { JsonValue } from "../../json.ts";
import { coerceAttribute, coerceValue, coerceValues } from "../coerce.ts";
import { ScimError } from "../error.ts";
import { complexFromList } from "../leniency.ts";
import type { Attribute } from "../schema/attribute.ts";
import { isIdentifiedByValue } from "../value-key.ts";
import type { AttributeTarget, Edit } from "./edit.ts";
import type { Operation } from "./operation.ts";

/**
 * The edit for one attribute; undefined where there is nothing to do: "no value" (RFC 7643 §2.5) is added,
 * the attribute is write-only and so never kept, or it is `schemas`, which follows from what a resource holds.
 * Replacing by "no value" removes.
 * @throws ScimError mutability where the attribute is read-only or a required one would be removed (RFC 7644
 *   §3.5.2.2); invalidValue.
 */
export function buildEdit(target: AttributeTarget, operation: Operation): Edit | undefined {
  refuseUnchangeable(target, operation);
  const edit =
    operation.op === "remove" ? buildRemoval(target, operation.value) : buildWrite(target, operation);
  return isKept(target.attribute) ? edit : undefined;
}

/** Whether what a client sends for the target is for the service provider alone to say (RFC 7643 §2.2). */
export function isReadOnly(target: AttributeTarget): boolean {
  return target.attribute.mutability === "readOnly" || target.subAttribute?.mutability === "readOnly";
}

function refuseUnchangeable(target: AttributeTarget, { op }: Operation): void {
  const { attribute, subAttribute, valueFilter } = target;
  if (isReadOnly(target)) throw new ScimError("mutability", `${nameOf(target)} is read-only.`);
  const changesValue = subAttribute !== undefined || (valueFilter !== undefined && op !== "remove");
  if (changesValue && isIdentifiedByValue(attribute)) {
    throw new ScimError("mutability", `A value of ${attribute.name} is added or removed, never changed.`);
  }
}

function buildWrite(target: AttributeTarget, { op, value }: Operation): Edit | undefined {
  if (value === undefined) throw new ScimError("invalidValue", `${nameOf(target)} needs a value.`);
  const coerced = coerceFor(target, value);
  if (coerced !== undefined) return { op: op === "add" ? "add" : "replace", target, value: coerced };
  return op === "replace" ? buildRemoval(target, undefined) : undefined;
}

function coerceFor(target: AttributeTarget, value: unknown): JsonValue | undefined {
  const { attribute, subAttribute, valueFilter } = target;
  if (subAttribute !== undefined) return coerceAttribute(subAttribute, value, nameOf(target));
  if (valueFilter === undefined) return coerceAttribute(attribute, value);
  return coerceValue(attribute, complexFromList(attribute, value), nameOf(target));
}

/**
 * Deviation: values beside a multi-valued attribute's path are the ones to remove. RFC 7644 §3.5.2.2 knows no
 * value here and would remove all; Entra without `aadOptscim062020` removes members that way (Microsoft
 * Learn: SCIM 2.0 protocol compliance). An empty list removes none.
 */
function buildRemoval(target: AttributeTarget, value: unknown): Edit | undefined {
  const { attribute, subAttribute, valueFilter } = target;
  const isWhole = subAttribute === undefined && valueFilter === undefined;
  if (isWhole && attribute.multiValued && value != null) {
    const values = coerceValues(attribute, value);
    return values === undefined ? undefined : { op: "remove-values", target, values };
  }
  if ((isWhole && attribute.required) || subAttribute?.required === true) {
    throw new ScimError("mutability", `${nameOf(target)} is required.`);
  }
  return { op: "remove", target };
}

function isKept(attribute: Attribute): boolean {
  return attribute.mutability !== "writeOnly" && attribute.name !== "schemas";
}

function nameOf({ attribute, subAttribute }: AttributeTarget): string {
  return subAttribute === undefined ? attribute.name : `${attribute.name}.${subAttribute.name}`;
}
