/** What has happened in the organization: who did what, over which API. */

import type { ResourceTypeName } from "./resource-type-name.ts";

/** On whose behalf something is done. */
export interface Origin {
  /** `scim`, or `seed` for what was there from the start. */
  readonly api: string;
  /** Whose credentials it was done with. */
  readonly actor: string;
}

export interface OrganizationEvent extends Origin {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** `adopted`: a resource that was there took what was sent for a new one. */
  readonly kind: "created" | "adopted" | "changed" | "deleted";
  readonly type: ResourceTypeName;
  readonly id: string;
  /** By which people know it. */
  readonly name: string;
  /** Of a Team: the users who joined it. */
  readonly joined: readonly string[];
  /** Of a Team: the users who left it; of a user: the Teams that it is in no more. */
  readonly left: readonly string[];
}
