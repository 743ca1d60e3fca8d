/** What Astro keeps of a user or a Team and SCIM does not carry. */

import { memberRoles, type SubjectRoles } from "../../astro/roles.ts";
import type { Subject } from "./subject.ts";

/** An invitation to the organization that was not accepted yet: its user is pending. */
export interface StoredInvite {
  readonly id: string;
  readonly inviter: Subject;
  /** Milliseconds since 1970. */
  readonly expiresAtMs: number;
}

export interface OwnPart {
  readonly roles: SubjectRoles;
  /** Of a user. */
  readonly invite?: StoredInvite;
  /** Of a user: Astronomer blocks the account. */
  readonly banned?: true;
  /** Of a Team: whether the identity provider manages it. */
  readonly isIdpManaged?: boolean;
  /** Of a Team. */
  readonly description?: string;
  /** Of a Team. */
  readonly createdBy?: Subject;
  /** Of a Team: who changed it last, its members and roles included. */
  readonly updatedBy?: Subject;
}

/** Of most users: a member of the organization, and nothing else. */
export const plainMember: OwnPart = { roles: memberRoles };
