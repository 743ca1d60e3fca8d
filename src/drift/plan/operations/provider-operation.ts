/** What only the identity provider can do, as data: plain JSON like every other operation of a plan. */

import type { OperationBase, OperationMember } from "./operation-base.ts";
import type { RolesLost } from "./roles-lost.ts";

/** Providers through which a plan can be carried out. */
export const providerNames = ["okta", "entra"] as const;
export type ProviderName = (typeof providerNames)[number];

/** What repairs go through: SCIM straight into Astro, or the provider. */
export const wayNames = [...providerNames, "scim"] as const;
export type WayName = (typeof wayNames)[number];

/** The app at the provider through which operations go: their ids mean nothing at another. */
export interface ProviderApp {
  readonly provider: ProviderName;
  /** URL of the Okta organization, or id of the Entra tenant. */
  readonly at: string;
  /** Okta: the app. Entra: the service principal. */
  readonly appId: string;
  /** Entra: Microsoft's cloud, as `--entra-cloud` takes it, where it is not the global one: the credentials are for it alone. */
  readonly cloud?: string;
}

/** Of every operation that the provider carries out. */
interface ThroughProvider extends OperationBase {
  readonly through: ProviderName;
  /** Why it goes this way, as a clause: `Okta is not linked to the account`. */
  readonly why: string;
}

/** A group in the provider by which users are assigned to the app. */
export interface AssigningGroup {
  readonly groupId: string;
  readonly name: string;
}

interface OnProviderUser extends ThroughProvider {
  /** What the account in Astro is called once the provider has provisioned it. */
  readonly userName: string;
  /** The provider's id of the user. */
  readonly objectId: string;
  /** The group that is changed instead of the assignment (`--change-group`). */
  readonly group?: AssigningGroup;
}

/** Assigns a user who is not assigned, or adds the user to the group: the provider creates the account, or links the one that is there. */
export interface AssignUser extends OnProviderUser {
  readonly kind: "assign-user";
}

/** Removes the assignment and makes it again, or takes the user out of the group and back. */
export interface ReassignUser extends OnProviderUser {
  readonly kind: "reassign-user";
  /**
   * SCIM id to which the provider is linked, of an account that no longer exists; null where it is linked to none. A live link is
   * removed by `RenewAssignment` alone: that ends the user's membership of the organization, with all direct roles.
   */
  readonly linkedId: string | null;
}

/**
 * Removes an assignment that is linked to an account that exists, and makes it again (`--reassign`). The provider deactivates the
 * account in between: what it loses is here, and other operations of the plan put it back.
 */
export interface RenewAssignment extends OnProviderUser {
  readonly kind: "renew-assignment";
  /** SCIM id of the account to which the provider is linked; it may be another than the user's own. */
  readonly linkedId: string;
  readonly linkedName: string;
  /** As the linked account was seen when the plan was made. */
  readonly linkedFingerprint: string;
  /** SCIM ids of the Teams that the linked account was in. */
  readonly teamIds: readonly string[];
  /** Whether the roles are known, so that they can be given back. */
  readonly rolesKnown: boolean;
  /** What the linked account loses; read again right before. */
  readonly roles?: RolesLost;
  /** Values of the app profile that no mapping gives again: `costCenter "4711"`. */
  readonly profileLost: readonly string[];
}

interface OnProviderGroup extends ThroughProvider {
  readonly displayName: string;
  /** The provider's id of the group. */
  readonly groupId: string;
  /** Members who come; those without an account yet come if `after` is done. */
  readonly added: readonly OperationMember[];
  /** Members who fall out. Nobody else may: who is neither here nor in the next two lists stops the operation. */
  readonly removed: readonly OperationMember[];
  /** SCIM ids of the members who stay. */
  readonly stayingIds: readonly string[];
}

/** Pushes the whole membership of a group to its Team, as "Push now" does. */
export interface PushGroup extends OnProviderGroup {
  readonly kind: "push-group";
}

/** Deletes a push mapping that is in ERROR, leaves the Team, and makes the mapping again, which pushes all members. */
export interface RenewPushMapping extends OnProviderGroup {
  readonly kind: "renew-push-mapping";
}

/** Entra: provisions one user at once. */
export interface ProvisionUser extends OnProviderUser {
  readonly kind: "provision-user";
}

/** Entra: provisions a group at once, with members that are linked already. Nobody falls out. */
export interface ProvisionGroup extends OnProviderGroup {
  readonly kind: "provision-group";
  /** Entra's ids of the members who are sent: who comes, and who is there already, so that Entra takes them out when they leave. */
  readonly memberObjectIds: readonly string[];
}

export type ProviderUserOperation = AssignUser | ReassignUser | RenewAssignment | ProvisionUser;
export type ProviderTeamOperation = PushGroup | RenewPushMapping | ProvisionGroup;
export type ProviderOperation = ProviderUserOperation | ProviderTeamOperation;

/** True for what the provider carries out. */
export function isProviderOperation(
  operation: OperationBase | ProviderOperation,
): operation is ProviderOperation {
  return "through" in operation;
}

/** True for what changes a whole Team through the provider. */
export function isProviderTeamOperation(
  operation: OperationBase | ProviderOperation,
): operation is ProviderTeamOperation {
  return "stayingIds" in operation;
}
