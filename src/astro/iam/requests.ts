/** Requests to Astro's IAM API, version 1 (Astro API reference; paths below the root of all APIs). */

import type { WireRequest } from "../../wire/exchange.ts";

/** Of every list that declares a maximum; astro-cli and Astronomer's Terraform provider send as much for members, too. */
export const pageLimit = 1000;

/** A list, with the key of its array and the order that it is read in: by what no two entries share. */
export interface ListName {
  /** Below the organization: `/users`. */
  readonly path: string;
  readonly key: "users" | "teams" | "teamMembers";
  readonly sort: "id:asc" | "name:asc" | "userId:asc";
}

export const usersList: ListName = { path: "/users", key: "users", sort: "id:asc" };
export const teamsList: ListName = { path: "/teams", key: "teams", sort: "name:asc" };

export function membersList(teamId: string): ListName {
  return { path: `/teams/${encodeURIComponent(teamId)}/members`, key: "teamMembers", sort: "userId:asc" };
}

/** The Teams of a user; v1 alone has it. */
export function userTeamsList(userId: string): ListName {
  return { path: `/users/${encodeURIComponent(userId)}/teams`, key: "teams", sort: "name:asc" };
}

const headers = { accept: "application/json" };

/** Below the root: `/v1/organizations/{organizationId}` with the path behind it. */
export function organizationPath(organizationId: string, path = ""): string {
  return `/v1/organizations/${encodeURIComponent(organizationId)}${path}`;
}

/** One page. */
export function listRequest(organizationId: string, { path, sort }: ListName, offset: number): WireRequest {
  const query = `limit=${pageLimit}&offset=${offset}&sorts=${encodeURIComponent(sort)}`;
  return { method: "GET", path: `${organizationPath(organizationId, path)}?${query}`, headers };
}

/** `/users/{userId}` or `/teams/{teamId}`. */
export function getRequest(organizationId: string, kind: "users" | "teams", id: string): WireRequest {
  const path = organizationPath(organizationId, `/${kind}/${encodeURIComponent(id)}`);
  return { method: "GET", path, headers };
}
