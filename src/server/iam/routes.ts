/** Every route of Astro's own API: method, path, what it takes of a token, handler. */

import type { Route } from "../api/api.ts";
import { inOrganization, type Handler, type IamContext, type OrganizationHandler } from "./context.ts";
import { getAuditLogs } from "./audit-logs.ts";
import { listDeployments } from "./deployments.ts";
import { createInvite, deleteInvite } from "./invites.ts";
import { addMembers, listMembers, removeMember } from "./members.ts";
import { getOrganization, listOrganizations, updateOrganization } from "./organizations.ts";
import { requirePermission, type Needs } from "./permission.ts";
import { platformOrganizationJson } from "./present/organization.ts";
import { updateTeamRoles, updateUserRoles } from "./role-updates.ts";
import { getRole, listRoles } from "./roles.ts";
import { getSelf } from "./self.ts";
import { createTeam, deleteTeam, getTeam, listTeams, updateTeam } from "./teams.ts";
import { getToken, listTokens } from "./tokens.ts";
import { getUser, listTeamsOfUser, listUsers } from "./users.ts";

type IamRoute = Route<IamContext>;

/** Paths that v1 and the deprecated IAM API share. */
const sharedRoutes: readonly IamRoute[] = [
  inside("GET", "/users", "member", listUsers),
  inside("GET", "/users/:userId", "member", getUser),
  inside("GET", "/teams", "member", listTeams),
  inside("GET", "/teams/:teamId", "member", getTeam),
  inside("GET", "/teams/:teamId/members", "member", listMembers),
  inside("POST", "/users/:userId/roles", "owner", updateUserRoles),
  inside("POST", "/teams", "owner", createTeam),
  inside("POST", "/teams/:teamId", "owner", updateTeam),
  inside("DELETE", "/teams/:teamId", "owner", deleteTeam),
  inside("POST", "/teams/:teamId/roles", "owner", updateTeamRoles),
  inside("POST", "/teams/:teamId/members", "owner", addMembers),
  inside("DELETE", "/teams/:teamId/members/:memberId", "owner", removeMember),
  inside("POST", "/invites", "owner", createInvite),
  inside("DELETE", "/invites/:inviteId", "owner", deleteInvite),
  inside("GET", "/roles", "owner", listRoles),
  inside("GET", "/roles/:roleId", "owner", getRole),
];

export const v1Routes: readonly IamRoute[] = [
  ...sharedRoutes,
  inside("GET", "/tokens", "owner", listTokens()),
  inside("GET", "/tokens/:tokenId", "owner", getToken()),
  inside("GET", "/audit-logs", "owner", getAuditLogs),
  inside("GET", "/users/:userId/teams", "member", listTeamsOfUser),
  route("GET", "/users/self", "member", getSelf),
  route("GET", "/organizations", "member", listOrganizations()),
  inside("GET", "", "member", getOrganization()),
  inside("POST", "", "owner", updateOrganization),
];

export const iamV1Beta1Routes: readonly IamRoute[] = [
  ...sharedRoutes,
  inside("GET", "/tokens", "owner", listTokens("type")),
  inside("GET", "/tokens/:tokenId", "owner", getToken("type")),
];

/** What of the Platform API published versions of Astronomer's Terraform provider read before they write Teams. */
export const platformV1Beta1Routes: readonly IamRoute[] = [
  route("GET", "/organizations", "member", listOrganizations(platformOrganizationJson)),
  inside("GET", "", "member", getOrganization(platformOrganizationJson)),
  inside("GET", "/deployments", "member", listDeployments),
];

/** A route below one organization. */
function inside(
  method: IamRoute["method"],
  path: string,
  needs: Needs,
  handler: OrganizationHandler,
): IamRoute {
  return route(method, `/organizations/:organizationId${path}`, needs, inOrganization(handler));
}

function route(method: IamRoute["method"], path: string, needs: Needs, handler: Handler): IamRoute {
  return {
    method,
    path,
    handler: async (context, request) => {
      requirePermission(needs, context);
      return handler(context, request);
    },
  };
}
