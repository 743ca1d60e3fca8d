/** What the local Astro itself reads in the attributes of a row. */

import type { JsonObject } from "../../ground/json.ts";
import type { ResourceTypeName } from "./resource-type-name.ts";

/** Whether a user's account may be used; a resource that does not say so may. */
export function isActive(attributes: JsonObject): boolean {
  return attributes["active"] !== false;
}

/** The name by which people know a resource. */
export function nameOf(type: ResourceTypeName, attributes: JsonObject): string {
  const name = attributes[type === "User" ? "userName" : "displayName"];
  return typeof name === "string" ? name : "";
}
