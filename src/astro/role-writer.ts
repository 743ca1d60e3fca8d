/** The port that gives roles: SCIM carries none, so this is Astro's IAM API (iam/role-writer.ts). */

import type { HeldRoles } from "./records/held-roles.ts";
import type { WriteResult } from "./writer.ts";

/** Whose roles they are. The id is the same in SCIM and IAM. */
export interface RoleHolder {
  readonly kind: "user" | "team";
  readonly id: string;
}

/** What a server answers is never thrown. */
export interface RoleWriter {
  /**
   * Replaces all roles that a user or a Team has itself: what is not among them is taken away. Read the present roles first.
   * @param roles with an Organization role: without it Astro removes a user from the organization, so nothing is sent
   */
  setRoles(holder: RoleHolder, roles: HeldRoles): Promise<WriteResult>;
}
