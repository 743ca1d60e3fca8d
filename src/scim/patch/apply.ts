/** Carries the edits of a PATCH out on a plain resource. The store has its own interpreter for members. */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../json.ts";
import { ScimError } from "../error.ts";
import { sameValue } from "../same-value.ts";
import type { Attribute, ResourceType } from "../schema/attribute.ts";
import { withSchemas } from "../with-schemas.ts";
import { changeMatching } from "./change-matching.ts";
import { changeSubAttribute, changeValue } from "./change-value.ts";
import type { Edit } from "./edit.ts";
import { isEmptyObject, put } from "./put.ts";

/** What became of a resource; where nothing changed it is the very one that was given. */
export interface Edited {
  readonly resource: JsonObject;
  readonly changed: boolean;
}

/**
 * The resource after all edits, in their order. All or none: an error leaves the given resource as it was,
 * and so does success. Whether something changed is told by the outcome: a PATCH that ends where it began
 * must not move `meta.lastModified` (RFC 7644 §3.5.2, §3.5.2.1).
 * @throws ScimError noTarget where a filter matches nothing and nothing can be made of it; mutability where an
 *   immutable attribute has a value or a required one would lose its last; invalidValue for too many values.
 */
export function applyEdits(type: ResourceType, resource: JsonObject, edits: readonly Edit[]): Edited {
  const edited = edits.reduce(applyEdit, resource);
  if (sameValue(edited, resource)) return { resource, changed: false };
  return { resource: withSchemas(type, edited), changed: true };
}

function applyEdit(resource: JsonObject, edit: Edit): JsonObject {
  const { extension } = edit.target;
  if (extension === undefined) return applyWithin(resource, edit);
  const held = resource[extension.id];
  const edited = applyWithin(isJsonObject(held) ? held : {}, edit);
  return put(resource, extension.id, isEmptyObject(edited) ? undefined : edited);
}

/** Edits the object that holds the attribute: the resource, or one of its extensions. */
function applyWithin(holder: JsonObject, edit: Edit): JsonObject {
  const { attribute } = edit.target;
  if (attribute === undefined) return applyToExtension(holder, edit);
  const held = holder[attribute.name];
  const value = editAttribute(attribute, held, edit);
  if (attribute.required && value === undefined && held !== undefined) {
    throw new ScimError("mutability", `${attribute.name} is required.`);
  }
  return put(holder, attribute.name, value);
}

/** `parsePatch` takes additions to an extension apart; only its removal comes as a whole. */
function applyToExtension(held: JsonObject, edit: Edit): JsonObject {
  if (edit.op !== "add" && edit.op !== "replace") return {};
  return isJsonObject(edit.value) ? { ...held, ...edit.value } : held;
}

function editAttribute(attribute: Attribute, held: JsonValue | undefined, edit: Edit): JsonValue | undefined {
  const { valueFilter, subAttribute } = edit.target;
  if (valueFilter === undefined && subAttribute === undefined) return changeValue(attribute, held, edit);
  if (attribute.multiValued)
    return changeMatching(attribute, isJsonArray(held) ? held : [], edit.target, edit);
  if (subAttribute === undefined) return held;
  const complex = changeSubAttribute(held, subAttribute, edit);
  return isEmptyObject(complex) ? undefined : complex;
}
