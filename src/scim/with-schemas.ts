/** The `schemas` of a resource, which follow from what it holds (RFC 7643 §3). */

import type { JsonObject } from "../ground/json.ts";
import type { ResourceType } from "./schema/attribute.ts";

/** The resource with its `schemas`: the core URN, then the extensions of which it has values. */
export function withSchemas(type: ResourceType, resource: JsonObject): JsonObject {
  const extensions = type.extensions.filter((extension) => resource[extension.id] !== undefined);
  return { ...resource, schemas: [type.schema.id, ...extensions.map((extension) => extension.id)] };
}
