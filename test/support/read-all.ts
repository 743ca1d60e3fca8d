/** Every resource of an endpoint, page by page. */

import type { JsonObject } from "../../src/ground/json.ts";
import type { ScimClient } from "./scim-client.ts";

export interface ReadResource extends JsonObject {
  readonly id: string;
}

/** With a query, where only some are wanted. */
type Endpoint = "/Users" | "/Groups" | `/Users?${string}`;

/** By index paging (RFC 7644 §3.4.2.4). @throws Error where the pages do not add up to `totalResults` */
export async function readAll(
  client: Pick<ScimClient, "get">,
  endpoint: Endpoint,
  count: number,
): Promise<readonly ReadResource[]> {
  const resources: ReadResource[] = [];
  let total = 1;
  while (resources.length < total) {
    const path = `${withQuery(endpoint)}startIndex=${resources.length + 1}&count=${count}`;
    const { status, body } = await client.get(path);
    total = body.totalResults;
    if (status !== 200 || (body.Resources.length === 0 && total > 0))
      throw new Error(`${path}: ${status}, none`);
    resources.push(...body.Resources);
  }
  return resources;
}

/** By cursors (RFC 9865 §2), which stay right while resources come and go. */
export async function readAllByCursor(
  client: Pick<ScimClient, "get">,
  endpoint: Endpoint,
  count: number,
): Promise<readonly ReadResource[]> {
  const resources: ReadResource[] = [];
  let cursor: string | undefined = "";
  while (cursor !== undefined) {
    const path: string = `${withQuery(endpoint)}cursor=${encodeURIComponent(cursor)}&count=${count}`;
    const { status, body, text } = await client.get(path);
    if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
    resources.push(...body.Resources);
    cursor = body.nextCursor;
  }
  return resources;
}

function withQuery(endpoint: Endpoint): string {
  return endpoint.includes("?") ? `${endpoint}&` : `${endpoint}?`;
}
