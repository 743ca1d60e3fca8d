/** What Astro holds at the moment when a saved plan is applied, by id and by name. */

import { allTeams, allUsers, type HeldTeam, type HeldUser } from "../../astro/held.ts";
import type { StateKey } from "../../astro/state.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import type { Drift } from "../compare/diff.ts";
import type { LeftOut } from "../plan/left-out/left-out.ts";
import type { Operation, OperationSubject } from "../plan/operations/operation.ts";
import type { Selection } from "../plan/selection.ts";

/** What becomes of one operation of the file. */
export interface Again {
  readonly operations: readonly Operation[];
  readonly leftOut: readonly LeftOut[];
}

export interface Now {
  readonly drift: Drift;
  /** What was named when the plan is applied. */
  readonly selection: Selection;
  readonly users: ReadonlyMap<string, HeldUser>;
  readonly teams: ReadonlyMap<string, HeldTeam>;
  readonly usersNamed: ReadonlyMap<StateKey, readonly HeldUser[]>;
  readonly teamsNamed: ReadonlyMap<StateKey, readonly HeldTeam[]>;
}

/** With the operations on accounts and Teams themselves, which come before those on members. */
export interface NowWithCreated extends Now {
  /** Ids of the operations that give somebody an active account or create a Team. */
  readonly made: ReadonlySet<string>;
  /** The names that accounts are given, by SCIM id. */
  readonly newNames: ReadonlyMap<string, StateKey>;
}

export function heldNow(drift: Drift, selection: Selection): Now {
  const users = allUsers(drift.held);
  const teams = allTeams(drift.held);
  return {
    drift,
    selection,
    users: new Map(users.map((user) => [user.scimId, user])),
    teams: new Map(teams.map((team) => [team.scimId, team])),
    usersNamed: byName(users),
    teamsNamed: byName(teams),
  };
}

function byName<Item extends { readonly key: StateKey }>(
  items: readonly Item[],
): ReadonlyMap<StateKey, readonly Item[]> {
  const named = new Map<StateKey, Item[]>();
  for (const item of items) {
    const others = named.get(item.key);
    if (others === undefined) named.set(item.key, [item]);
    else others.push(item);
  }
  return named;
}

/** Of the operations that are carried out before members are changed. */
export function createdNow(operations: readonly Operation[]): Pick<NowWithCreated, "made" | "newNames"> {
  return {
    made: new Set(operations.map(({ id }) => id)),
    newNames: new Map(
      operations.flatMap((operation): [string, StateKey][] =>
        operation.kind === "rename-user" && operation.subject.scimId !== null
          ? [[operation.subject.scimId, foldCase(operation.userName)]]
          : [],
      ),
    ),
  };
}

/** Carried out as it is here. */
export function kept(operation: Operation): Again {
  return { operations: [operation], leftOut: [] };
}

/** Not carried out: it is no longer as it was. */
export function changed({ kind, name }: Pick<OperationSubject, "kind" | "name">, reason: string): Again {
  return { operations: [], leftOut: [{ code: "changed-since", kind, name, reason }] };
}

/** Not carried out, for there is nothing left to do. */
export function settled({ kind, name }: Pick<OperationSubject, "kind" | "name">, reason: string): Again {
  return { operations: [], leftOut: [{ code: "nothing-to-do", kind, name, reason }] };
}

export const hasChanged = "has changed since the plan was saved";
export const isGone = "was deleted after the plan was saved";
