/** Which command makes a plan, and which users and Teams it was asked about: all, or some by name. */

import { allTeams, allUsers, type HeldTeam, type HeldUser } from "../../astro/held.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { isUserChange, resourceOf, type Change } from "../compare/change.ts";
import type { Drift } from "../compare/diff.ts";
import { nameGiven, type Operation, type OperationMember } from "./operations/operation.ts";

/** The commands that make plans; each only does what its name says. */
export type RepairCommandName = "push-group" | "resync" | "delete";

/** Whatever makes a plan; `diff` saves one of everything. */
export type PlanCommand = RepairCommandName | "diff" | "cleanup" | "undo";

/** Names in any case, or SCIM ids; `all` for every one. */
export type Names = "all" | readonly string[];

export interface Selection {
  readonly users: Names;
  readonly teams: Names;
}

/** Anything that has a name, and an id once a server holds it. */
interface Named {
  readonly key: string;
  readonly scimId: string | null | undefined;
}

/** The names that were given; none for `all`. */
export function namesOf(names: Names): readonly string[] {
  return names === "all" ? [] : names;
}

/** Whether a name, or the id, means this user or Team. */
export function isNamed(names: readonly string[], item: Named): boolean {
  return names.some((name) => name === item.scimId || foldCase(name) === item.key);
}

/** Whether the selection takes in this user or Team. */
export function isSelected(names: Names, ...sides: readonly (Named | undefined)[]): boolean {
  return names === "all" || sides.some((side) => side !== undefined && isNamed(names, side));
}

/** Whether the selection takes in what the change is about, by its name on either side. */
export function selects(selection: Selection, change: Change): boolean {
  const held = resourceOf(change);
  if ("team" in change) return isSelected(selection.teams, change.team, held);
  if ("user" in change) return isSelected(selection.users, change.user, held);
  return isSelected(isUserChange(change) ? selection.users : selection.teams, held);
}

/** All accounts of that name or id. */
export function heldUsersNamed(drift: Drift, name: string): readonly HeldUser[] {
  return allUsers(drift.held).filter((user) => isNamed([name], user));
}

/** All Teams of that name or id. */
export function heldTeamsNamed(drift: Drift, name: string): readonly HeldTeam[] {
  return allTeams(drift.held).filter((team) => isNamed([name], team));
}

/** Marks an operation, and its members, where the selection names them: the person said so, and no budget counts it. */
export function markNamed(operation: Operation, selection: Selection): Operation {
  const marked = isNamedSubject(operation, selection) ? { ...operation, named: true as const } : operation;
  const users = namesOf(selection.users);
  const mark = (members: readonly OperationMember[]): readonly OperationMember[] =>
    members.map((member) => (isNamed(users, member) ? { ...member, named: true } : member));
  if ("members" in marked) return { ...marked, members: mark(marked.members) };
  if (!("stayingIds" in marked)) return marked;
  return { ...marked, added: mark(marked.added), removed: mark(marked.removed) };
}

/** By its name in Astro, by the one that it is given, or by its id. */
function isNamedSubject(operation: Operation, selection: Selection): boolean {
  const { subject } = operation;
  const names = namesOf(subject.kind === "user" ? selection.users : selection.teams);
  const given = nameGiven(operation);
  if (isNamed(names, subject)) return true;
  return given !== undefined && names.some((name) => foldCase(name) === foldCase(given));
}
