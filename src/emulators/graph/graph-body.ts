/** The body of a request to Microsoft Graph. */

import type * as z from "zod";
import { isJsonObject, type JsonObject } from "../../ground/json.ts";
import { badRequest } from "./graph-error.ts";
import type { GraphRequest } from "./graph-route.ts";

/** @throws GraphError 400 for a body that is no JSON object */
export function objectOf(body: GraphRequest["body"]): JsonObject {
  if (isJsonObject(body)) return body;
  throw badRequest("Empty Payload. JSON content expected.");
}

/**
 * A body that creates an object.
 * @throws GraphError 400, which names the first property that is missing or cannot be used
 */
export function newEntity<Entity>(body: JsonObject, schema: z.ZodType<Entity>, resource: string): Entity {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const name = String(read.error.issues[0]?.path[0] ?? "body");
  throw badRequest(`A value is required for property '${name}' of resource '${resource}'.`);
}
