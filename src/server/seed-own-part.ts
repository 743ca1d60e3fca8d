/** Astro's own part of the users and Teams of a seed: roles, invitations, and who manages a Team. */

import { memberRoles, type SubjectRoles } from "../astro/roles.ts";
import type { SeedRoles, SeedTeam, SeedUser } from "../astro/seed.ts";
import { rolesAfter } from "./organization/new-roles.ts";
import type { OrganizationRules } from "./organization/rules.ts";
import type { OrganizationRow } from "./store/organization-row.ts";
import { plainMember, type OwnPart } from "./store/own-part.ts";
import type { Subject } from "./store/subject.ts";

export interface SeedContext {
  readonly organization: OrganizationRow;
  readonly rules: OrganizationRules;
  readonly actor: Subject;
  readonly nowMs: number;
  readonly newId: () => string;
}

const msPerDay = 24 * 3600 * 1000;

export function ownPartOfUser(user: SeedUser, context: SeedContext): OwnPart {
  const roles = rolesOf(user, user.role, context);
  if (roles === memberRoles && user.status === undefined) return plainMember;
  const { actor, nowMs, newId, rules } = context;
  return {
    roles,
    ...(user.status === "BANNED" ? { banned: true } : {}),
    ...(user.status === "PENDING"
      ? { invite: { id: newId(), inviter: actor, expiresAtMs: nowMs + rules.inviteDays * msPerDay } }
      : {}),
  };
}

export function ownPartOfTeam(team: SeedTeam, context: SeedContext): OwnPart {
  const { description, role = "ORGANIZATION_MEMBER", isIdpManaged = false } = team;
  return {
    roles: rolesOf(team, role, context),
    isIdpManaged,
    ...(description === undefined ? {} : { description }),
    createdBy: context.actor,
    updatedBy: context.actor,
  };
}

/** A seed may refer to Workspaces and Deployments by name. */
function rolesOf(
  { workspaceRoles = {}, deploymentRoles = {}, dagRoles = [] }: SeedRoles,
  organizationRole: SeedUser["role"],
  { organization, rules }: SeedContext,
): SubjectRoles {
  const granted = {
    workspaceRoles: Object.entries(workspaceRoles).map(([workspace, role]) => ({
      workspaceId: idIn(organization.workspaces, workspace),
      role,
    })),
    deploymentRoles: Object.entries(deploymentRoles).map(([deployment, role]) => ({
      deploymentId: idIn(organization.deployments, deployment),
      role,
    })),
    dagRoles: dagRoles.map(({ deployment, ...role }) => ({
      deploymentId: idIn(organization.deployments, deployment),
      ...role,
    })),
  };
  const hasOthers = Object.values(granted).some((roles) => roles.length > 0);
  if (!hasOthers && organizationRole === "ORGANIZATION_MEMBER") return memberRoles;
  return rolesAfter(memberRoles, { organizationRole, ...granted }, organization, rules);
}

function idIn(known: readonly { readonly id: string; readonly name: string }[], nameOrId: string): string {
  return known.find(({ id, name }) => id === nameOrId || name === nameOrId)?.id ?? nameOrId;
}
