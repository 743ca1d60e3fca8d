/** What became of one operation of a bulk request (RFC 7644 §3.7, §3.7.3). */

import { isJsonObject, type JsonObject } from "../../../ground/json.ts";
import { scimErrorBody, type ScimError } from "../../../scim/error.ts";
import type { ServerResponse } from "../../api/message.ts";

export interface BulkResult {
  /** As the response shows it. */
  readonly body: JsonObject;
  readonly isError: boolean;
  /** For people: why it was refused, or what of it was not carried out; empty where there is nothing to say. */
  readonly detail: string;
  /** The id of what a POST made. */
  readonly madeId: string | undefined;
}

/**
 * A result without the resource, which the RFC lets a server leave out: 1,000 Teams of 50,000 members would come back.
 * `location` is where the resource was, had it been there before.
 */
export function bulkSuccess(
  submitted: unknown,
  { status, headers, detail = "" }: ServerResponse,
  location: string | undefined,
): BulkResult {
  const made = status === 201 ? headers?.["location"] : undefined;
  const version = headers?.["etag"];
  const body = {
    ...labelsOf(submitted),
    ...(version === undefined ? {} : { version }),
    ...locationBody(made ?? location),
    status: String(status),
  };
  return { body, isError: false, detail, madeId: made?.slice(made.lastIndexOf("/") + 1) };
}

export function bulkFailure(submitted: unknown, error: ScimError, location: string | undefined): BulkResult {
  const body = {
    ...labelsOf(submitted),
    ...locationBody(location),
    status: String(error.status),
    response: scimErrorBody(error),
  };
  return { body, isError: true, detail: error.message, madeId: undefined };
}

/** By these the client finds its operation again, even where it was none. */
function labelsOf(submitted: unknown): JsonObject {
  if (!isJsonObject(submitted)) return {};
  const { method, bulkId } = submitted;
  return {
    ...(typeof method === "string" ? { method: method.toUpperCase() } : {}),
    ...(typeof bulkId === "string" ? { bulkId } : {}),
  };
}

function locationBody(location: string | undefined): JsonObject {
  return location === undefined ? {} : { location };
}
