/** How much one run may take away. */

import { foldCase } from "../../ground/text/fold-case.ts";
import type { EmptiedTeam } from "../plan/left-out/emptied-teams.ts";
import { membersRemoved, takesAway, type Operation } from "../plan/operations/operation.ts";
import type { Plan } from "../plan/plan.ts";

/** A limit as a person gives it: so many, or so many percent of what is there. */
export type Limit =
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "share"; readonly percent: number };

/** `12`, `10%`; undefined for anything else. */
export function parseLimit(text: string): Limit | undefined {
  const [, digits, percent] = /^(\d{1,7})(%?)$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const value = Number(digits);
  if (percent !== "%") return { kind: "count", count: value };
  return value <= 100 ? { kind: "share", percent: value } : undefined;
}

/** What each limit counts. */
export const limitNames = ["deletions", "removals", "renames"] as const;
export type LimitName = (typeof limitNames)[number];

/** What other runs took of each limit in the last 24 hours, without what was asked for by name or allowed by an option. */
export type Spent = Readonly<Record<LimitName, number>>;

export const nothingSpent: Spent = { deletions: 0, removals: 0, renames: 0 };

/** The limits of a run; one that is left out goes with the size of the organization. */
export interface Budget {
  /** Of accounts and Teams that are deleted or deactivated, counted together. */
  readonly maxDeletions?: Limit | undefined;
  /** Of memberships that are removed. */
  readonly maxRemovals?: Limit | undefined;
  /** Of accounts and Teams that are renamed. */
  readonly maxRenames?: Limit | undefined;
  /** Names or ids of Teams that may lose their last member. */
  readonly allowEmpty: readonly string[];
  /** Nothing unless said. */
  readonly spent?: Spent;
}

/** What a plan takes of one limit. */
export interface Spending {
  readonly planned: number;
  /** What other runs took in the last 24 hours. */
  readonly earlier: number;
  /** How many there are to take from. */
  readonly total: number;
  readonly limit: number;
}

/** What is counted. */
type Taking = Pick<Plan, "operations" | "basis">;

/** Whether a plan takes more than is left. What takes nothing is never too much. */
export function isBeyond({ planned, earlier, limit }: Spending): boolean {
  return planned > 0 && planned + earlier > limit;
}

/** What a plan takes of every limit. */
export function spendings(plan: Taking, budget: Budget): Readonly<Record<LimitName, Spending>> {
  return {
    deletions: deletionSpending(plan, budget),
    removals: removalSpending(plan, budget),
    renames: renameSpending(plan, budget),
  };
}

/** The limits that a plan needs a leave for: with the default limits it would be refused. */
export function limitsNeeded(plan: Taking, spent: Spent): readonly LimitName[] {
  const taken = spendings(plan, { allowEmpty: [], spent });
  return limitNames.filter((name) => isBeyond(taken[name]));
}

/** A tenth of what Astro holds, at least 3, at most 25. */
export function deletionLimit(held: number): number {
  return Math.max(3, Math.min(25, Math.floor(held / 10)));
}

/** A tenth of the memberships, at least 10. */
export function removalLimit(held: number): number {
  return Math.max(10, Math.floor(held / 10));
}

/** A tenth of the accounts and Teams, at least 3. */
export function renameLimit(held: number): number {
  return Math.max(3, Math.floor(held / 10));
}

/**
 * Deletions of accounts and Teams, and deactivations. What was asked for by name is not counted, unless the limit is 0: then nothing may go.
 * What the run itself made never counts.
 */
export function deletionSpending(
  { operations, basis }: Taking,
  { maxDeletions, spent = nothingSpent }: Budget,
): Spending {
  const total = basis.heldUsers + basis.heldTeams;
  const limit = limitOf(maxDeletions, total, deletionLimit);
  const counts = operations
    .filter(takesAway)
    .filter((operation) => !isOfRun(operation) && (operation.named !== true || limit === 0));
  return { planned: counts.length, earlier: spent.deletions, total, limit };
}

/**
 * Memberships that are removed, each pair of Team and member once. Those that end because the account or the Team is
 * deleted, or the account deactivated, are counted there. A pair is not counted where its Team or its user was asked for by name.
 */
export function removalSpending(
  { operations, basis }: Taking,
  { maxRemovals, spent = nothingSpent }: Budget,
): Spending {
  const total = basis.heldMemberships;
  const limit = limitOf(maxRemovals, total, removalLimit);
  const deleted = new Set(operations.filter(takesAway).flatMap(({ subject }) => subject.scimId ?? []));
  const pairs = new Set<string>();
  for (const operation of operations) {
    if (deleted.has(operation.subject.scimId ?? "")) continue;
    for (const id of removedIds(operation, limit === 0)) {
      if (!deleted.has(id)) pairs.add(JSON.stringify([operation.subject.scimId, id]));
    }
  }
  return { planned: pairs.size, earlier: spent.removals, total, limit };
}

function isOfRun(operation: Operation): boolean {
  return "createdByRun" in operation && operation.createdByRun;
}

function removedIds(operation: Operation, countNamed: boolean): readonly string[] {
  if (operation.named === true && !countNamed) return [];
  const counted = membersRemoved(operation).filter((member) => countNamed || member.named !== true);
  const unknown = operation.kind === "remove-members" ? operation.unknownMembers : [];
  return [...counted.map(({ scimId, key }) => scimId ?? key), ...unknown];
}

/** Accounts and Teams that are renamed; not those that were asked for by name, unless the limit is 0. */
export function renameSpending(
  { operations, basis }: Taking,
  { maxRenames, spent = nothingSpent }: Budget,
): Spending {
  const total = basis.heldUsers + basis.heldTeams;
  const limit = limitOf(maxRenames, total, renameLimit);
  const renames = operations
    .filter(({ kind }) => kind === "rename-user" || kind === "rename-team")
    .filter(({ named }) => named !== true || limit === 0);
  return { planned: renames.length, earlier: spent.renames, total, limit };
}

/** Teams that would lose their last member without leave. */
export function emptiedWithoutLeave({ emptied }: Plan, { allowEmpty }: Budget): readonly EmptiedTeam[] {
  const allowed = new Set(allowEmpty.map(foldCase));
  const isAllowed = (team: EmptiedTeam): boolean => {
    return allowEmpty.includes(team.scimId) || (allowed.has(foldCase(team.name)) && isOnlyOne(team, emptied));
  };
  return emptied.filter((team) => !isAllowed(team));
}

/** Whether the name of an emptied Team means it alone: it is neither the name nor the id of another. */
export function isOnlyOne({ name, scimId }: EmptiedTeam, emptied: readonly EmptiedTeam[]): boolean {
  return !emptied.some((other) => {
    return other.scimId !== scimId && (foldCase(other.name) === foldCase(name) || other.scimId === name);
  });
}

function limitOf(limit: Limit | undefined, total: number, byDefault: (total: number) => number): number {
  if (limit === undefined) return byDefault(total);
  return limit.kind === "count" ? limit.count : Math.floor((limit.percent * total) / 100);
}
