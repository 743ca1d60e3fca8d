/** Carries the edits of a PATCH out on a plain resource. The store has its own interpreter for members. */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { ScimError } from "../error.ts";
import { sameValue } from "../value/same-value.ts";
import type { ResourceType } from "../schema/attribute.ts";
import { withSchemas } from "../with-schemas.ts";
import { Work } from "../work.ts";
import { changeMatching } from "./change-matching.ts";
import { changeSubAttribute, changeValue, type Change } from "./change-value.ts";
import type { AttributeTarget, Edit } from "./edit.ts";
import { costOfChange } from "./cost.ts";
import { isEmptyObject, put } from "./put.ts";

/** What became of a resource; where nothing changed it is the very one that was given. */
export interface Edited {
  readonly resource: JsonObject;
  readonly changed: boolean;
}

/**
 * The resource after all edits, in their order. All or none: an error leaves the given resource as it was,
 * and so does success. The outcome says whether something changed: a PATCH that ends where it began
 * must not move `meta.lastModified` (RFC 7644 §3.5.2, §3.5.2.1).
 * @throws ScimError noTarget where a filter matches nothing and nothing can be made of it; mutability where an
 *   immutable attribute has a value or a required one would lose its last; invalidValue for too many values; 413 where
 *   the edits are more `work` than is left.
 */
export function applyEdits(
  type: ResourceType,
  resource: JsonObject,
  edits: readonly Edit[],
  work: Work = new Work(),
): Edited {
  const edited = edits.reduce((held, edit) => applyEdit(held, edit, work), resource);
  if (sameValue(edited, resource)) return { resource, changed: false };
  return { resource: withSchemas(type, edited), changed: true };
}

function applyEdit(resource: JsonObject, edit: Edit, work: Work): JsonObject {
  const { extension } = edit.target;
  if (extension === undefined) return applyWithin(resource, edit, work);
  const held = resource[extension.id];
  const edited = applyWithin(isJsonObject(held) ? held : {}, edit, work);
  return put(resource, extension.id, isEmptyObject(edited) ? undefined : edited);
}

/** Edits the object that holds the attribute: the resource, or an extension, which alone is removed as a whole. */
function applyWithin(holder: JsonObject, edit: Edit, work: Work): JsonObject {
  const { attribute } = edit.target;
  if (attribute === undefined) return {};
  const held = holder[attribute.name];
  work.spend(costOfChange(edit.target, held, edit));
  const value = editAttribute(edit.target, held, edit);
  if (attribute.required && value === undefined && held !== undefined) {
    throw new ScimError("mutability", `${attribute.name} is required.`);
  }
  return put(holder, attribute.name, value);
}

function editAttribute(
  target: AttributeTarget,
  held: JsonValue | undefined,
  change: Change,
): JsonValue | undefined {
  const { attribute, valueFilter, subAttribute } = target;
  if (valueFilter === undefined && subAttribute === undefined) return changeValue(attribute, held, change);
  if (attribute.multiValued) return changeMatching(target, isJsonArray(held) ? held : [], change);
  if (subAttribute === undefined) return held;
  const complex = changeSubAttribute(held, subAttribute, change);
  return isEmptyObject(complex) ? undefined : complex;
}
