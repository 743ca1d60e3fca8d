/** Names in a body that no schema knows: dropped, or refused so that a client's slip of the pen is seen. */

import { ScimError } from "./error.ts";
import { nearestName } from "../ground/text/nearest-name.ts";
import { findByName, type Attribute } from "./schema/attribute.ts";
import type { JsonObject } from "../ground/json.ts";

/** @throws ScimError invalidSyntax, with the nearest name, where a name is in none of the lists. */
export function refuseUnknownNames(
  known: readonly (readonly Attribute[])[],
  object: JsonObject,
  prefix: string,
): void {
  const unknown = Object.keys(object).find(
    (name) => !known.some((attributes) => findByName(attributes, name) !== undefined),
  );
  if (unknown !== undefined) throw unknownName(prefix, unknown, known.flat());
}

/** The error for a name that no schema has; `prefix` is what leads to it. */
export function unknownName(prefix: string, name: string, candidates: readonly Attribute[]): ScimError {
  const nearest = nearestName(
    name,
    candidates.map((attribute) => attribute.name),
  );
  const hint = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  const written = JSON.stringify(`${prefix}${name}`.slice(0, 100));
  return new ScimError("invalidSyntax", `No schema has the attribute ${written}.${hint}`);
}
