/** A plan: the ordered operations that end a selected part of the drift, as plain JSON with a version. */

import type { Compared, Drift } from "./diff.ts";
import { sortOperations, type Operation } from "./operation.ts";

/** The commands that make plans; each only does what its name says. */
export type PlanCommand = "push-group" | "resync" | "delete";

/** Why something that was asked for, or that differs, is not in the plan. */
export type LeftOutCode =
  /** Nobody has that name, in the directory or in Astro. */
  | "unknown-name"
  /** Several accounts or Teams have it; the SCIM id tells them apart. */
  | "ambiguous-name"
  /** The directory's user can have no account: no userName, a mapping that failed. */
  | "unmappable"
  /** Not pushed by the provider, so there is nothing to make the Team equal to. */
  | "not-pushed"
  | "protected"
  /** It is as the directory says. */
  | "nothing-to-do"
  /** The directory wants it there, or nobody can use it: nothing to delete. */
  | "not-left-over"
  /** The directory wants it gone: `delete` is for that. */
  | "left-over"
  /** Should be a member and has no active account, which this plan does not change. */
  | "member-without-account"
  /** The user belongs in a Team that does not exist, which this plan does not change. */
  | "team-missing"
  /** Nothing tells who manages the Team: it goes only by its name. */
  | "unknown-management";

export interface LeftOut {
  readonly code: LeftOutCode;
  readonly kind: "user" | "team";
  readonly name: string;
  /** One sentence for people, without the name. */
  readonly reason: string;
}

export interface Plan {
  readonly schemaVersion: 1;
  readonly command: PlanCommand;
  readonly operations: readonly Operation[];
  readonly leftOut: readonly LeftOut[];
  /** What was compared when the plan was made; the safety rules count by it. */
  readonly basis: Compared;
}

/** Puts a plan together: operations in their order, each id once. */
export function buildPlan(
  command: PlanCommand,
  drift: Drift,
  content: { readonly operations: readonly Operation[]; readonly leftOut: readonly LeftOut[] },
): Plan {
  return {
    schemaVersion: 1,
    command,
    operations: sortOperations([...new Map(content.operations.map((one) => [one.id, one])).values()]),
    leftOut: content.leftOut,
    basis: drift.compared,
  };
}
