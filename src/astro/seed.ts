/** What Astro holds before the identity provider comes: members with roles, and Teams. */

import type { AttributeName } from "./attributes.ts";
import type { FaultSettings } from "../fault/fault.ts";
import type { BehaviourChoice } from "./behaviour/table.ts";
import type { OrganizationRole, WorkspaceRoleName } from "./roles.ts";

type SeedAttributes = Readonly<Partial<Record<Exclude<AttributeName, "email">, string | undefined>>>;

/** One role for one Dag, or for all Dags that have a tag: one of the two is there. */
export interface SeedDagRole {
  /** Name or ID of a Deployment. */
  readonly deployment: string;
  readonly role: string;
  readonly dagId?: string;
  readonly dagTag?: string;
}

/** Roles besides that of the organization. */
export interface SeedRoles {
  /** By the name or ID of the Workspace. */
  readonly workspaceRoles?: Readonly<Record<string, WorkspaceRoleName>>;
  /** By the name or ID of the Deployment. */
  readonly deploymentRoles?: Readonly<Record<string, string>>;
  readonly dagRoles?: readonly SeedDagRole[];
}

/** A member of the organization, with the attributes that Astro documents. */
export interface SeedUser extends SeedAttributes, SeedRoles {
  readonly userName: string;
  /** Primary e-mail address. */
  readonly email: string;
  /** Values of other attributes, by SCIM path. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Attributes that hold another user of the seed, by SCIM path: the other's userName. */
  readonly references?: Readonly<Record<string, string>>;
  readonly active: boolean;
  readonly role: OrganizationRole;
  /** Invited and not accepted yet, or blocked by Astronomer; by default what `active` says. */
  readonly status?: "PENDING" | "BANNED";
  /** The provider's id of the user, as an earlier provisioning run would have left it. */
  readonly externalId: string | undefined;
}

export interface SeedTeam extends SeedRoles {
  readonly name: string;
  readonly description?: string;
  /** ORGANIZATION_MEMBER by default. */
  readonly role?: OrganizationRole;
  /** Whether the identity provider manages it; by default it was made in Astro itself. */
  readonly isIdpManaged?: boolean;
  /** userNames of seed users. */
  readonly members: readonly string[];
}

export interface SeedDeployment {
  /** Made up where none is given. */
  readonly id?: string;
  readonly name: string;
}

export interface SeedWorkspace {
  /** Made up where none is given. */
  readonly id?: string;
  readonly name: string;
  readonly deployments?: readonly SeedDeployment[];
}

/** A role that the organization has made itself. */
export interface SeedCustomRole {
  readonly name: string;
  readonly scopeType: "DEPLOYMENT" | "DAG";
  readonly description?: string;
  readonly permissions?: readonly string[];
}

export interface SeedManagedDomain {
  readonly name: string;
  readonly status: "PENDING" | "VERIFIED";
}

/** The organization itself. */
export interface SeedOrganization {
  readonly name?: string;
  readonly billingEmail?: string;
  /** By default what the behaviour `scimIntegration` says. */
  readonly isScimEnabled?: boolean;
  readonly managedDomains?: readonly SeedManagedDomain[];
}

/** What an Astro starts with, how it behaves, and what goes wrong with it on purpose. */
export interface AstroSeed extends BehaviourChoice {
  readonly users: readonly SeedUser[];
  readonly teams: readonly SeedTeam[];
  readonly organization?: SeedOrganization;
  readonly workspaces?: readonly SeedWorkspace[];
  readonly customRoles?: readonly SeedCustomRole[];
  readonly faults?: readonly FaultSettings[];
}
