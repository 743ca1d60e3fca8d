/** An operation on a whole resource or a whole extension, as one edit for each attribute in its value. */

import { isJsonObject, type JsonObject } from "../../json.ts";
import { bodyLimits } from "../body-limits.ts";
import { ScimError } from "../error.ts";
import type { ResourceType, Schema } from "../schema/attribute.ts";
import { namedTwice } from "../value-named.ts";
import { buildEdit, isReadOnly, type AttributeTarget } from "./build-edit.ts";
import type { Edit, EditTarget } from "./edit.ts";
import type { Operation } from "./operation.ts";
import { targetOfName } from "./target.ts";

/**
 * The edits of an operation without a path (RFC 7644 §3.5.2.1, §3.5.2.3). Attributes that are not named keep
 * their values. Read-only attributes are ignored, as in a PUT: Okta repeats the `id` of the group it renames
 * (Okta: SCIM 2.0, update a group).
 * @throws ScimError noTarget for a removal; what `buildEdit` throws.
 */
export function expandResource(type: ResourceType, operation: Operation): readonly Edit[] {
  if (operation.op === "remove") throw new ScimError("noTarget", "remove needs a path.");
  if (!isJsonObject(operation.value)) {
    throw new ScimError("invalidValue", "Without a path the value must be an object of attributes.");
  }
  return expandNames(type, operation.value, "", operation);
}

/** The edits of an operation whose path is the URN of an extension; null takes the extension away. */
export function expandExtension(
  type: ResourceType,
  extension: Schema,
  operation: Operation,
): readonly Edit[] {
  const { op, value } = operation;
  const target: EditTarget = {
    extension,
    attribute: undefined,
    valueFilter: undefined,
    subAttribute: undefined,
  };
  if (op === "remove" || (op === "replace" && value === null)) return [{ op: "remove", target }];
  if (value === null) return [];
  if (isJsonObject(value)) return expandNames(type, value, `${extension.id}:`, operation);
  throw new ScimError("invalidValue", `${extension.id} must be an object.`);
}

/** Each target gets its edits by the same rules, whether a path or a name led to it. */
export function expandTarget(type: ResourceType, target: EditTarget, operation: Operation): readonly Edit[] {
  if (isAttributeTarget(target)) {
    const edit = buildEdit(target, operation);
    return edit === undefined ? [] : [edit];
  }
  return target.extension === undefined ? [] : expandExtension(type, target.extension, operation);
}

function expandNames(
  type: ResourceType,
  values: JsonObject,
  prefix: string,
  operation: Operation,
): readonly Edit[] {
  const names = Object.keys(values);
  refuseNames(names);
  return names.flatMap((name) => {
    const target = targetOfName(type, `${prefix}${name}`);
    if (target === undefined || (isAttributeTarget(target) && isReadOnly(target))) return [];
    return expandTarget(type, target, { op: operation.op, path: name, value: values[name] });
  });
}

function refuseNames(names: readonly string[]): void {
  if (names.length > bodyLimits.maxNames) {
    throw new ScimError("invalidValue", `A value has at most ${bodyLimits.maxNames} attributes.`);
  }
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toLowerCase())) throw namedTwice(JSON.stringify(name.slice(0, 100)));
    seen.add(name.toLowerCase());
  }
}

function isAttributeTarget(target: EditTarget): target is AttributeTarget {
  return target.attribute !== undefined;
}
