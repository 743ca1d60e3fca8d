/** The `schemas` of a protocol message: which message a body says it is (RFC 7644 §8.2). */

import { isJsonArray, type JsonObject } from "../ground/json.ts";
import { ScimError } from "./error.ts";
import type { Leniency } from "./leniency.ts";
import { valueNamed } from "./value/value-named.ts";

/**
 * Deviation: a body without `schemas` is taken for the message that its endpoint expects.
 * @throws ScimError invalidSyntax where `schemas` names other messages only, or none and that is refused.
 */
export function refuseOtherMessage(body: JsonObject, messageUrn: string, { missingSchemas }: Leniency): void {
  const schemas = valueNamed(body, "schemas") ?? [];
  const urns: readonly unknown[] = isJsonArray(schemas) ? schemas : [schemas];
  if (urns.length === 0 && missingSchemas === "accept") return;
  if (urns.some((urn) => isUrn(urn, messageUrn))) return;
  throw new ScimError("invalidSyntax", `The schemas of this request must contain ${messageUrn}.`);
}

function isUrn(value: unknown, wanted: string): boolean {
  return typeof value === "string" && value.toLowerCase() === wanted.toLowerCase();
}
