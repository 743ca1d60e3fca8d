/** What the local Astro holds, as one value: users with their roles, Teams with their members. */

import type { OrganizationRole } from "../../astro/seed.ts";
import type { JsonObject } from "../../json.ts";
import { isActive } from "../store/record.ts";
import type { ResourceTypeName, Store, StoredResource } from "../store/store.ts";

export interface ServedUser {
  /** SCIM id. */
  readonly id: string;
  readonly userName: string;
  readonly active: boolean;
  /** Astro's own: SCIM carries no role. */
  readonly role: OrganizationRole;
  /** Names of the Teams that the user is in, in their order. */
  readonly teams: readonly string[];
  /** As SCIM attributes, `id` and `schemas` included; without `meta` and `groups`. */
  readonly attributes: JsonObject;
}

export interface ServedTeam {
  /** SCIM id. */
  readonly id: string;
  readonly name: string;
  /** userNames, in their order. */
  readonly members: readonly string[];
  /** As SCIM attributes, without `meta` and `members`. */
  readonly attributes: JsonObject;
}

/** In the order in which they were made. */
export interface ServedState {
  readonly users: readonly ServedUser[];
  readonly teams: readonly ServedTeam[];
}

export async function readServedState(store: Store): Promise<ServedState> {
  const [users, teams] = [await everything(store, "User"), await everything(store, "Group")];
  return { users: users.map(servedUser), teams: teams.map(servedTeam) };
}

async function everything(store: Store, type: ResourceTypeName): Promise<readonly StoredResource[]> {
  const { placed } = await store.scan(type, {
    window: { kind: "index", startIndex: 1, count: Number.MAX_SAFE_INTEGER },
    related: true,
    examinesRelated: false,
    matches: undefined,
    order: undefined,
  });
  return placed.map(({ resource }) => resource);
}

function servedUser({ id, attributes, organizationRole, related = [] }: StoredResource): ServedUser {
  return {
    id,
    userName: textOf(attributes["userName"]),
    active: isActive(attributes),
    role: organizationRole,
    teams: related.map(({ display }) => display),
    attributes,
  };
}

function servedTeam({ id, attributes, related = [] }: StoredResource): ServedTeam {
  return {
    id,
    name: textOf(attributes["displayName"]),
    members: related.map(({ display }) => display),
    attributes,
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
