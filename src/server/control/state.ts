/** What the local Astro holds, as one value: users with their roles, Teams with their members. */

import type { DagRole, DeploymentRole, OrganizationRole, WorkspaceRole } from "../../astro/roles.ts";
import type { JsonObject } from "../../ground/json.ts";
import type { Reads, StoredMember, StoredResource, View } from "../store/rows.ts";
import type { Deployment, Workspace } from "../store/organization-row.ts";
import type { OwnPart } from "../store/own-part.ts";
import { userStatusOf, type UserStatus } from "../store/user-status.ts";
import type { ResourceTypeName } from "../store/resource-type-name.ts";

export interface ServedUser {
  /** SCIM id. */
  readonly id: string;
  readonly userName: string;
  readonly active: boolean;
  /** As Astro's own API shows it. */
  readonly status: UserStatus;
  /** Of the organization. Astro's own, as the next ones are: SCIM carries no role. */
  readonly role: OrganizationRole;
  readonly workspaceRoles: readonly WorkspaceRole[];
  readonly deploymentRoles: readonly DeploymentRole[];
  readonly dagRoles: readonly DagRole[];
  /** Undefined unless the user was invited and has not accepted. */
  readonly invite?: { readonly id: string; readonly expiresAt: string };
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
  readonly isIdpManaged: boolean;
  readonly description?: string;
  /** Of the organization. */
  readonly role: OrganizationRole;
  readonly workspaceRoles: readonly WorkspaceRole[];
  readonly deploymentRoles: readonly DeploymentRole[];
  readonly dagRoles: readonly DagRole[];
  /** As SCIM attributes, without `meta` and `members`. */
  readonly attributes: JsonObject;
}

/** The organization itself. */
export interface ServedSettings {
  readonly id: string;
  readonly name: string;
  readonly isScimEnabled: boolean;
  readonly workspaces: readonly Workspace[];
  readonly deployments: readonly Deployment[];
}

/** In the order in which they were made. */
export interface ServedState {
  readonly organization: ServedSettings;
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
  const { id, name, isScimEnabled, workspaces, deployments } = await organization.rows.organization();
  return {
    organization: { id, name, isScimEnabled, workspaces, deployments },
    users: users.map(servedUser),
    teams: teams.map(servedTeam),
  };
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
    status: userStatusOf({ active, own }),
    ...servedRoles(own),
    ...(own.invite === undefined
      ? {}
      : { invite: { id: own.invite.id, expiresAt: new Date(own.invite.expiresAtMs).toISOString() } }),
    teams: related.map(nameOrId),
    attributes,
  };
}

/** A user whose membership has ended comes back as a member. */
function servedRoles({
  roles: { organizationRole = "ORGANIZATION_MEMBER", ...granted },
}: OwnPart): Pick<ServedTeam, "role" | "workspaceRoles" | "deploymentRoles" | "dagRoles"> {
  return { role: organizationRole, ...granted };
}

function servedTeam({ id, name, attributes, own, related = [] }: StoredResource): ServedTeam {
  return {
    id,
    name,
    members: related.map(nameOrId),
    isIdpManaged: own.isIdpManaged === true,
    ...(own.description === undefined ? {} : { description: own.description }),
    ...servedRoles(own),
    attributes,
  };
}
