/** From the path of a PATCH operation to the attribute that it means. */

import { ScimError } from "../error.ts";
import type { AttributePath, Filter } from "../filter/ast.ts";
import { splitAttributePath } from "../filter/attribute-path.ts";
import { compileValueFilter } from "../filter/evaluate.ts";
import { parsePatchPath, resolveAttributePath, type PatchPath } from "../path.ts";
import type { Attribute, ResourceType } from "../schema/attribute.ts";
import type { EditTarget } from "./edit.ts";

/**
 * The target of an operation's path; undefined where it names a schema that this resource type does not have.
 * Deviation: such an operation is ignored instead of refused, as the same attribute is in a POST; Entra sends
 * custom extensions in both ways (Microsoft Learn: Customize attribute mappings).
 * @throws ScimError invalidPath for a malformed path and for an unknown attribute; invalidFilter.
 */
export function targetOfPath(type: ResourceType, text: string): EditTarget | undefined {
  const path = parsePatchPath(text);
  const target = resolveTarget(type, path);
  if (target !== undefined || isOfOtherSchema(type, path.attributePath)) return target;
  throw new ScimError(
    "invalidPath",
    `A ${type.name} has no attribute ${JSON.stringify(text.slice(0, 100))}.`,
  );
}

/**
 * The target of a name in the value of an operation that has no path. Such a name is often a path itself:
 * Entra with `aadOptscim062020` sends `name.givenName` and `urn:…:User:department`, and Microsoft's SCIM
 * Validator `emails[type eq "work"].value`. Undefined where nobody has it, as unknown names are in a POST.
 * @throws ScimError invalidPath where brackets show that a path was meant, but it is malformed; invalidFilter.
 */
export function targetOfName(type: ResourceType, name: string): EditTarget | undefined {
  const isPath = name.includes("[") || splitAttributePath(name) !== undefined;
  return isPath ? resolveTarget(type, parsePatchPath(name)) : undefined;
}

function resolveTarget(
  type: ResourceType,
  { attributePath, valueFilter }: PatchPath,
): EditTarget | undefined {
  const { extension, attribute, subAttribute } = resolveAttributePath(type, attributePath) ?? nobody;
  if (valueFilter !== undefined && attribute !== undefined) checkFilter(attribute, valueFilter);
  if (attribute !== undefined) return { extension, attribute, valueFilter, subAttribute };
  return extension && { extension, attribute, valueFilter: undefined, subAttribute: undefined };
}

const nobody = { extension: undefined, attribute: undefined, subAttribute: undefined };

/** An unknown sub-attribute is an error even where there is no value to choose from. */
function checkFilter(attribute: Attribute, valueFilter: Filter): void {
  if (!attribute.multiValued) {
    throw new ScimError("invalidPath", `${attribute.name} has no values to choose from in brackets.`);
  }
  compileValueFilter(valueFilter, attribute);
}

/** Of `urn:…:2.0:User`, a URN without an attribute, the last part is read as the attribute. */
function isOfOtherSchema(type: ResourceType, path: AttributePath): boolean {
  if (path.schemaUrn === undefined) return false;
  const ids = new Set([type.schema, ...type.extensions].map((schema) => schema.id.toLowerCase()));
  const urn = path.schemaUrn.toLowerCase();
  return !ids.has(urn) && !ids.has(`${urn}:${path.attribute.toLowerCase()}`);
}
