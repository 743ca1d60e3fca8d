/** The status of a user (Astro API reference); which one when is inferred from their names. */

import type { StoredResource } from "./row.ts";

export type UserStatus = "ACTIVE" | "INACTIVE" | "PENDING" | "BANNED";

export function userStatusOf({ active, own }: Pick<StoredResource, "active" | "own">): UserStatus {
  if (own.banned === true) return "BANNED";
  if (!active) return "INACTIVE";
  return own.invite === undefined ? "ACTIVE" : "PENDING";
}
