/** What the local Astro itself reads in the attributes of a row. */

import { isJsonObject, type JsonObject } from "../../ground/json.ts";
import type { OwnPart } from "./own-part.ts";
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

/** Who a user is, as far as a full name says it. */
export interface NamedUser {
  readonly name: string;
  readonly attributes: JsonObject;
  readonly own: OwnPart;
}

/**
 * A user's full name. Inferred: displayName, then name.formatted, then given and family name, then userName; who was invited
 * and has no name yet has an empty one.
 */
export function fullNameOf({ name, attributes, own }: NamedUser): string {
  const { displayName, name: parts } = attributes;
  if (typeof displayName === "string" && displayName !== "") return displayName;
  if (isJsonObject(parts)) {
    const { formatted, givenName, familyName } = parts;
    if (typeof formatted === "string" && formatted !== "") return formatted;
    const joined = [givenName, familyName]
      .flatMap((part) => (typeof part === "string" && part !== "" ? [part] : []))
      .join(" ");
    if (joined !== "") return joined;
  }
  return own.invite === undefined ? name : "";
}
