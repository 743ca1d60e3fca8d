/** What a submitted resource says of its own schemas (RFC 7643 §3). */

import { isJsonArray, type JsonObject } from "../ground/json.ts";
import { ScimError } from "./error.ts";
import type { Leniency } from "./leniency.ts";
import type { ResourceType } from "./schema/attribute.ts";
import { valueNamed } from "./value/value-named.ts";

/**
 * The URNs in `schemas`, in lower case; undefined where the body names none. One that names its schemas must name
 * this resource type's (RFC 7643 §3).
 * Deviation: a body without `schemas` is taken for what the endpoint says it is, and URNs that the resource type does
 * not have are ignored.
 * @throws ScimError invalidSyntax
 */
export function declaredSchemas(
  type: ResourceType,
  body: JsonObject,
  leniency: Leniency,
): ReadonlySet<unknown> | undefined {
  const submitted = valueNamed(body, "schemas") ?? [];
  const urns = new Set((isJsonArray(submitted) ? submitted : [submitted]).map(inLowerCase));
  if (urns.size === 0 && leniency.missingSchemas === "accept") return undefined;
  if (!urns.has(type.schema.id.toLowerCase())) {
    throw new ScimError("invalidSyntax", `The schemas of a ${type.name} must contain ${type.schema.id}.`);
  }
  if (leniency.unknownSchemas === "refuse") refuseUnknownSchemas(type, urns);
  return urns;
}

function refuseUnknownSchemas(type: ResourceType, urns: ReadonlySet<unknown>): void {
  const known = new Set([type.schema, ...type.extensions].map((schema) => schema.id.toLowerCase()));
  for (const urn of urns) {
    if (typeof urn === "string" && known.has(urn)) continue;
    throw new ScimError(
      "invalidSyntax",
      `A ${type.name} has no schema ${JSON.stringify(urn).slice(0, 200)}.`,
    );
  }
}

function inLowerCase(urn: unknown): unknown {
  return typeof urn === "string" ? urn.toLowerCase() : urn;
}
