/** A bulk request and its operations, as they were sent (RFC 7644 §3.7). */

import { isJsonArray, isJsonObject, type JsonObject } from "../../ground/json.ts";
import { limitDepth } from "../body-limits.ts";
import { ScimError } from "../error.ts";
import type { Leniency } from "../leniency.ts";
import { refuseOtherMessage } from "../message-schemas.ts";
import { bulkRequestUrn } from "../urn.ts";
import { valueNamed } from "../value/value-named.ts";

export interface BulkRequest {
  /** After how many errors the server stops; undefined where it goes on whatever happens. */
  readonly failOnErrors: number | undefined;
  /** Not yet read: one that is broken is the error of that one. */
  readonly operations: readonly unknown[];
}

export interface BulkOperation {
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE";
  /** The client's name for what a POST makes. */
  readonly bulkId: string | undefined;
  /** The entity tag that the resource has to have. */
  readonly version: string | undefined;
  /** `/Users`, or `/Users/{id}`; the id may be `bulkId:{bulkId}`. */
  readonly path: string;
  readonly data: unknown;
}

/**
 * @throws ScimError invalidSyntax for what is not a bulk request; invalidValue for a `failOnErrors` that is not a number; a
 *   bare 413 for too many operations (RFC 7644 §3.7.4). `failOnErrors: 0` is "not said": clients in which a number
 *   cannot be absent send it.
 */
export function readBulkRequest(body: unknown, maxOperations: number, leniency: Leniency): BulkRequest {
  if (!isJsonObject(body)) throw new ScimError("invalidSyntax", "The body must be a JSON object.");
  limitDepth(body);
  refuseOtherMessage(body, bulkRequestUrn, leniency);
  const operations = valueNamed(body, "Operations");
  if (!isJsonArray(operations)) throw new ScimError("invalidSyntax", "Operations must be a list.");
  if (operations.length <= maxOperations) return { failOnErrors: readFailOnErrors(body), operations };
  throw new ScimError(
    413,
    `The request has ${operations.length} operations, more than maxOperations (${maxOperations}).`,
  );
}

/**
 * @throws ScimError invalidSyntax for what is not an operation; invalidValue for an unknown method, and for a POST without
 *   `bulkId`.
 */
export function readBulkOperation(submitted: unknown): BulkOperation {
  if (!isJsonObject(submitted)) throw new ScimError("invalidSyntax", "An operation must be an object.");
  const method = readMethod(submitted);
  const path = textIn(submitted, "path");
  if (path === undefined) throw new ScimError("invalidSyntax", "path is required.");
  const bulkId = textIn(submitted, "bulkId");
  if (method === "POST" && (bulkId ?? "") === "") {
    throw new ScimError("invalidValue", "A POST needs a bulkId.");
  }
  const data = valueNamed(submitted, "data");
  if (method !== "DELETE" && data == null) throw new ScimError("invalidValue", `A ${method} needs data.`);
  return { method, bulkId, version: textIn(submitted, "version"), path, data };
}

function readMethod(submitted: JsonObject): BulkOperation["method"] {
  const method = textIn(submitted, "method")?.toUpperCase();
  const known = (["POST", "PUT", "PATCH", "DELETE"] as const).find((one) => one === method);
  if (known !== undefined) return known;
  throw new ScimError("invalidValue", "method must be POST, PUT, PATCH or DELETE.");
}

function readFailOnErrors(body: JsonObject): number | undefined {
  const given = valueNamed(body, "failOnErrors") ?? 0;
  if (given === 0) return undefined;
  if (typeof given === "number" && Number.isInteger(given) && given > 0) return given;
  throw new ScimError("invalidValue", "failOnErrors must be a positive whole number.");
}

function textIn(submitted: JsonObject, name: string): string | undefined {
  const given = valueNamed(submitted, name) ?? undefined;
  if (given === undefined || typeof given === "string") return given;
  throw new ScimError("invalidSyntax", `${name} must be a string.`);
}
