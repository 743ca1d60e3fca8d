/**
 * Lists as Astro's own API asks for them: whose rows, in which order, from where. Beside the queries of SCIM (rows.ts), which
 * filter by any attribute; these ask for what an index answers.
 */

import type { SubjectRoles } from "../../astro/roles.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { fullNameOf } from "./known-attributes.ts";
import type { StoredResource } from "./row.ts";

/** What a list can be ordered by; `joinedMs` where members of a Team, or Teams of a user, are listed. */
export type ListedField =
  | "id"
  | "name"
  | "fullName"
  | "description"
  | "createdMs"
  | "lastModifiedMs"
  | "joinedMs";

export interface FieldOrder {
  readonly field: ListedField;
  readonly descending: boolean;
}

/** Which rows are on a list; all conditions hold of each. */
export interface Condition {
  /** Of a list of users: the Team that they are in; of a list of Teams: the user who is in them. */
  readonly relatedTo?: string;
  /** Of Teams, without regard to case. */
  readonly names?: readonly string[];
  /** Who has a role there. */
  readonly workspaceId?: string;
  readonly deploymentId?: string;
  readonly dagId?: string;
  /** One of them is enough. */
  readonly dagTags?: readonly string[];
  /** Of users: a role that they have through a Team counts as one of their own. */
  readonly countsTeams?: true;
  /** Of users: only those whose account may be used. */
  readonly activeOnly?: true;
}

export interface Listing {
  readonly condition: Condition;
  /** By default the order in which the rows were made, or in which they joined; ties stand in the order of their ids. */
  readonly order: readonly FieldOrder[];
  readonly offset: number;
  readonly limit: number;
}

export interface ListedRow {
  readonly row: StoredResource;
  /** Milliseconds since 1970; 0 where nobody joins anything. */
  readonly joinedMs: number;
}

export interface Listed {
  /** All that meet the condition. */
  readonly totalCount: number;
  /** Those on the page. */
  readonly rows: readonly ListedRow[];
}

/**
 * Whether a row meets a condition, `relatedTo` aside.
 * @param teamRolesOf the roles of all Teams that a user is in, by the user's id
 */
export function meets(
  condition: Condition,
  teamRolesOf: (userId: string) => readonly SubjectRoles[],
): (row: StoredResource) => boolean {
  const { names, activeOnly, countsTeams, ...scopes } = condition;
  const folded = names && new Set(names.map(foldCase));
  const hasRole = rolesMeet(scopes);
  return ({ id, name, active, own: { roles } }) =>
    (folded === undefined || folded.has(foldCase(name))) &&
    (activeOnly === undefined || active) &&
    hasRole(countsTeams === true ? [roles, ...teamRolesOf(id)] : [roles]);
}

function rolesMeet({
  workspaceId,
  deploymentId,
  dagId,
  dagTags,
}: Condition): (held: readonly SubjectRoles[]) => boolean {
  const conditions: ((roles: SubjectRoles) => boolean)[] = [];
  if (workspaceId !== undefined) {
    conditions.push(({ workspaceRoles }) => workspaceRoles.some((role) => role.workspaceId === workspaceId));
  }
  if (deploymentId !== undefined) {
    conditions.push(({ deploymentRoles, dagRoles }) =>
      [...deploymentRoles, ...dagRoles].some((role) => role.deploymentId === deploymentId),
    );
  }
  if (dagId !== undefined) conditions.push(({ dagRoles }) => dagRoles.some((role) => role.dagId === dagId));
  if (dagTags !== undefined) {
    conditions.push(({ dagRoles }) =>
      dagRoles.some(({ dagTag }) => dagTag !== undefined && dagTags.includes(dagTag)),
    );
  }
  return (held) => conditions.every((holds) => held.some(holds));
}

/** Whether a condition is met by every row. */
export function isUnconditional(condition: Condition): boolean {
  return Object.keys(condition).length === 0;
}

type Key = string | number;

/** The rows in the order of a list. */
export function inListedOrder(
  rows: readonly ListedRow[],
  order: readonly FieldOrder[],
): readonly ListedRow[] {
  if (order.length === 0) return rows;
  const keyed = rows.map((listed) => ({ listed, keys: order.map(({ field }) => keyOf(field, listed)) }));
  keyed.sort((a, b) => {
    for (const [at, { descending }] of order.entries()) {
      const compared = compare(a.keys[at] ?? "", b.keys[at] ?? "");
      if (compared !== 0) return descending ? -compared : compared;
    }
    return compare(a.listed.row.id, b.listed.row.id);
  });
  return keyed.map(({ listed }) => listed);
}

/** Texts without regard to case, as people look for them. */
function keyOf(field: ListedField, { row, joinedMs }: ListedRow): Key {
  switch (field) {
    case "id":
      return row.id;
    case "name":
      return foldCase(row.name);
    case "fullName":
      return foldCase(fullNameOf(row));
    case "description":
      return foldCase(row.own.description ?? "");
    case "createdMs":
      return row.createdMs;
    case "lastModifiedMs":
      return row.lastModifiedMs;
    case "joinedMs":
      return joinedMs;
  }
}

function compare(a: Key, b: Key): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
