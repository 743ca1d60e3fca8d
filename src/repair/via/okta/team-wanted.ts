/** What a plan wants of a Team, and what is known when its way is chosen. */

import type { HeldTeam } from "../../../astro/held.ts";
import type { Drift } from "../../../drift/compare/diff.ts";
import type { LeftOut } from "../../../drift/plan/left-out/left-out.ts";
import type { ChangeMembers, CreateTeam, OperationMember } from "../../../drift/plan/operations/operation.ts";
import type { ManagementApi } from "../../../management/management-api.ts";
import type { AppUsers, PushedGroup } from "./facts.ts";

export interface TeamFacts {
  readonly drift: Drift;
  readonly appUsers: AppUsers;
  /** By `foldCase` of their names. */
  readonly pushed: ReadonlyMap<string, readonly PushedGroup[]>;
  readonly api: ManagementApi;
  /** What has become of the operations that give accounts: see `RoutedUsers.replaced`. */
  readonly accountOperations: ReadonlyMap<string, string | null>;
  /** SCIM ids of the accounts to which the plan links Okta before. */
  readonly linkedBefore: ReadonlySet<string>;
  /** Accounts that Okta deactivates before, by SCIM id: it is linked to other accounts then. */
  readonly unlinked: ReadonlyMap<string, OperationMember>;
  /** Accounts that are inactive and that no rule keeps in a Team, by SCIM id. */
  readonly inactive: ReadonlyMap<string, OperationMember>;
}

/** What the plan wants of one Team. */
export interface TeamWanted {
  readonly key: string;
  readonly name: string;
  readonly held: HeldTeam | undefined;
  readonly create: CreateTeam | undefined;
  readonly adds: ChangeMembers | undefined;
  readonly removes: ChangeMembers | undefined;
  /** Its push is broken, in the words of the plan. */
  readonly broken: LeftOut | undefined;
}
