/** The organization roles of users: Astro's own, SCIM carries none. */

import type { OrganizationRole } from "../../../astro/seed.ts";

const memberRole: OrganizationRole = "ORGANIZATION_MEMBER";

/** Keeps only those who have another role than most. */
export class OrganizationRoles {
  readonly #roles = new Map<string, OrganizationRole>();

  of(userId: string): OrganizationRole {
    return this.#roles.get(userId) ?? memberRole;
  }

  give(userId: string, role: OrganizationRole): void {
    if (role === memberRole) this.#roles.delete(userId);
    else this.#roles.set(userId, role);
  }

  forget(userId: string): void {
    this.#roles.delete(userId);
  }

  /** Ids of all who have another role than most: there are few. */
  idsOf(role: string): readonly string[] {
    return [...this.#roles].flatMap(([id, own]) => (own === role ? [id] : []));
  }
}
