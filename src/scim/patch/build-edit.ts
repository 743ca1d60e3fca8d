/** From one operation on one attribute to the edit that it asks for, checked against the schema. */

import type { JsonValue } from "../../ground/json.ts";
import { coerceAttribute, coerceValue, coerceValues } from "../value/coerce.ts";
import { ScimError } from "../error.ts";
import { complexFromList, isEmptyReference, type Leniency } from "../leniency.ts";
import type { Attribute } from "../schema/attribute.ts";
import { isIdentifiedByValue } from "../value/value-key.ts";
import type { AttributeTarget, Edit } from "./edit.ts";
import type { Operation } from "./operation.ts";

/**
 * The edit for one attribute; undefined where there is nothing to do: "no value" (RFC 7643 §2.5) is added,
 * the attribute is write-only and so never kept, or it is `schemas`, which follows from what a resource holds.
 * Replacing by "no value" removes.
 * @throws ScimError mutability where the attribute is read-only or a required one would be removed (RFC 7644
 *   §3.5.2.2); invalidValue.
 */
export function buildEdit(
  target: AttributeTarget,
  operation: Operation,
  leniency: Leniency,
): Edit | undefined {
  refuseUnchangeable(target, operation);
  const edit =
    operation.op === "remove"
      ? buildRemoval(target, operation.value, leniency)
      : buildWrite(target, operation, leniency);
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
    throw new ScimError(
      "mutability",
      `A value of ${attribute.name} can be added or removed, but not changed.`,
    );
  }
}

function buildWrite(target: AttributeTarget, { op, value }: Operation, leniency: Leniency): Edit | undefined {
  if (value === undefined) throw new ScimError("invalidValue", `${nameOf(target)} needs a value.`);
  const coerced = coerceFor(target, value, leniency);
  if (coerced !== undefined) return { op: op === "add" ? "add" : "replace", target, value: coerced };
  return op === "replace" ? buildRemoval(target, undefined, leniency) : undefined;
}

function coerceFor(target: AttributeTarget, value: unknown, leniency: Leniency): JsonValue | undefined {
  const { attribute, subAttribute, valueFilter } = target;
  if (subAttribute !== undefined) {
    const part = coerceAttribute(subAttribute, value, nameOf(target), leniency);
    const isNobody = part === "" && isEmptyReference(attribute, { [subAttribute.name]: part }, leniency);
    return isNobody ? undefined : part;
  }
  if (valueFilter === undefined) return coerceAttribute(attribute, value, nameOf(target), leniency);
  return coerceValue(attribute, complexFromList(attribute, value, leniency), nameOf(target), leniency);
}

/**
 * Deviation: values beside a multi-valued attribute's path are the ones to remove. RFC 7644 §3.5.2.2 knows no
 * value here and would remove all; Entra without `aadOptscim062020` removes members that way (Microsoft
 * Learn: SCIM 2.0 protocol compliance). An empty list removes none.
 */
function buildRemoval(target: AttributeTarget, value: unknown, leniency: Leniency): Edit | undefined {
  const { attribute, subAttribute, valueFilter } = target;
  const isWhole = subAttribute === undefined && valueFilter === undefined;
  if (isWhole && attribute.multiValued && isGiven(value, leniency, target)) {
    const values = coerceValues(attribute, value, attribute.name, leniency);
    return values === undefined ? undefined : { op: "remove-values", target, values };
  }
  if ((isWhole && attribute.required) || subAttribute?.required === true) {
    throw new ScimError("mutability", `${nameOf(target)} is required.`);
  }
  return { op: "remove", target };
}

/** Whether there are values that say what to remove. */
function isGiven(value: unknown, { removeByValue }: Leniency, target: AttributeTarget): boolean {
  if (value == null || removeByValue === "all") return false;
  if (removeByValue === "listed") return true;
  throw new ScimError(
    "invalidValue",
    `A remove operation takes no value; use a filter in the path: ${nameOf(target)}[…].`,
  );
}

function isKept(attribute: Attribute): boolean {
  return attribute.mutability !== "writeOnly" && attribute.name !== "schemas";
}

function nameOf({ attribute, subAttribute }: AttributeTarget): string {
  return subAttribute === undefined ? attribute.name : `${attribute.name}.${subAttribute.name}`;
}
