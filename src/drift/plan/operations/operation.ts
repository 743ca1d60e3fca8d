/** One write of a plan, as data: plain JSON that can be shown, saved, reviewed and carried out later. */

import type { HeldRoles } from "../../../astro/records/held-roles.ts";
import { nameList } from "../../../ground/text/name-list.ts";
import type { OperationBase, OperationMember } from "./operation-base.ts";
import { isProviderOperation, type ProviderOperation, type RenewAssignment } from "./provider-operation.ts";
import type { RolesLost } from "./roles-lost.ts";
import { plural } from "../../../ground/text/plural.ts";

export type { OperationBase, OperationMember, OperationSubject } from "./operation-base.ts";

export interface CreateUser extends OperationBase {
  readonly kind: "create-user";
  readonly userName: string;
  readonly externalId: string | null;
  /** By mapped attribute path. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Sent as well, and not looked for when the account is read back: the target does not seem to keep it. */
  readonly attributesNotKept?: Readonly<Record<string, string>>;
}

export interface ActivateUser extends OperationBase {
  readonly kind: "activate-user";
}

export interface UpdateUser extends OperationBase {
  readonly kind: "update-user";
  /** By mapped attribute path; null clears the attribute. */
  readonly attributes: Readonly<Record<string, string | null>>;
}

export interface RenameUser extends OperationBase {
  readonly kind: "rename-user";
  readonly userName: string;
}

export interface CreateTeam extends OperationBase {
  readonly kind: "create-team";
  readonly displayName: string;
}

export interface RenameTeam extends OperationBase {
  readonly kind: "rename-team";
  readonly displayName: string;
}

export interface ChangeMembers extends OperationBase {
  readonly kind: "add-members" | "remove-members";
  readonly members: readonly OperationMember[];
  /** Ids to remove that are no user's. */
  readonly unknownMembers: readonly string[];
}

export interface DeleteTeam extends OperationBase {
  readonly kind: "delete-team";
  /** `managed`: the provider remembers that it made the Team; `unknown`: nothing tells who manages it. */
  readonly management: "managed" | "unknown";
  /** SCIM ids of its members. */
  readonly memberIds: readonly string[];
  /** What its members lose, where IAM told its roles; read again right before the deletion. */
  readonly roles?: RolesLost;
  /** The same run created it. */
  readonly createdByRun?: true;
}

export interface DeleteUser extends OperationBase {
  readonly kind: "delete-user";
  readonly reason: string;
  /** SCIM ids of the Teams that it was in when the plan was made. */
  readonly teamIds?: readonly string[];
  /** Whether the server says which roles the account has. */
  readonly rolesKnown: boolean;
  /** What its user loses, where IAM told the roles; read again right before the deletion. */
  readonly roles?: RolesLost;
  /** The same run created it. */
  readonly createdByRun?: true;
}

/** What the provider itself sends when somebody leaves: the account stays, and so does the provider's link to it. */
export interface DeactivateUser extends OperationBase {
  readonly kind: "deactivate-user";
  readonly reason: string;
  /** SCIM ids of the Teams that it was in when the plan was made: Astro may end its memberships. */
  readonly teamIds: readonly string[];
  /** Whether the server says which roles the account has. */
  readonly rolesKnown: boolean;
  /** What its user loses, where IAM told the roles; read again right before the deactivation. */
  readonly roles?: RolesLost;
}

/** Gives an account that was created or activated again the roles that it had; over IAM, for SCIM carries none. */
export interface RestoreUserRoles extends OperationBase {
  readonly kind: "restore-user-roles";
  readonly granted: HeldRoles;
}

export interface RestoreTeamRoles extends OperationBase {
  readonly kind: "restore-team-roles";
  readonly granted: HeldRoles;
}

export type RestoreRoles = RestoreUserRoles | RestoreTeamRoles;
export type UserOperation =
  | CreateUser
  | ActivateUser
  | UpdateUser
  | RenameUser
  | RestoreUserRoles
  | DeactivateUser
  | DeleteUser;
export type TeamOperation = CreateTeam | RenameTeam | ChangeMembers | RestoreTeamRoles | DeleteTeam;
/** What is written straight into Astro. */
export type ScimOperation = UserOperation | TeamOperation;
export type Operation = ScimOperation | ProviderOperation;

/**
 * The order of a plan. Accounts come before the Teams that they join; what is taken away comes last. Teams are
 * deleted before accounts, because deleting or deactivating an account changes the Teams that it was in.
 */
const order = [
  "assign-user",
  "reassign-user",
  "renew-assignment",
  "provision-user",
  "create-user",
  "activate-user",
  "update-user",
  "rename-user",
  "create-team",
  "rename-team",
  "add-members",
  "restore-user-roles",
  "restore-team-roles",
  "remove-members",
  "push-group",
  "renew-push-mapping",
  "provision-group",
  "delete-team",
  "deactivate-user",
  "delete-user",
] as const;

/** It does not compile while a kind of operation has no place in the order: it would not be carried out. */
export const operationOrder: Operation["kind"] extends (typeof order)[number]
  ? readonly Operation["kind"][]
  : never = order;

/** Sorts operations into the order of a plan; within a kind by name. */
export function sortOperations(operations: readonly Operation[]): readonly Operation[] {
  const rank = new Map(operationOrder.map((kind, at) => [kind, at]));
  return [...operations].sort(
    (a, b) =>
      (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0) ||
      compareText(a.subject.key, b.subject.key) ||
      compareText(a.id, b.id),
  );
}

/** The name that an operation gives to its user or Team; undefined where it gives none. */
export function nameGiven(operation: Operation): string | undefined {
  if ("userName" in operation) return operation.userName;
  return "displayName" in operation ? operation.displayName : undefined;
}

/** True for what is written to an account over SCIM. */
export function isUserOperation(operation: Operation): operation is UserOperation {
  return operation.subject.kind === "user" && !isProviderOperation(operation);
}

/** The users whom an operation puts into a Team or takes out of it. */
export function membersNamed(operation: Operation): readonly OperationMember[] {
  if ("members" in operation) return operation.members;
  return "stayingIds" in operation ? [...operation.added, ...operation.removed] : [];
}

/** The users whom an operation takes out of a Team. */
export function membersRemoved(operation: Operation): readonly OperationMember[] {
  if (operation.kind === "remove-members") return operation.members;
  return "stayingIds" in operation ? operation.removed : [];
}

/** The users whom an operation puts into a Team. */
export function membersAdded(operation: Operation): readonly OperationMember[] {
  if (operation.kind === "add-members") return operation.members;
  return "stayingIds" in operation ? operation.added : [];
}

/** True for what takes an account or a Team away for good. */
export function isDeletion(operation: Operation): operation is DeleteTeam | DeleteUser {
  return operation.kind === "delete-team" || operation.kind === "delete-user";
}

/** True for what takes all access from an account, also for a while, or a Team from its members. */
export function takesAway(
  operation: Operation,
): operation is DeleteTeam | DeleteUser | DeactivateUser | RenewAssignment {
  return (
    isDeletion(operation) || operation.kind === "deactivate-user" || operation.kind === "renew-assignment"
  );
}

/** True for what gives roles, over IAM. */
export function isRestoringRoles(operation: Operation): operation is RestoreRoles {
  return operation.kind === "restore-user-roles" || operation.kind === "restore-team-roles";
}

/** `add 2 members to the Team Data: a@example.com and b@example.com`. */
export function membersSummary(
  operation: Pick<ChangeMembers, "kind" | "members" | "unknownMembers" | "subject">,
): string {
  const names = [...operation.members.map(({ userName }) => userName), ...operation.unknownMembers];
  const [verb, preposition] = operation.kind === "add-members" ? ["add", "to"] : ["remove", "from"];
  return `${verb} ${plural(names.length, "member")} ${preposition} the Team ${operation.subject.name}: ${nameList(names)}`;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
