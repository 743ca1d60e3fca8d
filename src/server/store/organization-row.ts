/** The organization itself, as the store keeps it: its settings, and what roles can be given for. */

import type { Subject } from "./subject.ts";

export interface Workspace {
  readonly id: string;
  readonly name: string;
}

export interface Deployment {
  readonly id: string;
  readonly name: string;
  readonly workspaceId: string;
}

/** A role that the organization has made itself. */
export interface CustomRole {
  readonly id: string;
  readonly name: string;
  readonly scopeType: "DEPLOYMENT" | "DAG";
  readonly description: string | undefined;
  readonly permissions: readonly string[];
}

/** A domain of e-mail addresses. */
export interface ManagedDomain {
  readonly id: string;
  readonly name: string;
  readonly status: "PENDING" | "VERIFIED";
}

export interface OrganizationRow {
  readonly id: string;
  readonly name: string;
  readonly billingEmail: string | undefined;
  /** Of the plan that it has bought. */
  readonly productPlanId: string;
  /** Whether SCIM requests are served. */
  readonly isScimEnabled: boolean;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
  readonly lastModifiedMs: number;
  readonly createdBy: Subject;
  readonly updatedBy: Subject;
  readonly managedDomains: readonly ManagedDomain[];
  readonly workspaces: readonly Workspace[];
  readonly deployments: readonly Deployment[];
  readonly customRoles: readonly CustomRole[];
}
