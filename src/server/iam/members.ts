/** `O/teams/{teamId}/members`: who is in a Team. */

import type { ListedField } from "../store/listing.ts";
import type { OrganizationHandler } from "./context.ts";
import { pageAnswer } from "./present/page.ts";
import { memberJson } from "./present/user.ts";
import { storedRow } from "./refusal.ts";
import { membersBody, readBody } from "./requests/bodies.ts";
import { readPage, type ListForm } from "./requests/page-request.ts";
import { findTeam } from "./teams.ts";

const memberFields: Readonly<Record<string, ListedField>> = {
  userId: "id",
  fullName: "fullName",
  username: "name",
  createdAt: "joinedMs",
};

/** Its description declares no largest limit. */
const memberList: ListForm = { sortFields: memberFields, maxLimit: undefined };

export const listMembers: OrganizationHandler = async (organization, { params, query }) => {
  const { id } = await findTeam(organization, params["teamId"] ?? "");
  const { rows, behaviour } = organization;
  const page = readPage(query, memberList, behaviour);
  const { totalCount, rows: members } = await rows.list("User", { ...page, condition: { relatedTo: id } });
  const items = members.map((member) => JSON.stringify(memberJson(member, behaviour)));
  return pageAnswer("teamMembers", { ...page, totalCount, items });
};

export const addMembers: OrganizationHandler = async ({ operations, behaviour }, { params, body }) => {
  const id = params["teamId"] ?? "";
  const { memberIds } = readBody(membersBody, body);
  storedRow(await operations.addMembers(id, memberIds), { what: "Team", id }, behaviour);
  return { status: 204 };
};

export const removeMember: OrganizationHandler = async (organization, { params }) => {
  const { operations, behaviour } = organization;
  const { id } = await findTeam(organization, params["teamId"] ?? "");
  const userId = params["memberId"] ?? "";
  storedRow(await operations.removeMember(id, userId), { what: "user", id: userId }, behaviour);
  return { status: 204 };
};
