/** The roles that go with an account or a Team that should not be there, and who has them: where IAM was read. */

import { allUsers, teamsByMember, type HeldState, type HeldTeam, type HeldUser } from "../../astro/held.ts";
import { grantedRoles } from "../../drift/compare/over-iam/iam-remarks.ts";
import { roleInWords } from "../../drift/plan/operations/roles-lost.ts";
import { nameList } from "../../ground/text/name-list.ts";
import { printable } from "../../ground/text/printable.ts";

export interface RolesAtStake {
  /** The Teams that the account is in. */
  readonly teamsOf: (account: HeldUser) => readonly HeldTeam[];
  /** userNames of the members of a Team; of those whom no list shows, the id. */
  readonly membersOf: (team: HeldTeam) => readonly string[];
}

export function rolesAtStake(held: HeldState): RolesAtStake {
  const teamsOf = teamsByMember(held);
  const names = new Map(allUsers(held).map(({ scimId, userName }) => [scimId, userName]));
  return {
    teamsOf: ({ scimId }) => teamsOf.get(scimId) ?? [],
    membersOf: ({ memberIds }) => [...memberIds].map((id) => names.get(id) ?? id).toSorted(),
  };
}

/**
 * `; has WORKSPACE_OWNER of Workspace clm… and ORGANIZATION_OWNER through the Team admins`; empty where there are none. Of the roles
 * through Teams only those in the organization: an owner has to be recognized, and the other roles come back with the Team.
 */
export function rolesOfUserText(account: HeldUser, teams: readonly HeldTeam[]): string {
  const roles = [
    ...(grantedRoles(account.iam?.roles) ?? []).map(roleInWords),
    ...teams.flatMap(({ iam, displayName }) =>
      (grantedRoles(iam?.roles) ?? [])
        .filter(({ scope }) => scope === "organization")
        .map((role) => `${roleInWords(role)} through the Team ${displayName}`),
    ),
  ];
  return roles.length === 0 ? "" : printable(`; has ${nameList(roles)}`);
}

/** `; gives WORKSPACE_AUTHOR of Workspace clm… to ada@example.com and bob@example.com`; empty where it has no roles. */
export function rolesOfTeamText({ iam }: HeldTeam, members: readonly string[]): string {
  const roles = (grantedRoles(iam?.roles) ?? []).map(roleInWords);
  if (roles.length === 0) return "";
  return printable(
    members.length === 0
      ? `; has ${nameList(roles)}, and no member`
      : `; gives ${nameList(roles)} to ${nameList(members)}`,
  );
}
