/** `O/teams`: the Teams of an organization. */

import type { ServerResponse } from "../api/message.ts";
import type { ListedField } from "../store/listing.ts";
import type { StoredResource } from "../store/rows.ts";
import type { IamOrganization, OrganizationHandler } from "./context.ts";
import { IamError } from "./iam-error.ts";
import { pageAnswer } from "./present/page.ts";
import { teamJson } from "./present/team.ts";
import { requireRemoved, storedRow } from "./refusal.ts";
import { newTeamBody, readBody, teamBody } from "./requests/bodies.ts";
import { readPage, valuesOf, type ListForm } from "./requests/page-request.ts";
import { readScopeFilters } from "./requests/scope-filter.ts";

export const teamFields: Readonly<Record<string, ListedField>> = {
  name: "name",
  description: "description",
  createdAt: "createdMs",
  updatedAt: "lastModifiedMs",
};

const teamList: ListForm = { sortFields: teamFields, maxLimit: 1_000 };

export const listTeams: OrganizationHandler = async (organization, { query }) => {
  const { rows, behaviour } = organization;
  const page = readPage(query, teamList, behaviour);
  const names = valuesOf(query, "names");
  const scopes = await readScopeFilters(query, ["workspaceId", "deploymentId"], organization);
  const condition = names.length === 0 ? scopes : { ...scopes, names };
  const { totalCount, rows: teams } = await rows.list("Group", { ...page, condition });
  return pageAnswer("teams", {
    ...page,
    totalCount,
    items: teams.map(({ row }) => teamText(row, organization)),
  });
};

export const getTeam: OrganizationHandler = async (organization, { params }) => {
  return teamAnswer(await findTeam(organization, params["teamId"] ?? ""), organization);
};

export const createTeam: OrganizationHandler = async (organization, { body }) => {
  const { operations, behaviour } = organization;
  const { memberIds = [], ...team } = readBody(newTeamBody, body);
  const outcome = await operations.createTeam({ ...team, memberIds });
  return teamAnswer(storedRow(outcome, { what: "Team", id: team.name }, behaviour), organization);
};

export const updateTeam: OrganizationHandler = async (organization, { params, body }) => {
  const { operations, behaviour } = organization;
  const id = params["teamId"] ?? "";
  const outcome = await operations.updateTeam(id, readBody(teamBody, body));
  return teamAnswer(storedRow(outcome, { what: "Team", id }, behaviour), organization);
};

export const deleteTeam: OrganizationHandler = async ({ operations, behaviour }, { params }) => {
  const id = params["teamId"] ?? "";
  requireRemoved(await operations.deleteTeam(id), { what: "Team", id }, behaviour);
  return { status: 204 };
};

/** @throws IamError 404 */
export async function findTeam({ rows }: IamOrganization, id: string): Promise<StoredResource> {
  const team = await rows.get("Group", id, { related: false });
  if (team !== undefined) return team;
  throw new IamError(404, `Team ${id.slice(0, 100)} not found in this organization`);
}

function teamAnswer(team: StoredResource, organization: IamOrganization): ServerResponse {
  return { status: 200, text: teamText(team, organization) };
}

function teamText(team: StoredResource, { texts, id }: IamOrganization): string {
  return texts.of(team, (row) => JSON.stringify(teamJson(row, id)));
}
