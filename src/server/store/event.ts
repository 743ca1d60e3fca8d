/** What has happened in the organization: who did what, over which API. */

import type { ResourceTypeName } from "./resource-type-name.ts";
import type { Subject } from "./subject.ts";

/** On whose behalf something is done. */
export interface Origin {
  /** `seed` for what was there from the start. */
  readonly api: "scim" | "iam" | "seed";
  /** Whose credentials it was done with. */
  readonly actor: Subject;
}

export interface OrganizationEvent extends Origin {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** `adopted`: a resource that was there took what was sent for a new one. */
  readonly kind: "created" | "adopted" | "changed" | "roles-changed" | "deleted";
  readonly type: ResourceTypeName | "Organization";
  readonly id: string;
  /** By which people know it. */
  readonly name: string;
  /** Of a Team: the users who joined it. */
  readonly joined: readonly string[];
  /** Of a Team: the users who left it; of a user: the Teams that it is in no more. */
  readonly left: readonly string[];
}
