/** All roles that a user or a Team has itself, as plain JSON in one order: to be kept in a plan or a journal, and given back. */

import type { ShownDagRole, ShownDeploymentRole, ShownRoles, ShownWorkspaceRole } from "./shown-roles.ts";

export interface HeldDagRole extends Pick<ShownDagRole, "deploymentId" | "role"> {
  /** Of the two, one is there. */
  readonly dagId?: string;
  readonly dagTag?: string;
}

export interface HeldRoles {
  /** null where there is none. */
  readonly organizationRole: string | null;
  readonly workspaceRoles: readonly ShownWorkspaceRole[];
  readonly deploymentRoles: readonly ShownDeploymentRole[];
  readonly dagRoles: readonly HeldDagRole[];
}

export const ownerRole = "ORGANIZATION_OWNER";
/** What every user and Team has that comes over SCIM (Inferred; see `memberRoles` in roles.ts). */
export const plainRole = "ORGANIZATION_MEMBER";

/** The same roles are the same JSON, however the server lists them. */
export function heldRoles({ organizationRole, ...roles }: ShownRoles): HeldRoles {
  return {
    organizationRole: organizationRole ?? null,
    workspaceRoles: sorted(roles.workspaceRoles.map(({ workspaceId, role }) => ({ workspaceId, role }))),
    deploymentRoles: sorted(roles.deploymentRoles.map(({ deploymentId, role }) => ({ deploymentId, role }))),
    dagRoles: sorted(
      roles.dagRoles.map(({ deploymentId, role, dagId, dagTag }) => ({
        deploymentId,
        role,
        ...(dagId === undefined ? {} : { dagId }),
        ...(dagTag === undefined ? {} : { dagTag }),
      })),
    ),
  };
}

export function shownRoles({ organizationRole, ...roles }: HeldRoles): ShownRoles {
  return { ...roles, organizationRole: organizationRole ?? undefined };
}

/** Whether it is nothing but plain membership of the organization. */
export function arePlainRoles({ organizationRole, ...roles }: HeldRoles): boolean {
  const isPlain = organizationRole === null || organizationRole === plainRole;
  return isPlain && Object.values(roles).every((each) => each.length === 0);
}

/** Without the role of an owner: a plain member of the organization, with all other roles. */
export function withoutOwnerRole(roles: HeldRoles): HeldRoles {
  return roles.organizationRole === ownerRole ? { ...roles, organizationRole: plainRole } : roles;
}

/** Whether all of `roles` are among `others`; plain membership is among any Organization role. */
export function areAmong(roles: HeldRoles, others: HeldRoles): boolean {
  const { organizationRole: role } = roles;
  const isSame = role === null || role === plainRole || role === others.organizationRole;
  return isSame && scopes.every((scope) => roles[scope].every(isOneOf(others[scope])));
}

/**
 * Whether `now` is what was asked for. A role in a Deployment without one in its Workspace makes Astro add
 * WORKSPACE_ACCESSOR there (Astro docs, User permissions).
 */
export function showsRoles(now: HeldRoles, asked: HeldRoles): boolean {
  const own = {
    ...now,
    workspaceRoles: now.workspaceRoles.filter(({ role }) => role !== "WORKSPACE_ACCESSOR"),
  };
  return now.organizationRole === asked.organizationRole && areAmong(asked, now) && areAmong(own, asked);
}

const scopes = ["workspaceRoles", "deploymentRoles", "dagRoles"] as const;

function isOneOf(others: readonly object[]): (one: object) => boolean {
  const texts = new Set(others.map((other) => JSON.stringify(other)));
  return (one) => texts.has(JSON.stringify(one));
}

function sorted<Item extends object>(items: readonly Item[]): readonly Item[] {
  const textOf = (item: Item): string => JSON.stringify(item);
  return items.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
}
