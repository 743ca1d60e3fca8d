/** What the local Astro holds, as one value: users with their roles, Teams with their members. */

import type { OrganizationRole } from "../../astro/roles.ts";
import type { JsonObject } from "../../ground/json.ts";
import type { Reads, StoredMember, StoredResource, View } from "../store/rows.ts";
import type { ResourceTypeName } from "../store/resource-type-name.ts";

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

/** The parts of the organization that the state is read from. */
export interface ServedOrganization extends Pick<View, "baseUrl"> {
  readonly rows: Reads;
  readonly behaviour: View["leniency"];
}

export async function readServedState(organization: ServedOrganization): Promise<ServedState> {
  const [users, teams] = [await everything(organization, "User"), await everything(organization, "Group")];
  return { users: users.map(servedUser), teams: teams.map(servedTeam) };
}

async function everything(
  { rows, baseUrl, behaviour }: ServedOrganization,
  type: ResourceTypeName,
): Promise<readonly StoredResource[]> {
  const { placed } = await rows.query(type, {
    window: { kind: "index", startIndex: 1, count: Number.MAX_SAFE_INTEGER },
    related: true,
    filter: undefined,
    order: undefined,
    view: { baseUrl, leniency: behaviour },
  });
  return placed.map(({ resource }) => resource);
}

function nameOrId({ value, display }: StoredMember): string {
  return display ?? value;
}

function servedUser({ id, name, active, attributes, own, related = [] }: StoredResource): ServedUser {
  return {
    id,
    userName: name,
    active,
    role: own.roles.organizationRole ?? "ORGANIZATION_MEMBER",
    teams: related.map(nameOrId),
    attributes,
  };
}

function servedTeam({ id, name, attributes, related = [] }: StoredResource): ServedTeam {
  return {
    id,
    name,
    members: related.map(nameOrId),
    attributes,
  };
}
