/** A list of SCIM with all of its pages as one. */

import type { JsonObject } from "../../../ground/json.ts";
import { listResponseUrn } from "../../../scim/urn.ts";
import type { Send } from "../../../wire/exchange.ts";
import { readAll, type ListQuery } from "./read-all.ts";

/**
 * A ListResponse (RFC 7644 §3.4.2) with every resource.
 * @throws AppError as `readAll`
 */
export async function wholeList(send: Send, query: ListQuery): Promise<JsonObject> {
  const resources = await readAll(send, query, (resource) => resource);
  return {
    schemas: [listResponseUrn],
    totalResults: resources.length,
    startIndex: 1,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}
