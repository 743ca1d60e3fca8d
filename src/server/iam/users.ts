/** `O/users`: the users of an organization, and the Teams that each is in. */

import { isUnconditional, type Condition, type ListedField } from "../store/listing.ts";
import type { StoredResource } from "../store/rows.ts";
import type { IamOrganization, OrganizationHandler } from "./context.ts";
import { IamError } from "./iam-error.ts";
import { pageAnswer } from "./present/page.ts";
import { membershipJson } from "./present/team.ts";
import { userJson } from "./present/user.ts";
import { readPage, type ListForm } from "./requests/page-request.ts";
import { readScopeFilters } from "./requests/scope-filter.ts";
import { teamFields } from "./teams.ts";

const userFields: Readonly<Record<string, ListedField>> = {
  id: "id",
  username: "name",
  fullName: "fullName",
  createdAt: "createdMs",
  updatedAt: "lastModifiedMs",
};

const userList: ListForm = { sortFields: userFields, maxLimit: 1_000 };
const teamsOfUserList: ListForm = { sortFields: teamFields, maxLimit: 1_000 };

const withoutRelated = { related: false };

export const listUsers: OrganizationHandler = async (organization, { query }) => {
  const { rows, behaviour } = organization;
  const page = readPage(query, userList, behaviour);
  const scopes = await readScopeFilters(
    query,
    ["workspaceId", "deploymentId", "dagId", "dagTags"],
    organization,
  );
  const condition: Condition = {
    ...scopes,
    ...(behaviour.inactiveUsers === "hidden" ? { activeOnly: true } : {}),
    ...(behaviour.scopeFilterTeams === "counted" && !isUnconditional(scopes) ? { countsTeams: true } : {}),
  };
  const { totalCount, rows: users } = await rows.list("User", { ...page, condition });
  return pageAnswer("users", {
    ...page,
    totalCount,
    items: users.map(({ row }) => userText(row, organization)),
  });
};

export const getUser: OrganizationHandler = async (organization, { params }) => {
  const user = await findUser(organization, params["userId"] ?? "");
  return { status: 200, text: userText(user, organization) };
};

export const listTeamsOfUser: OrganizationHandler = async (organization, { params, query }) => {
  const user = await findUser(organization, params["userId"] ?? "");
  const page = readPage(query, teamsOfUserList, organization.behaviour);
  const { totalCount, rows: teams } = await organization.rows.list("Group", {
    ...page,
    condition: { relatedTo: user.id },
  });
  const items = teams.map(({ row }) => JSON.stringify(membershipJson(row)));
  return pageAnswer("teams", { ...page, totalCount, items });
};

/** @throws IamError 404 */
export async function findUser({ rows, behaviour }: IamOrganization, id: string): Promise<StoredResource> {
  const user = await rows.get("User", id, withoutRelated);
  if (user === undefined || (behaviour.inactiveUsers === "hidden" && !user.active)) {
    throw new IamError(404, `user ${id.slice(0, 100)} not found in this organization`);
  }
  return user;
}

function userText(user: StoredResource, { texts, behaviour }: IamOrganization): string {
  return texts.of(user, (row) => JSON.stringify(userJson(row, behaviour)));
}
