/**
 * What a user may do, and why: the roles held directly together with those of all Teams. Astro docs, User permissions
 * reference: the more privileged of the direct role and any Team role counts, and an Organization Owner is Owner of every
 * Workspace.
 */

import { outranks } from "./role-rank.ts";
import type { ShownRoles } from "./shown-roles.ts";

/** Where a role comes from. */
export type RoleSource =
  | { readonly kind: "direct" }
  | { readonly kind: "team"; readonly id: string; readonly name: string }
  /** The user is an Organization Owner. */
  | { readonly kind: "organization-owner" };

/** A role with everything that gives it. */
export interface HeldRole {
  readonly role: string;
  readonly from: readonly RoleSource[];
}

/** The roles within one scope. */
export interface RankedRoles {
  /** No other role of the scope is above these; more than one only where nothing says which is more privileged. */
  readonly effective: readonly HeldRole[];
  /** Held, too, and without effect: one of the effective roles is above it. */
  readonly alsoHeld: readonly HeldRole[];
}

export interface EffectiveRoles {
  readonly organization: RankedRoles;
  /** Whether the user is Owner of every Workspace, also of those that are not listed. */
  readonly isOwnerOfAllWorkspaces: boolean;
  /** The Workspaces in which a role is held directly or through a Team, by id. */
  readonly workspaces: readonly (RankedRoles & { readonly workspaceId: string })[];
  readonly deployments: readonly (RankedRoles & { readonly deploymentId: string })[];
  readonly dags: readonly (RankedRoles & {
    readonly deploymentId: string;
    readonly dagId: string | undefined;
    readonly dagTag: string | undefined;
  })[];
}

/** A Team of the user, with the roles that it gives to its members. */
export interface GivingTeam {
  readonly id: string;
  readonly name: string;
  readonly roles: ShownRoles;
}

interface Grant {
  readonly role: string;
  readonly from: RoleSource;
}

/** `direct` are the roles of the user itself. Sources are in the order: direct, Teams as given, Organization Owner. */
export function effectiveRoles(direct: ShownRoles, teams: readonly GivingTeam[]): EffectiveRoles {
  const holders: readonly (readonly [RoleSource, ShownRoles])[] = [
    [{ kind: "direct" }, direct],
    ...teams.map(({ id, name, roles }) => [{ kind: "team", id, name } as const, roles] as const),
  ];
  const organization = ranked(
    holders.flatMap(([from, { organizationRole: role }]) => (role === undefined ? [] : [{ role, from }])),
  );
  const isOwner = organization.effective.some(({ role }) => role === "ORGANIZATION_OWNER");
  const asOwner: readonly Grant[] = isOwner
    ? [{ role: "WORKSPACE_OWNER", from: { kind: "organization-owner" } }]
    : [];
  const of = <Role extends { readonly role: string }>(
    rolesOf: (roles: ShownRoles) => readonly Role[],
    scopeOf: (role: Role) => string,
  ): readonly (readonly [Role, readonly Grant[]])[] =>
    byScope(
      holders.flatMap(([from, roles]) => rolesOf(roles).map((role) => ({ scope: role, from }))),
      scopeOf,
    );
  return {
    organization,
    isOwnerOfAllWorkspaces: isOwner,
    workspaces: of(
      ({ workspaceRoles }) => workspaceRoles,
      ({ workspaceId }) => workspaceId,
    ).map(([{ workspaceId }, grants]) => ({ workspaceId, ...ranked([...grants, ...asOwner]) })),
    deployments: of(
      ({ deploymentRoles }) => deploymentRoles,
      ({ deploymentId }) => deploymentId,
    ).map(([{ deploymentId }, grants]) => ({ deploymentId, ...ranked(grants) })),
    dags: of(
      ({ dagRoles }) => dagRoles,
      ({ deploymentId, dagId, dagTag }) => JSON.stringify([deploymentId, dagId ?? null, dagTag ?? null]),
    ).map(([{ deploymentId, dagId, dagTag }, grants]) => ({
      deploymentId,
      dagId,
      dagTag,
      ...ranked(grants),
    })),
  };
}

/** In the order of the scopes' names. */
function byScope<Role extends { readonly role: string }>(
  held: readonly { readonly scope: Role; readonly from: RoleSource }[],
  scopeOf: (role: Role) => string,
): readonly (readonly [Role, readonly Grant[]])[] {
  const scopes = new Map<string, { readonly first: Role; readonly grants: Grant[] }>();
  for (const { scope: role, from } of held) {
    const scope = scopeOf(role);
    const known = scopes.get(scope) ?? { first: role, grants: [] };
    known.grants.push({ role: role.role, from });
    scopes.set(scope, known);
  }
  return [...scopes]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { first, grants }]) => [first, grants]);
}

function ranked(grants: readonly Grant[]): RankedRoles {
  const sources = new Map<string, RoleSource[]>();
  for (const { role, from } of grants) sources.set(role, [...(sources.get(role) ?? []), from]);
  const held = [...sources].map(([role, from]) => ({ role, from }));
  const isSurpassed = ({ role }: HeldRole): boolean => held.some((other) => outranks(other.role, role));
  return {
    effective: held.filter((one) => !isSurpassed(one)),
    alsoHeld: held.filter(isSurpassed),
  };
}
