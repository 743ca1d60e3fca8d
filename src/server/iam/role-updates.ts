/** `…/roles` of users and Teams: all roles are given at once. */

import type { OrganizationHandler } from "./context.ts";
import { invalidRequest } from "./iam-error.ts";
import { rolesJson } from "./present/roles.ts";
import { requireRemoved, storedRow } from "./refusal.ts";
import { readBody, teamRolesBody, userRolesBody } from "./requests/bodies.ts";
import { findUser } from "./users.ts";

export const updateUserRoles: OrganizationHandler = async (organization, { params, body }) => {
  const { operations, behaviour } = organization;
  const { id } = await findUser(organization, params["userId"] ?? "");
  const { organizationRole, ...granted } = readBody(userRolesBody, body);
  if (organizationRole === null) {
    if (behaviour.nullOrganizationRole === "refuse") {
      throw invalidRequest([{ field: "organizationRole", code: "type", message: "must be a string" }]);
    }
    requireRemoved(await operations.removeUser(id), { what: "user", id }, behaviour);
    return { status: 200, body: {} };
  }
  const outcome = await operations.giveRoles("User", id, { organizationRole, ...granted });
  const { own } = storedRow(outcome, { what: "user", id }, behaviour);
  return { status: 200, body: rolesJson(own.roles) };
};

export const updateTeamRoles: OrganizationHandler = async ({ operations, behaviour }, { params, body }) => {
  const id = params["teamId"] ?? "";
  const outcome = await operations.giveRoles("Group", id, readBody(teamRolesBody, body));
  const { own } = storedRow(outcome, { what: "Team", id }, behaviour);
  return { status: 200, body: rolesJson(own.roles) };
};
