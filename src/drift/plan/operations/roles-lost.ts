/** What a deletion takes away that SCIM does not show: roles, and from whom. */

import type { HeldTeam, HeldUser } from "../../../astro/held.ts";
import { heldRoles, type HeldRoles } from "../../../astro/records/held-roles.ts";
import type { TeamRecord, UserRecord } from "../../../astro/records/record.ts";
import { nameList } from "../../../ground/text/name-list.ts";
import { grantedRoles, type ScopedRole } from "../../compare/over-iam/iam-remarks.ts";

/** As it stands in a plan: plain JSON. */
export interface RolesLost {
  /** `WORKSPACE_AUTHOR of Workspace clm8t5u4q000008jq4qoc3036`, without plain membership of the organization. */
  readonly roles: readonly string[];
  /** Of an account: those that it has only as a member of Teams. */
  readonly throughTeams: readonly string[];
  /** userNames of those who hold them through what is deleted. */
  readonly users: readonly string[];
  /** All roles that what is deleted has itself, so that `undo` can give them back; without where they are not known. */
  readonly held?: HeldRoles;
}

/** The roles that the user holds directly; Teams give theirs to their members. */
export function rolesLostWithUser(record: UserRecord, teams: readonly HeldTeam[]): RolesLost {
  const throughTeams = teams.flatMap(({ iam, displayName }) =>
    (grantedRoles(iam?.roles) ?? []).map((role) => `${roleInWords(role)} through the Team ${displayName}`),
  );
  return { roles: rolesInPlan(record), throughTeams, users: [record.email], ...held(record) };
}

/** The roles that the Team gives, and its members; of those whom no list shows, the id. */
export function rolesLostWithTeam(
  { memberIds }: HeldTeam,
  record: TeamRecord,
  accounts: ReadonlyMap<string, Pick<HeldUser, "userName">>,
): RolesLost {
  return {
    roles: rolesInPlan(record),
    throughTeams: [],
    users: [...memberIds].map((id) => accounts.get(id)?.userName ?? id).toSorted(),
    ...held(record),
  };
}

function held({ roles }: TeamRecord | UserRecord): Pick<RolesLost, "held"> {
  return roles === undefined ? {} : { held: heldRoles(roles) };
}

/** The roles that a Team gives, or that a user has directly, as a plan holds them: in one order. */
export function rolesInPlan({ roles }: Pick<TeamRecord | UserRecord, "roles">): readonly string[] {
  return (grantedRoles(roles) ?? []).map(roleInWords).toSorted();
}

/** A clause: `its user loses WORKSPACE_OWNER of Workspace clm…`, `its user loses no role`. */
export function rolesLostByUserInWords({ roles, throughTeams }: RolesLost): string {
  const all = [...roles, ...throughTeams];
  return all.length === 0 ? "its user loses no role" : `its user loses ${nameList(all)}`;
}

/** A clause: `takes WORKSPACE_AUTHOR of Workspace clm… from ada@example.com and bob@example.com`, `takes no role away`. */
export function rolesLostInWords({ roles, users }: RolesLost): string {
  if (roles.length === 0 || users.length === 0) return "takes no role from anybody";
  return `takes ${nameList(roles)} from ${nameList(users)}`;
}

export function roleInWords({ role, scope, of }: ScopedRole): string {
  return scope === "organization" ? role : `${role} of ${scopes[scope]} ${of ?? ""}`;
}

const scopes = { workspace: "Workspace", deployment: "Deployment", dag: "Dag" } as const;
