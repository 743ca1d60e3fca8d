/** The safety rules: small named predicates over a plan, each of which allows it or says why not. */

import { publicAstroDomain } from "../../astro/address.ts";
import {
  deletionSpending,
  emptiedWithoutLeave,
  isOnlyOne,
  removalSpending,
  renameSpending,
  type Budget,
  type Spending,
} from "./budget.ts";
import { nameList } from "../../ground/name-list.ts";
import { isDeletion, type Operation } from "../plan/operation.ts";
import { shellWord } from "../../ground/shell-word.ts";
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
  /** `--roles-unknown`: delete though owners cannot be told from members. */
  readonly rolesUnknown: boolean;
}

/** Why a plan is not carried out. */
export interface Refusal {
  readonly rule: string;
  /** One sentence with the numbers or names that matter. */
  readonly reason: string;
  /** The options that would allow it, as they are typed; undefined where nothing does. */
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

const rules = {
  "read-only-target": (plan, { target }) =>
    target.readOnly && plan.operations.length > 0
      ? refuse("the profile of this target is read-only (readOnly: true)")
      : undefined,

  "empty-directory": (plan) =>
    plan.operations.some(takesAway) && hasNobody(plan)
      ? refuse(
          "nobody in the directory is assigned to the app; this is taken for a mistake, and no option allows it",
        )
      : undefined,

  "empty-groups": (plan) =>
    plan.operations.some(takesFromTeams) && plan.basis.expectedMemberships === 0 && !hasNobody(plan)
      ? refuse("no group in the directory has a member; this is taken for a mistake, and no option allows it")
      : undefined,

  "deletion-limit": (plan, { budget }) =>
    beyond(deletionSpending(plan, budget), {
      what: "accounts and Teams would be deleted",
      flag: "--max-deletions",
    }),

  "removal-limit": (plan, { budget }) =>
    beyond(removalSpending(plan, budget), {
      what: "memberships would be removed",
      flag: "--max-removals",
    }),

  "rename-limit": (plan, { budget }) =>
    beyond(renameSpending(plan, budget), {
      what: "accounts and Teams would be renamed",
      flag: "--max-renames",
    }),

  "emptied-team": (plan, { budget }) => {
    const teams = emptiedWithoutLeave(plan, budget);
    if (teams.length === 0) return undefined;
    const names = nameList(teams.map(({ name }) => name));
    return refuse(
      `${teams.length === 1 ? "the Team" : `the ${teams.length} Teams`} ${names} would have no member left`,
      teams
        .map((team) => (isOnlyOne(team, plan.emptied) ? team.name : team.scimId))
        .map((word) => `--allow-empty ${shellWord(word)}`)
        .join(" "),
    );
  },

  "unmanaged-teams": (plan) => {
    const unnamed = plan.operations.filter(
      (operation) =>
        operation.kind === "delete-team" &&
        operation.management === "unknown" &&
        operation.named !== true &&
        operation.createdByRun !== true,
    );
    return unnamed.length === 0
      ? undefined
      : refuse(
          `nothing tells whether the identity provider manages the Team ${unnamed[0]?.subject.name}${andMore(unnamed.length)}`,
          "--team NAME, for each of them",
        );
  },

  "unknown-roles": (plan, { target, rolesUnknown }) =>
    !rolesUnknown && isPublicAstro(target.host) && plan.operations.some(mayTakeAnOwner)
      ? refuse(
          "over SCIM an organization owner cannot be told from a member, and owners are never deleted",
          "--roles-unknown",
        )
      : undefined,
} satisfies Record<string, Rule>;

function hasNobody({ basis }: Plan): boolean {
  return basis.expectedUsers + basis.tolerated === 0;
}

/** Members who are taken out of all Teams have left as well. */
function takesAway(operation: Operation): boolean {
  return (isDeletion(operation) && operation.createdByRun !== true) || operation.kind === "remove-members";
}

function takesFromTeams(operation: Operation): boolean {
  return takesAway(operation) && operation.subject.kind === "team";
}

function mayTakeAnOwner(operation: Operation): boolean {
  if (!isDeletion(operation) || operation.createdByRun === true) return false;
  return operation.kind === "delete-team" || !operation.rolesKnown;
}

function beyond(
  { planned, total, limit }: Spending,
  { what, flag }: { readonly what: string; readonly flag: string },
): Omit<Refusal, "rule"> | undefined {
  if (planned <= limit) return undefined;
  const share = ((100 * planned) / Math.max(1, total)).toFixed(1);
  return refuse(`${planned} of ${total} ${what} (${share} %); the limit is ${limit}`, `${flag} ${planned}`);
}

function refuse(reason: string, allowedBy?: string): Omit<Refusal, "rule"> {
  return { reason, allowedBy };
}

function isPublicAstro(host: string | undefined): boolean {
  const [name] = (host ?? "").toLowerCase().split(":");
  const bare = name?.replace(/\.$/, "");
  return bare === publicAstroDomain || bare?.endsWith(`.${publicAstroDomain}`) === true;
}

function andMore(number: number): string {
  return number > 1 ? ` and ${number - 1} more` : "";
}
