/** From the body of a PATCH, in any vendor's spelling, to the edits that it asks for (RFC 7644 §3.5.2). */

import { ScimError } from "../error.ts";
import type { ResourceType } from "../schema/attribute.ts";
import type { Edit } from "./edit.ts";
import { expandResource, expandTarget } from "./expand.ts";
import { operationsOf, readOperation } from "./operation.ts";
import { targetOfPath } from "./target.ts";

/**
 * Reads and checks a PATCH without looking at the resource it is for; the edits are in the order of the
 * operations. What depends on the resource, such as a filter that matches nothing, the interpreters tell.
 * @throws ScimError invalidSyntax, invalidPath, invalidFilter, invalidValue, mutability, noTarget, or 413; the
 *   detail names the operation.
 */
export function parsePatch(type: ResourceType, body: unknown): readonly Edit[] {
  return operationsOf(body).flatMap((submitted, index) => {
    try {
      return editsOf(type, submitted);
    } catch (error) {
      throw error instanceof ScimError ? inOperation(index, error) : error;
    }
  });
}

function editsOf(type: ResourceType, submitted: unknown): readonly Edit[] {
  const operation = readOperation(submitted);
  if (operation.path === undefined) return expandResource(type, operation);
  const target = targetOfPath(type, operation.path);
  return target === undefined ? [] : expandTarget(type, target, operation);
}

function inOperation(index: number, error: ScimError): ScimError {
  return new ScimError(error.scimType ?? error.status, `Operations[${index}]: ${error.message}`);
}
