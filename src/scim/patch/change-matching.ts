/** A change of those values of a multi-valued attribute that a path chooses: `emails[type eq "work"].value`. */

import type { JsonArray, JsonObject, JsonValue } from "../../ground/json.ts";
import { coerceValue, limitValues } from "../value/coerce.ts";
import { distinctValues } from "../value/distinct-values.ts";
import { ScimError } from "../error.ts";
import type { Filter } from "../filter/ast.ts";
import { compileValueFilter } from "../filter/evaluate.ts";
import { findByName, type Attribute } from "../schema/attribute.ts";
import { changeSubAttribute, setValue, type Change } from "./change-value.ts";
import type { AttributeTarget } from "./edit.ts";
import { isEmptyObject } from "./put.ts";

/**
 * The values after the change of those that match; undefined where none is left. Of a value that is replaced,
 * sub-attributes that are not given stay (RFC 7644 §3.5.2.3).
 * @throws ScimError noTarget where nothing matches, and the target says so or nothing can be made of the filter.
 */
export function changeMatching(
  target: AttributeTarget,
  held: JsonArray,
  change: Change,
): JsonArray | undefined {
  const { attribute, valueFilter } = target;
  const matches = valueFilter === undefined ? () => true : compileValueFilter(valueFilter, attribute);
  const isNew = new Set<JsonValue>();
  const changeOne = (value: JsonValue): JsonArray => {
    const changed = changeChosen(target, value, change);
    if (changed === undefined) return [];
    isNew.add(changed);
    return [changed];
  };
  const isChosen = held.map(matches);
  if (isChosen.includes(true)) {
    const changed = held.flatMap((value, index) => (isChosen[index] === true ? changeOne(value) : [value]));
    return orUndefined(distinctValues(attribute, changed, (value) => isNew.has(value)));
  }
  if (target.mustMatch) throw noTarget(attribute);
  if (change.op === "remove" || change.op === "remove-values") return orUndefined(held);
  const made = changeOne(describedBy(attribute, valueFilter));
  limitValues(attribute, held.length + made.length);
  return distinctValues(attribute, [...held, ...made], (value) => isNew.has(value));
}

function changeChosen(target: AttributeTarget, value: JsonValue, change: Change): JsonValue | undefined {
  const { attribute, subAttribute } = target;
  if (subAttribute !== undefined) {
    const complex = changeSubAttribute(value, subAttribute, change);
    return isEmptyObject(complex) ? undefined : complex;
  }
  return change.op === "add" || change.op === "replace"
    ? setValue(attribute, value, change.value)
    : undefined;
}

/**
 * The value that a filter describes which only says of which `type` it is, or whether it is `primary`.
 * Deviation: it is made where no value matches, for `replace` too, and a removal that matches nothing is none. RFC
 * 7644 §3.5.2.3 and table 9 ask for noTarget there; but Microsoft's SCIM Validator adds that way, and Entra replaces
 * what was never sent (better-auth/better-auth#10682, ssoready/ssoready#249).
 */
function describedBy(attribute: Attribute, filter: Filter | undefined): JsonObject {
  if (filter === undefined) return {};
  if (filter.kind === "and") {
    return filter.operands.reduce<JsonObject>(
      (described, operand) => ({ ...described, ...describedBy(attribute, operand) }),
      {},
    );
  }
  if (filter.kind === "compare" && filter.operator === "eq") {
    const sub = findByName(attribute.subAttributes, filter.path.attribute);
    if (sub?.name === "type" || sub?.name === "primary") {
      const value = coerceValue(sub, filter.value, `${attribute.name}.${sub.name}`);
      if (value !== undefined) return { [sub.name]: value };
    }
  }
  throw noTarget(attribute);
}

function noTarget(attribute: Attribute): ScimError {
  return new ScimError("noTarget", `No value of ${attribute.name} matches the filter.`);
}

function orUndefined(values: JsonArray): JsonArray | undefined {
  return values.length === 0 ? undefined : values;
}
