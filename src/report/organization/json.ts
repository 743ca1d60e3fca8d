/** Users and Teams as the documented JSON shapes (docs/json.md); keys as the astro CLI has them. */

import type { JsonObject, JsonValue } from "../../ground/json.ts";
import type { MemberRecord, TeamRecord, UserRecord } from "../../astro/records/record.ts";
import type {
  EffectiveRoles,
  HeldRole,
  RankedRoles,
  RoleSource,
} from "../../astro/records/effective-roles.ts";
import type { ShownRoles } from "../../astro/records/shown-roles.ts";
import type { ReadFrom, TeamReport, TeamsReport, UserReport, UsersReport } from "./report.ts";

const schemaVersion = 1;

export function usersJson({ users, ...from }: UsersReport): JsonObject {
  return { ...envelope(from), users: users.map(userJson) };
}

export function teamsJson({ teams, ...from }: TeamsReport): JsonObject {
  return { ...envelope(from), teams: teams.map(teamJson) };
}

export function userReportJson({ user, teams, effective, ...from }: UserReport): JsonObject {
  return {
    ...envelope(from),
    user: userJson(user),
    teams: teams.map(teamJson),
    effectiveRoles: effective === undefined ? null : effectiveJson(effective),
  };
}

export function teamReportJson({ team, members, ...from }: TeamReport): JsonObject {
  return { ...envelope(from), team: teamJson(team), members: members.map(memberJson) };
}

export function userJson(user: UserRecord): JsonObject {
  const { fullName, email, id, createdAt, updatedAt, status, roles } = user;
  return {
    fullName,
    email,
    id,
    createdAt: createdAt ?? null,
    orgRole: roles?.organizationRole ?? null,
    status,
    updatedAt: updatedAt ?? null,
    ...scopedRoles(roles),
  };
}

export function teamJson(team: TeamRecord): JsonObject {
  const { id, name, createdAt, description, isIdpManaged, updatedAt, roles } = team;
  return {
    id,
    name,
    createdAt: createdAt ?? null,
    description: description ?? null,
    orgRole: roles?.organizationRole ?? null,
    isIdpManaged: isIdpManaged ?? null,
    updatedAt: updatedAt ?? null,
    ...scopedRoles(roles),
  };
}

function memberJson({ id, fullName, email, joinedAt }: MemberRecord): JsonObject {
  return { id, fullName, email, joinedAt: joinedAt ?? null };
}

function envelope({ api, target, organizationId }: ReadFrom): JsonObject {
  return { schemaVersion, api, target, organizationId: organizationId ?? null };
}

/** Null where the API does not show roles; without any they are empty. */
function scopedRoles(roles: ShownRoles | undefined): JsonObject {
  if (roles === undefined) return { workspaceRoles: null, deploymentRoles: null, dagRoles: null };
  return {
    workspaceRoles: roles.workspaceRoles.map(({ workspaceId, role }) => ({ workspaceId, role })),
    deploymentRoles: roles.deploymentRoles.map(({ deploymentId, role }) => ({ deploymentId, role })),
    dagRoles: roles.dagRoles.map(({ deploymentId, dagId, dagTag, role }) => ({
      deploymentId,
      dagId: dagId ?? null,
      dagTag: dagTag ?? null,
      role,
    })),
  };
}

function effectiveJson(roles: EffectiveRoles): JsonObject {
  const { organization, isOwnerOfAllWorkspaces, workspaces, deployments, dags } = roles;
  return {
    organization: rankedJson(organization),
    isOwnerOfAllWorkspaces,
    workspaces: workspaces.map(({ workspaceId, ...ranked }) => ({ workspaceId, ...rankedJson(ranked) })),
    deployments: deployments.map(({ deploymentId, ...ranked }) => ({ deploymentId, ...rankedJson(ranked) })),
    dags: dags.map(({ deploymentId, dagId, dagTag, ...ranked }) => ({
      deploymentId,
      dagId: dagId ?? null,
      dagTag: dagTag ?? null,
      ...rankedJson(ranked),
    })),
  };
}

function rankedJson({ effective, alsoHeld }: RankedRoles): JsonObject {
  return { effective: effective.map(heldJson), alsoHeld: alsoHeld.map(heldJson) };
}

function heldJson({ role, from }: HeldRole): JsonObject {
  return { role, from: from.map(sourceJson) };
}

function sourceJson(source: RoleSource): JsonValue {
  return source.kind === "team" ? { kind: "team", id: source.id, name: source.name } : { kind: source.kind };
}
