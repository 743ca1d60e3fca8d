/** What is asked of an organization by those who manage it in Astro itself, and what comes of it. */

import type { DagRole, DeploymentRole, OrganizationRole, WorkspaceRole } from "../../../astro/roles.ts";
import type { OrganizationRow } from "../../store/organization-row.ts";
import type { ResourceTypeName } from "../../store/resource-type-name.ts";
import type { Outcome, Refusal, Removal } from "../outcome.ts";
import type { TeamAction } from "../scim-mode.ts";

/** An update of roles; undefined for lists that it does not name. */
export interface RolesUpdate {
  readonly organizationRole: OrganizationRole | undefined;
  readonly workspaceRoles: readonly WorkspaceRole[] | undefined;
  readonly deploymentRoles: readonly DeploymentRole[] | undefined;
  readonly dagRoles: readonly DagRole[] | undefined;
}

export interface NewTeam {
  readonly name: string;
  readonly description: string | undefined;
  readonly memberIds: readonly string[];
  readonly organizationRole: OrganizationRole | undefined;
}

export interface TeamUpdate {
  readonly name: string;
  /** Undefined leaves it. */
  readonly description: string | undefined;
}

export interface Invitation {
  readonly email: string;
  readonly role: OrganizationRole;
}

export interface OrganizationUpdate {
  readonly name: string;
  readonly billingEmail: string;
  readonly isScimEnabled: boolean;
}

/** Why it was refused; nothing was changed. */
export type DirectRefusal =
  | Refusal
  /** SCIM is enabled, and manages that. */
  | { readonly kind: "scim-mode"; readonly action: TeamAction }
  /** A Workspace or a Deployment that the organization does not have, or a role that there is not. */
  | {
      readonly kind: "unknown-workspace" | "unknown-deployment" | "unknown-role";
      readonly field: string;
      readonly value: string;
    }
  /** The user is not in the Team. */
  | { readonly kind: "not-a-member" }
  /** The user is in the organization, or was invited. */
  | { readonly kind: "already-there"; readonly value: string };

export type DirectOutcome = Extract<Outcome, { readonly kind: "stored" }> | DirectRefusal;
export type DirectRemoval = Extract<Removal, { readonly kind: "removed" }> | DirectRefusal;

export interface DirectOperations {
  /** Replaces all roles of a user or a Team. */
  giveRoles(type: ResourceTypeName, id: string, update: RolesUpdate): Promise<DirectOutcome>;
  /** Removes a user from the organization. */
  removeUser(id: string): Promise<DirectRemoval>;
  /** @throws ScimError 413 where it is too large */
  createTeam(team: NewTeam): Promise<DirectOutcome>;
  /** @throws ScimError 413 where it is too large */
  updateTeam(id: string, update: TeamUpdate): Promise<DirectOutcome>;
  deleteTeam(id: string): Promise<DirectRemoval>;
  /** Those who are in the Team stay in it. */
  addMembers(teamId: string, userIds: readonly string[]): Promise<DirectOutcome>;
  removeMember(teamId: string, userId: string): Promise<DirectOutcome>;
  /** The user who was invited, and is pending. */
  invite(invitation: Invitation): Promise<DirectOutcome>;
  /** The pending user goes with the invitation. */
  revokeInvite(inviteId: string): Promise<DirectRemoval>;
  /** Deletes the invitations that have expired, each with its user. */
  readonly revokeExpiredInvites: () => Promise<void>;
  updateOrganization(update: OrganizationUpdate): Promise<OrganizationRow>;
}
