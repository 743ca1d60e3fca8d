/** From the body of a PATCH, in any vendor's spelling, to the edits that it asks for (RFC 7644 §3.5.2). */

import { ScimError } from "../error.ts";
import { lenient, type Leniency } from "../leniency.ts";
import type { ResourceType } from "../schema/attribute.ts";
import { costOfPath, Work } from "../work.ts";
import type { Dialect } from "./dialect.ts";
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
export function parsePatch(
  type: ResourceType,
  body: unknown,
  leniency: Leniency = lenient,
  work: Work = new Work(),
): readonly Edit[] {
  const dialect: Dialect = { type, leniency, work };
  return operationsOf(body, leniency).flatMap((submitted, index) => {
    try {
      return editsOf(dialect, submitted);
    } catch (error) {
      throw error instanceof ScimError ? inOperation(index, error) : error;
    }
  });
}

function editsOf(dialect: Dialect, submitted: unknown): readonly Edit[] {
  const operation = readOperation(submitted, dialect.leniency);
  if (operation.path === undefined) return expandResource(dialect, operation);
  dialect.work.spend(costOfPath(operation.path));
  const target = targetOfPath(dialect, operation.path, operation.op);
  return target === undefined ? [] : expandTarget(dialect, target, operation);
}

function inOperation(index: number, error: ScimError): ScimError {
  return new ScimError(error.scimType ?? error.status, `Operations[${index}]: ${error.message}`);
}
