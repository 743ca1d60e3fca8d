/** From the body of a POST or a PUT to a canonical resource. */

import { isJsonArray, isJsonObject, type JsonObject, type MutableJsonObject } from "../json.ts";
import { limitDepth } from "./body-limits.ts";
import { coerceAttributes } from "./coerce.ts";
import { ScimError } from "./error.ts";
import type { ResourceType, Schema } from "./schema/attribute.ts";
import { valueNamed } from "./value-named.ts";
import { withSchemas } from "./with-schemas.ts";

/**
 * Reads a submitted resource: names in the schemas' spelling, values of the schemas' types, `schemas` first. What
 * the schemas do not know is dropped, as are read-only attributes (RFC 7644 §3.3) and, once checked,
 * write-only ones. An extension counts where its object is, whether `schemas` names it or not: Entra leaves
 * the URNs of custom extensions out (Microsoft Learn: Customize attribute mappings).
 * @throws ScimError invalidSyntax where the body is no object of this resource type, a name comes twice or it
 *   is nested too deep; invalidValue where a value does not fit, is too large, or a required one is missing.
 */
export function readResource(type: ResourceType, body: unknown): JsonObject {
  if (!isJsonObject(body)) throw new ScimError("invalidSyntax", "The body must be a JSON object.");
  limitDepth(body);
  refuseOtherSchemas(type, body);
  const common = type.commonAttributes.filter((attribute) => attribute.name !== "schemas");
  const resource = {
    schemas: [],
    ...coerceAttributes(common, body),
    ...coerceAttributes(type.schema.attributes, body),
    ...readExtensions(type, body),
  };
  refuseMissing(type.schema, resource);
  return withSchemas(type, resource);
}

/**
 * A body that names its schemas must name this resource type's (RFC 7643 §3); others beside it are ignored.
 * Deviation: a body without `schemas` is taken for what the endpoint says it is.
 */
function refuseOtherSchemas(type: ResourceType, body: JsonObject): void {
  const submitted = valueNamed(body, "schemas");
  if (submitted == null) return;
  const urns: readonly unknown[] = isJsonArray(submitted) ? submitted : [submitted];
  if (urns.length === 0 || urns.some((urn) => isUrn(urn, type.schema))) return;
  throw new ScimError("invalidSyntax", `The schemas of a ${type.name} must contain ${type.schema.id}.`);
}

function readExtensions(type: ResourceType, body: JsonObject): JsonObject {
  const extensions: MutableJsonObject = {};
  for (const extension of type.extensions) {
    const submitted = valueNamed(body, extension.id);
    if (submitted == null) continue;
    if (!isJsonObject(submitted)) throw new ScimError("invalidValue", `${extension.id} must be an object.`);
    const values = coerceAttributes(extension.attributes, submitted, `${extension.id}:`);
    if (Object.keys(values).length > 0) extensions[extension.id] = values;
  }
  return extensions;
}

function refuseMissing(schema: Schema, resource: JsonObject): void {
  const missing = schema.attributes.find(
    (attribute) => attribute.required && resource[attribute.name] === undefined,
  );
  if (missing !== undefined) throw new ScimError("invalidValue", `${missing.name} is required.`);
}

function isUrn(value: unknown, schema: Schema): boolean {
  return typeof value === "string" && value.toLowerCase() === schema.id.toLowerCase();
}
