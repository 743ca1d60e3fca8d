/** A plan: ordered operations that repair a part of the drift, with all that is needed to carry them out, as plain JSON. */

import type { AstroTarget } from "../../astro/address.ts";
import { comparedPaths } from "../../astro/compared-paths.ts";
import { heldIds } from "../../astro/held.ts";
import type { StatedResponsibility } from "../../astro/responsibility.ts";
import type { StateKey } from "../../astro/state.ts";
import { AppError } from "../../ground/errors.ts";
import type { Compared, Drift } from "../compare/diff.ts";
import { namesOfOne } from "./left-out/ambiguous-names.ts";
import { emptiedTeams, fillBeforeEmptying, type EmptiedTeam } from "./left-out/emptied-teams.ts";
import { leaveOutLocal } from "./left-out/leave-out-local.ts";
import { leaveOutOutside } from "./left-out/leave-out-outside.ts";
import { leaveOutProtected, protectedDifferences } from "./left-out/leave-out-protected.ts";
import type { LeftOut } from "./left-out/left-out.ts";
import { sortOperations, type Operation } from "./operations/operation.ts";
import type { ProviderApp } from "./operations/provider-operation.ts";
import type { ProtectWarning } from "../safety/protection.ts";
import { markNamed, type PlanCommand, type Selection } from "./selection.ts";

/** The version of the shape of a plan; it changes when a field changes its meaning or goes. */
export const planSchemaVersion = 1;

export interface Plan {
  readonly schemaVersion: typeof planSchemaVersion;
  /** The Astro that it was made for: its ids and fingerprints mean nothing on another. */
  readonly target: AstroTarget;
  readonly command: PlanCommand;
  readonly operations: readonly Operation[];
  readonly leftOut: readonly LeftOut[];
  /** What was compared when the plan was made; the safety rules count by it. */
  readonly basis: Compared;
  /** Teams that would have no member left. */
  readonly emptied: readonly EmptiedTeam[];
  /** Entries of the `protect` list that may not protect what was meant. */
  readonly warnings: readonly ProtectWarning[];
  /** The attributes of accounts that were read: the fingerprints are made of them. */
  readonly attributePaths: readonly string[];
  /** SCIM ids of everything that the target held: nothing new can have one of them. */
  readonly heldIds: { readonly users: readonly string[]; readonly teams: readonly string[] };
  /** Folded names and e-mail addresses that are protected: an account read by itself may show more of them than the list. */
  readonly protectedKeys: readonly StateKey[];
  /** What the directory is responsible for: an account or a Team read by itself may turn out to be outside. */
  readonly responsibleFor: readonly StatedResponsibility[];
  /** Astro's own side should be known and is not: nothing tells who is an owner, or who manages a Team. */
  readonly isIamUnreadable?: true;
  /** Astro's own side was read: what it does not show of an account or a Team is unknown. */
  readonly isIamRead?: true;
  /** How many accounts and Teams are outside, and left alone. */
  readonly outside: { readonly users: number; readonly teams: number };
  /** Through which operations go that only a provider can carry out; left out where all go over SCIM. */
  readonly provider?: ProviderApp;
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
  const { operations: unprotected, leftOut: protectedOut } = leaveOutProtected(named, drift.protection);
  // What a run has created is its own, wherever it lies.
  const isCleanup = command === "cleanup";
  const { operations, leftOut } = isCleanup
    ? { operations: unprotected, leftOut: [] }
    : leaveOutBoth(unprotected, drift);
  const held = heldIds(drift.held);
  return {
    schemaVersion: planSchemaVersion,
    target: drift.target,
    command,
    operations: sortOperations(fillBeforeEmptying(operations, drift.held)),
    leftOut: [
      ...content.leftOut,
      ...protectedOut,
      ...leftOut,
      ...protectedDifferences(command, drift, content.selection),
    ],
    basis: drift.compared,
    emptied: emptiedTeams(operations, drift.held),
    warnings: drift.protection.warnings,
    attributePaths: comparedPaths(drift.expected),
    heldIds: { users: [...held.users], teams: [...held.teams] },
    protectedKeys: [...drift.protection.keys],
    responsibleFor: isCleanup ? [] : drift.responsibility.statements,
    ...(drift.iam.kind === "unreadable" ? { isIamUnreadable: true } : {}),
    ...(drift.iam.kind === "read" ? { isIamRead: true } : {}),
    outside: { users: drift.outside.users.length, teams: drift.outside.teams.length },
  };
}

/** Without what is outside the responsibility of the directory, and what Astro manages itself. */
function leaveOutBoth(
  operations: readonly Operation[],
  drift: Drift,
): Pick<PlanContent, "operations" | "leftOut"> {
  const inside = leaveOutOutside(operations, drift);
  const ours = leaveOutLocal(inside.operations, drift);
  return { operations: ours.operations, leftOut: [...inside.leftOut, ...ours.leftOut] };
}

/** @throws AppError refused, where a plan was made for another target: its ids would mean nothing there, or others. */
export function requireTargetOf({ target }: Plan, actual: AstroTarget): void {
  if (target.kind === "local" && actual.kind === "local") return;
  if (target.kind === "scim" && actual.kind === "scim" && target.baseUrl === actual.baseUrl) return;
  throw new AppError("refused", `The plan is for ${inWords(target)}, not for ${inWords(actual)}.`, {
    hint: "Name the target of the plan, or make a plan for this one.",
  });
}

function inWords(target: AstroTarget): string {
  return target.kind === "local" ? "the local Astro inside the process" : target.baseUrl;
}
