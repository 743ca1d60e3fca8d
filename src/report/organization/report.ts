/** What `users` and `teams` report: what was read, and over which API. */

import type { NextStep } from "../next-step.ts";
import type { AstroApiName, MemberRecord, TeamRecord, UserRecord } from "../../astro/records/record.ts";
import type { EffectiveRoles } from "../../astro/records/effective-roles.ts";

/** Where it was read. */
export interface ReadFrom {
  readonly api: AstroApiName;
  /** SCIM base URL. */
  readonly target: string;
  /** Undefined on servers whose address names none. */
  readonly organizationId: string | undefined;
}

export interface UsersReport extends ReadFrom {
  readonly users: readonly UserRecord[];
}

export interface TeamsReport extends ReadFrom {
  readonly teams: readonly TeamRecord[];
}

export interface UserReport extends ReadFrom {
  readonly user: UserRecord;
  /** In the order of their names. */
  readonly teams: readonly TeamRecord[];
  /** Undefined where the API does not show roles. */
  readonly effective: EffectiveRoles | undefined;
  readonly next: NextStep;
}

export interface TeamReport extends ReadFrom {
  readonly team: TeamRecord;
  /** In the order of their addresses. */
  readonly members: readonly MemberRecord[];
  readonly next: NextStep;
}
