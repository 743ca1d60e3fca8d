/** What Astro's own side shows beside the differences: worth knowing, and no drift, for the directory says nothing of roles. */

import { allTeams, allUsers, teamsByMember, type HeldTeam, type HeldUser } from "../../../astro/held.ts";
import type { ShownRoles } from "../../../astro/records/shown-roles.ts";
import type { TeamMatch } from "../teams/match-teams.ts";
import type { Sides } from "../teams/memberships.ts";

/** A role together with what it is for. */
export interface ScopedRole {
  readonly role: string;
  readonly scope: "organization" | "workspace" | "deployment" | "dag";
  /** Id of the Workspace or the Deployment, with the Dag or tag behind a slash; undefined for the organization. */
  readonly of: string | undefined;
}

export type IamRemark =
  /** Nobody granted it a role: its members get nothing through it, however well it is provisioned. */
  | { readonly kind: "team-without-roles"; readonly team: HeldTeam }
  /** It has roles, and no member: they reach nobody. */
  | {
      readonly kind: "team-roles-without-members";
      readonly team: HeldTeam;
      readonly roles: readonly ScopedRole[];
    }
  /** The Team of a group that is pushed was made in Astro, and the identity provider does not manage it. */
  | { readonly kind: "team-made-in-astro"; readonly team: HeldTeam }
  /** Taking the user out of the Team, or the role from it, takes nothing away. */
  | {
      readonly kind: "role-held-twice";
      readonly user: HeldUser;
      readonly role: ScopedRole;
      /** The Teams that give it, too. */
      readonly teams: readonly HeldTeam[];
    };

/** In the order of their kinds, then by name; none where IAM was not read. */
export function iamRemarks(
  sides: Sides,
  { pairs }: TeamMatch,
  linkedIds: ReadonlySet<string>,
): readonly IamRemark[] {
  const { held, outside } = sides;
  const teams = allTeams(held)
    .filter(({ scimId }) => !outside.teamIds.has(scimId))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const pushed = new Set([...pairs.values()].map((pair) => pair.held.scimId));
  const isProvisioned = ({ scimId, iam }: HeldTeam): boolean =>
    pushed.has(scimId) || iam?.isIdpManaged === true;
  return [
    ...teams
      .filter((team) => pushed.has(team.scimId) && isMadeInAstro(team, linkedIds))
      .map((team) => ({ kind: "team-made-in-astro", team }) as const),
    ...teams
      .filter((team) => isProvisioned(team) && grantedRoles(team.iam?.roles)?.length === 0)
      .map((team) => ({ kind: "team-without-roles", team }) as const),
    ...teams.flatMap((team): IamRemark[] => {
      const roles = grantedRoles(team.iam?.roles) ?? [];
      const isEmpty = team.memberIds.size === 0 && team.areMembersUnknown !== true;
      return isEmpty && roles.length > 0 ? [{ kind: "team-roles-without-members", team, roles }] : [];
    }),
    ...rolesHeldTwice(sides),
  ];
}

/** Whether Astro says that it manages the Team itself, and no link of the provider says otherwise. */
export function isMadeInAstro({ iam, scimId }: HeldTeam, linkedIds: ReadonlySet<string>): boolean {
  return iam?.isIdpManaged === false && !linkedIds.has(scimId);
}

/** Every role but plain membership of the organization, which everybody has; undefined where the roles are unknown. */
export function grantedRoles(roles: ShownRoles | undefined): readonly ScopedRole[] | undefined {
  if (roles === undefined) return undefined;
  const { organizationRole, workspaceRoles, deploymentRoles, dagRoles } = roles;
  return [
    ...(organizationRole === undefined || organizationRole === "ORGANIZATION_MEMBER"
      ? []
      : [{ role: organizationRole, scope: "organization", of: undefined } as const]),
    ...workspaceRoles.map(
      ({ role, workspaceId }) => ({ role, scope: "workspace", of: workspaceId }) as const,
    ),
    ...deploymentRoles.map(
      ({ role, deploymentId }) => ({ role, scope: "deployment", of: deploymentId }) as const,
    ),
    ...dagRoles.map(
      ({ role, deploymentId, dagId, dagTag }) =>
        ({ role, scope: "dag", of: `${deploymentId}/${dagId ?? `tag ${dagTag ?? ""}`}` }) as const,
    ),
  ];
}

function rolesHeldTwice({ held, outside }: Sides): readonly IamRemark[] {
  if (!allUsers(held).some(({ iam }) => iam !== undefined)) return [];
  const teamsOf = teamsByMember(held);
  const accounts = allUsers(held)
    .filter(({ scimId }) => !outside.userIds.has(scimId))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return accounts.flatMap((user) =>
    (grantedRoles(user.iam?.roles) ?? []).flatMap((role): IamRemark[] => {
      const teams = (teamsOf.get(user.scimId) ?? []).filter((team) =>
        (grantedRoles(team.iam?.roles) ?? []).some((given) => isSameRole(given, role)),
      );
      return teams.length === 0 ? [] : [{ kind: "role-held-twice", user, role, teams }];
    }),
  );
}

function isSameRole(one: ScopedRole, other: ScopedRole): boolean {
  return one.role === other.role && one.scope === other.scope && one.of === other.of;
}
