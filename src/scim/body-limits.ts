/** How much a request body may hold: what is larger is refused before it costs anything. */

import { isJsonArray, isJsonObject } from "../ground/json.ts";
import { ScimError } from "./error.ts";

export const bodyLimits = {
  /** Objects and lists inside one another; the schemas need four levels. */
  maxDepth: 20,
  /** Characters of one string: a photo inside a `data:` URI and a certificate fit (RFC 7643 §4.1.2). */
  maxStringLength: 100_000,
  /** Values of one multi-valued attribute. */
  maxValues: 500,
  /** Values that point at other resources: the members of one Team. */
  maxReferences: 200_000,
  /** Operations of one PATCH: Okta sends up to 1,000 membership changes at once (Okta: SCIM submission guide). */
  maxOperations: 2_000,
  /** Characters of a path. */
  maxPathLength: 10_000,
  /** Names of one object; in the value of a PATCH operation that has no path each of them is a path. */
  maxNames: 1_000,
  /** Values, lists and objects of a body: a Team of `maxReferences` members with all that is shown of them. */
  maxParts: 1_200_000,
  /** Characters of one resource as JSON, without members: a page of 1,000 of them still is a text. */
  maxResourceLength: 500_000,
  /** Characters of `attributes`, and of `excludedAttributes`. */
  maxSelectionLength: 20_000,
} as const;

/** @throws ScimError invalidSyntax where objects and lists are nested more than `maxDepth` deep. */
export function limitDepth(body: unknown): void {
  if (isDeeperThan(body, bodyLimits.maxDepth)) {
    throw new ScimError("invalidSyntax", `The body is nested more than ${bodyLimits.maxDepth} levels deep.`);
  }
}

/** Goes down no further than it may, so that its own recursion is limited too. */
function isDeeperThan(value: unknown, levels: number): boolean {
  if (!isJsonArray(value) && !isJsonObject(value)) return false;
  if (levels === 0) return true;
  const inner: readonly unknown[] = isJsonArray(value) ? value : Object.values(value);
  for (const one of inner) if (isDeeperThan(one, levels - 1)) return true;
  return false;
}
