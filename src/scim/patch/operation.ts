/** The operations in the body of a PATCH, before anybody asks what they mean (RFC 7644 §3.5.2). */

import { isJsonArray, isJsonObject, type JsonObject } from "../../ground/json.ts";
import { bodyLimits, limitDepth } from "../body-limits.ts";
import { ScimError } from "../error.ts";
import type { Leniency } from "../leniency.ts";
import { refuseOtherMessage } from "../message-schemas.ts";
import { patchOpUrn } from "../urn.ts";
import { valueNamed } from "../value/value-named.ts";

export interface Operation {
  readonly op: "add" | "replace" | "remove";
  /** Undefined where the resource itself is meant. */
  readonly path: string | undefined;
  /** Undefined where the operation has none; null where it says so. */
  readonly value: unknown;
}

/**
 * The operations as they were sent, not yet read.
 * Deviation: the list may be empty, and asks for nothing then: Microsoft's SCIM Validator sends such a PATCH
 * where nothing can be removed.
 * @throws ScimError invalidSyntax where the body is not a PATCH; a bare 413 for too many operations, as RFC 7644
 *   §3.7.4 has it for a bulk request.
 */
export function operationsOf(body: unknown, leniency: Leniency): readonly unknown[] {
  if (!isJsonObject(body)) throw new ScimError("invalidSyntax", "The body must be a JSON object.");
  limitDepth(body);
  refuseOtherMessage(body, patchOpUrn, leniency);
  const operations = valueNamed(body, "Operations");
  if (!isJsonArray(operations)) throw new ScimError("invalidSyntax", "Operations must be a list.");
  if (operations.length === 0 && leniency.emptyPatch === "refuse") {
    throw new ScimError("invalidSyntax", "Operations must not be empty.");
  }
  const limit = bodyLimits.maxOperations;
  if (operations.length <= limit) return operations;
  throw new ScimError(413, `The PATCH has ${operations.length} operations; at most ${limit} are accepted.`);
}

/**
 * Reads one operation, its names in any case. Deviation: its `op`, too: Entra without `aadOptscim062020` sends
 * "Add", "Replace" and "Remove" (Microsoft Learn: SCIM 2.0 protocol compliance). What else is in it is ignored.
 * @throws ScimError invalidSyntax for an unknown `op`; invalidPath for a path that is not a string or too long.
 */
export function readOperation(submitted: unknown, { patchVerbCase }: Leniency): Operation {
  if (!isJsonObject(submitted)) throw new ScimError("invalidSyntax", "An operation must be an object.");
  const op = valueNamed(submitted, "op");
  const folded = typeof op === "string" && patchVerbCase === "any" ? op.toLowerCase() : op;
  if (folded !== "add" && folded !== "replace" && folded !== "remove") {
    throw new ScimError("invalidSyntax", "op must be add, replace or remove.");
  }
  return { op: folded, path: readPath(submitted), value: valueNamed(submitted, "value") };
}

function readPath(submitted: JsonObject): string | undefined {
  const path = valueNamed(submitted, "path") ?? "";
  if (typeof path !== "string") throw new ScimError("invalidPath", "path must be a string.");
  if (path.length > bodyLimits.maxPathLength) {
    throw new ScimError("invalidPath", `A path has at most ${bodyLimits.maxPathLength} characters.`);
  }
  return path === "" ? undefined : path;
}
