/** The safety rules: small predicates over a plan, each of which allows it or says by which rule not. */

import { publicAstroDomain } from "../../astro/address.ts";
import {
  deletionSpending,
  emptiedWithoutLeave,
  isBeyond,
  isOnlyOne,
  removalSpending,
  renameSpending,
  type Budget,
  type Spending,
} from "./budget.ts";
import { isDeletion, membersRemoved, takesAway, type Operation } from "../plan/operations/operation.ts";
import type { Plan } from "../plan/plan.ts";

/** What the plan would be carried out on, and what the user allowed. */
export interface GuardOptions {
  readonly target: {
    /** Host of the target, `host:port` included; undefined for the Astro inside the process. */
    readonly host: string | undefined;
    /** Set in the profile. */
    readonly readOnly: boolean;
  };
  readonly budget: Budget;
  /** `--roles-unknown`: delete although owners cannot be distinguished from members. */
  readonly rolesUnknown: boolean;
}

/** Why a plan is not carried out: the rule, and the numbers or names that matter. */
export type Refusal =
  | { readonly rule: "read-only-target" | "empty-directory" | "empty-groups" | "unknown-roles" }
  | ({ readonly rule: "deletion-limit" | "removal-limit" | "rename-limit" } & Spending)
  | { readonly rule: "emptied-team"; readonly teams: readonly RefusedTeam[] }
  /** `--strict-plan` with a saved plan: what is no longer as it was. */
  | { readonly rule: "changed-since"; readonly names: readonly string[] }
  | { readonly rule: "unmanaged-teams"; readonly teams: readonly string[] }
  /** Over SCIM, of accounts to which a live provider has no link. */
  | { readonly rule: "without-link"; readonly names: readonly string[]; readonly provider: string };

/** A Team that would lose its last member. */
export interface RefusedTeam {
  readonly name: string;
  /** What `allowEmpty` has to hold to allow it: the name, or the SCIM id where the name may mean another. */
  readonly allowEmpty: string;
}

type Rule = (plan: Plan, options: GuardOptions) => Refusal | undefined;

/** All refusals, in the order of the rules; empty where the plan may be carried out. */
export function guardPlan(plan: Plan, options: GuardOptions): readonly Refusal[] {
  return rules.flatMap((rule) => rule(plan, options) ?? []);
}

const rules: readonly Rule[] = [
  (plan, { target }) =>
    target.readOnly && plan.operations.length > 0 ? { rule: "read-only-target" } : undefined,

  (plan) =>
    plan.operations.some(takesSomething) && hasNobody(plan) ? { rule: "empty-directory" } : undefined,

  (plan) =>
    plan.operations.some(takesFromTeams) && plan.basis.expectedMemberships === 0 && !hasNobody(plan)
      ? { rule: "empty-groups" }
      : undefined,

  (plan, { budget }) => beyond("deletion-limit", deletionSpending(plan, budget)),
  (plan, { budget }) => beyond("removal-limit", removalSpending(plan, budget)),
  (plan, { budget }) => beyond("rename-limit", renameSpending(plan, budget)),

  (plan, { budget }) => {
    const teams = emptiedWithoutLeave(plan, budget).map((team) => ({
      name: team.name,
      allowEmpty: isOnlyOne(team, plan.emptied) ? team.name : team.scimId,
    }));
    return teams.length === 0 ? undefined : { rule: "emptied-team", teams };
  },

  ({ operations }) => {
    const teams = operations.filter(isOfUnknownManagement).map(({ subject }) => subject.name);
    return teams.length === 0 ? undefined : { rule: "unmanaged-teams", teams };
  },

  (plan, { target, rolesUnknown }) =>
    !rolesUnknown &&
    (plan.operations.some(losesRoles) ||
      ((isPublicAstro(target.host) || plan.isIamUnreadable === true || plan.isIamRead === true) &&
        plan.operations.some(mayTakeAnOwner)))
      ? { rule: "unknown-roles" }
      : undefined,
];

function hasNobody({ basis }: Plan): boolean {
  return basis.expectedUsers + basis.tolerated === 0;
}

/** Members who are taken out of all Teams have left as well. */
function takesSomething(operation: Operation): boolean {
  if (isDeletion(operation)) return operation.createdByRun !== true;
  if (operation.kind === "remove-members" || operation.kind === "deactivate-user") return true;
  return membersRemoved(operation).length > 0;
}

function takesFromTeams(operation: Operation): boolean {
  return takesSomething(operation) && operation.subject.kind === "team";
}

function mayTakeAnOwner(operation: Operation): boolean {
  if (!takesAway(operation) || ("createdByRun" in operation && operation.createdByRun)) return false;
  return operation.kind === "delete-team" ? operation.roles === undefined : !operation.rolesKnown;
}

/** Roles that nobody knows could not be given back. */
function losesRoles(operation: Operation): boolean {
  return operation.kind === "renew-assignment" && !operation.rolesKnown;
}

/** Whether nothing tells who manages the Team, and it is to go all the same without having been named. */
function isOfUnknownManagement(operation: Operation): boolean {
  return (
    operation.kind === "delete-team" &&
    operation.management === "unknown" &&
    operation.named !== true &&
    operation.createdByRun !== true
  );
}

function beyond(
  rule: "deletion-limit" | "removal-limit" | "rename-limit",
  spending: Spending,
): Refusal | undefined {
  return isBeyond(spending) ? { rule, ...spending } : undefined;
}

function isPublicAstro(host: string | undefined): boolean {
  const [name] = (host ?? "").toLowerCase().split(":");
  const bare = name?.replace(/\.$/, "");
  return bare === publicAstroDomain || bare?.endsWith(`.${publicAstroDomain}`) === true;
}
