/** From the body of a POST or a PUT to a canonical resource. */

import { isJsonObject, type JsonObject, type MutableJsonObject } from "../../ground/json.ts";
import { limitDepth } from "../body-limits.ts";
import { coerceAttributes } from "./coerce.ts";
import { declaredSchemas } from "../declared-schemas.ts";
import { ScimError } from "../error.ts";
import { lenient, type Leniency } from "../leniency.ts";
import {
  attribute as describe,
  type Attribute,
  type ResourceType,
  type Schema,
} from "../schema/attribute.ts";
import { refuseUnknownNames } from "../unknown-names.ts";
import { valueNamed } from "./value-named.ts";
import { withSchemas } from "../with-schemas.ts";

/**
 * Reads a submitted resource: names in the schemas' spelling, values of the schemas' types, `schemas` first. What
 * the schemas do not know is dropped, as are read-only attributes (RFC 7644 §3.3) and, once checked,
 * write-only ones.
 * @throws ScimError invalidSyntax where the body is not an object of this resource type, a name comes twice or it
 *   is nested too deep; invalidValue where a value does not fit, is too large, or a required one is missing.
 */
export function readResource(type: ResourceType, body: unknown, leniency: Leniency = lenient): JsonObject {
  if (!isJsonObject(body)) throw new ScimError("invalidSyntax", "The body must be a JSON object.");
  limitDepth(body);
  const declared = declaredSchemas(type, body, leniency);
  if (leniency.unknownAttributes === "refuse") refuseUnknown(type, body);
  const resource = {
    schemas: [],
    ...coerceAttributes(writtenCommonAttributes(type), body, "", leniency),
    ...coerceAttributes(type.schema.attributes, body, "", leniency),
    ...readExtensions(type, body, { declared, leniency }),
  };
  refuseMissing(type.schema, resource);
  return withSchemas(type, resource);
}

function refuseUnknown(type: ResourceType, body: JsonObject): void {
  const extensions = type.extensions.map((extension) => describe(extension.id, extension.description));
  refuseUnknownNames([type.commonAttributes, type.schema.attributes, extensions], body, "");
}

/**
 * Deviation: an extension counts where its object is, whether `schemas` names it or not: Entra leaves the URNs of
 * custom extensions out (Microsoft Learn: Customize attribute mappings).
 */
function readExtensions(
  type: ResourceType,
  body: JsonObject,
  {
    declared,
    leniency,
  }: { readonly declared: ReadonlySet<unknown> | undefined; readonly leniency: Leniency },
): JsonObject {
  const extensions: MutableJsonObject = {};
  for (const { id, attributes } of type.extensions) {
    const submitted = valueNamed(body, id);
    if (submitted == null) continue;
    if (!isJsonObject(submitted)) throw new ScimError("invalidValue", `${id} must be an object.`);
    if (leniency.undeclaredExtension === "refuse" && declared?.has(id.toLowerCase()) === false) {
      throw new ScimError("invalidSyntax", `The body has values of ${id}, but schemas does not list it.`);
    }
    if (leniency.unknownAttributes === "refuse") refuseUnknownNames([attributes], submitted, `${id}:`);
    const values = coerceAttributes(attributes, submitted, `${id}:`, leniency);
    if (Object.keys(values).length > 0) extensions[id] = values;
  }
  return extensions;
}

function refuseMissing(schema: Schema, resource: JsonObject): void {
  const missing = schema.attributes.find(
    (attribute) => attribute.required && resource[attribute.name] === undefined,
  );
  if (missing !== undefined) throw new ScimError("invalidValue", `${missing.name} is required.`);
}

/** `schemas` follows from what a resource holds, so it is not read. */
function writtenCommonAttributes(type: ResourceType): readonly Attribute[] {
  let written = writtenByType.get(type);
  if (written === undefined) {
    written = type.commonAttributes.filter((one) => one.name !== "schemas");
    writtenByType.set(type, written);
  }
  return written;
}

/** Kept, because the names of a list are indexed once for each list. */
const writtenByType = new WeakMap<ResourceType, readonly Attribute[]>();
