/** The safety rules: small named predicates over a plan, each of which allows it or says why not. */

import { publicAstroDomain } from "../astro/address.ts";
import { foldCase } from "../scim/fold-case.ts";
import { isDeletion, type Operation } from "./operation.ts";
import type { Plan } from "./plan.ts";

/** What the plan would be carried out on, and what the user allowed. */
export interface GuardOptions {
  readonly target: {
    /** Host of the target, `host:port` included; undefined for the Astro inside the process. */
    readonly host: string | undefined;
    /** Set in the profile. */
    readonly readOnly: boolean;
  };
  /** userNames and Team names that no repair touches, in any case. */
  readonly protect: readonly string[];
  /** `--max-deletions`; undefined for the limit that goes with the size of the organization. */
  readonly maxDeletions: number | undefined;
  /** `--roles-unknown`: delete though owners cannot be told from members. */
  readonly rolesUnknown: boolean;
}

/** Why a plan is not carried out. */
export interface Refusal {
  readonly rule: string;
  /** One sentence with the numbers or names that matter. */
  readonly reason: string;
  /** The option that would allow it; undefined where nothing does. */
  readonly allowedBy: string | undefined;
}

type Rule = (plan: Plan, options: GuardOptions) => Omit<Refusal, "rule"> | undefined;

/** Refusals by rule, all of them, in a fixed order; empty where the plan may be carried out. */
export function guardPlan(plan: Plan, options: GuardOptions): readonly Refusal[] {
  return Object.entries(rules).flatMap(([rule, check]) => {
    const refusal = check(plan, options);
    return refusal === undefined ? [] : [{ rule, ...refusal }];
  });
}

/** How many accounts and Teams a plan may delete out of so many: a tenth, at least 3, at most 25. */
export function deletionLimit(held: number): number {
  return Math.max(3, Math.min(25, Math.floor(held / 10)));
}

const rules = {
  "read-only-target": (plan, { target }) =>
    target.readOnly && plan.operations.length > 0
      ? refuse("the profile of this target is read-only (readOnly: true)")
      : undefined,

  "empty-directory": (plan) =>
    plan.operations.some(takesAway) && plan.basis.expectedUsers + plan.basis.tolerated === 0
      ? refuse(
          "the directory has nobody who is assigned to the app: that is never taken for 'everybody left'",
        )
      : undefined,

  "deletion-limit": (plan, { maxDeletions }) => {
    const planned = plan.operations.filter(isDeletion).length;
    const total = plan.basis.heldUsers + plan.basis.heldTeams;
    const limit = maxDeletions ?? deletionLimit(total);
    if (planned <= limit) return undefined;
    const share = ((100 * planned) / Math.max(1, total)).toFixed(1);
    return refuse(
      `${planned} of ${total} accounts and Teams would be deleted (${share} %); the limit is ${limit}`,
      `--max-deletions ${planned}`,
    );
  },

  protected: (plan, { protect }) => {
    const keys = new Set(protect.map(foldCase));
    const touched = plan.operations.filter((operation) => touches(operation, keys));
    return touched.length === 0
      ? undefined
      : refuse(`the plan touches what is protected: ${touched[0]?.summary}${andMore(touched.length)}`);
  },

  "unmanaged-teams": (plan) => {
    const unnamed = plan.operations.filter(
      (operation) =>
        operation.kind === "delete-team" && operation.management === "unknown" && !operation.named,
    );
    return unnamed.length === 0
      ? undefined
      : refuse(
          `nothing tells whether the identity provider manages the Team ${unnamed[0]?.subject.name}${andMore(unnamed.length)}`,
          "--team NAME, for each of them",
        );
  },

  "unknown-roles": (plan, { target, rolesUnknown }) =>
    !rolesUnknown && isPublicAstro(target.host) && plan.operations.some(isDeletion)
      ? refuse(
          "over SCIM an organization owner cannot be told from a member, and owners are never deleted",
          "--roles-unknown",
        )
      : undefined,
} satisfies Record<string, Rule>;

/** Members who are taken out of all Teams have left as well. */
function takesAway(operation: Operation): boolean {
  return isDeletion(operation) || operation.kind === "remove-members";
}

function refuse(reason: string, allowedBy?: string): Omit<Refusal, "rule"> {
  return { reason, allowedBy };
}

/** The subject by either of its names, and the members that are added or removed. */
function touches(operation: Operation, keys: ReadonlySet<string>): boolean {
  if (keys.has(operation.subject.key)) return true;
  switch (operation.kind) {
    case "create-user":
    case "rename-user":
      return keys.has(foldCase(operation.userName));
    case "create-team":
    case "rename-team":
      return keys.has(foldCase(operation.displayName));
    case "add-members":
    case "remove-members":
      return operation.members.some((member) => keys.has(member.key));
    case "activate-user":
    case "update-user":
    case "delete-team":
    case "delete-user":
      return false;
  }
}

function isPublicAstro(host: string | undefined): boolean {
  const [name] = (host ?? "").toLowerCase().split(":");
  const bare = name?.replace(/\.$/, "");
  return bare === publicAstroDomain || bare?.endsWith(`.${publicAstroDomain}`) === true;
}

function andMore(number: number): string {
  return number === 1 ? "" : ` and ${number - 1} more`;
}
