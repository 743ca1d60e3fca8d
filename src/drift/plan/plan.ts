/** A plan: the ordered operations that end a selected part of the drift, as plain JSON with a version. */

import type { Compared, Drift } from "../compare/diff.ts";
import { namesOfOne } from "../compare/ambiguous-names.ts";
import { emptiedTeams, fillBeforeEmptying, type EmptiedTeam } from "./emptied-teams.ts";
import { leaveOutProtected } from "./leave-out-protected.ts";
import type { LeftOut } from "./left-out.ts";
import { markNamed } from "./named.ts";
import { sortOperations, type Operation } from "./operation.ts";
import { protectedLeftOut } from "./protected-left-out.ts";
import type { ProtectWarning } from "../safety/protection.ts";
import type { Selection } from "./selection.ts";

/** The commands that make plans; each only does what its name says. */
export type RepairCommandName = "push-group" | "resync" | "delete";

/** Whatever makes a plan. */
export type PlanCommand = RepairCommandName | "cleanup";

export interface Plan {
  readonly schemaVersion: 1;
  readonly command: PlanCommand;
  readonly operations: readonly Operation[];
  readonly leftOut: readonly LeftOut[];
  /** What was compared when the plan was made; the safety rules count by it. */
  readonly basis: Compared;
  /** Teams that would have no member left. */
  readonly emptied: readonly EmptiedTeam[];
  /** Entries of the `protect` list that may not protect what was meant. */
  readonly warnings: readonly ProtectWarning[];
}

/** What a command wants of a drift. */
export interface PlanContent {
  readonly operations: readonly Operation[];
  readonly leftOut: readonly LeftOut[];
  /** Who was asked for: what is named is not counted by any budget. */
  readonly selection: Selection;
}

/** Puts a plan together: operations in their order, each id once, without whatever touches what is protected. */
export function buildPlan(command: PlanCommand, drift: Drift, content: PlanContent): Plan {
  const once = [...new Map(content.operations.map((one) => [one.id, one])).values()];
  const selection = namesOfOne(drift, content.selection);
  const named = once.map((operation) => markNamed(operation, selection));
  const { operations, leftOut } = leaveOutProtected(named, drift.protection);
  return {
    schemaVersion: 1,
    command,
    operations: sortOperations(fillBeforeEmptying(operations, drift.held)),
    leftOut: [...content.leftOut, ...leftOut, ...protectedLeftOut(command, drift, content.selection)],
    basis: drift.compared,
    emptied: emptiedTeams(operations, drift.held),
    warnings: drift.protection.warnings,
  };
}
