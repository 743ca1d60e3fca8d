/** Users, Teams and members of an organization as an administrator looks at them, whichever of Astro's APIs was asked. */

import type { ShownRoles } from "./shown-roles.ts";

/** The API that was asked. */
export type AstroApiName = "iam" | "scim";

/** What SCIM has no attribute for is undefined where SCIM was asked. */
export interface UserRecord {
  readonly id: string;
  /** The address by which Astro knows the user: `username` of IAM, `userName` of SCIM. */
  readonly email: string;
  /** Empty before the first login of an invited user. */
  readonly fullName: string;
  /** IAM: `ACTIVE`, `INACTIVE`, `PENDING`, `BANNED`; SCIM: the first two. */
  readonly status: string;
  /** RFC 3339, as the server wrote it. */
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
  /** Held directly. */
  readonly roles: ShownRoles | undefined;
}

/** Without its members: no list of Teams has them. */
export interface TeamRecord {
  readonly id: string;
  readonly name: string;
  /** Undefined where there is none. */
  readonly description: string | undefined;
  readonly isIdpManaged: boolean | undefined;
  /** RFC 3339, as the server wrote it; undefined also in the list of a user's Teams. */
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
  readonly roles: ShownRoles | undefined;
  /** How many roles the server counts; more than `roles` where it does not show all. */
  readonly rolesCount: number | undefined;
}

export interface MemberRecord {
  readonly id: string;
  readonly email: string;
  readonly fullName: string;
  /** When the user joined the Team. */
  readonly joinedAt: string | undefined;
}

/** Reads an organization over one of Astro's APIs: everything that was asked for, or an AppError; never a part of it. */
export interface OrganizationReader {
  readonly api: AstroApiName;
  users(): Promise<readonly UserRecord[]>;
  teams(): Promise<readonly TeamRecord[]>;
  /** Undefined where there is no such id. */
  user(id: string): Promise<UserRecord | undefined>;
  /** Undefined where there is no such id. */
  team(id: string): Promise<TeamRecord | undefined>;
  /** Undefined where the Team has gone. */
  membersOf(teamId: string): Promise<readonly MemberRecord[] | undefined>;
  /** Undefined where the user has gone. */
  teamsOf(userId: string): Promise<readonly TeamRecord[] | undefined>;
}
