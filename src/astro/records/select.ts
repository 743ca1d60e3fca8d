/** Which users or Teams a list shows, and in which order. */

import { foldCase } from "../../ground/text/fold-case.ts";
import { roleNamesOf, type ShownRoles } from "./shown-roles.ts";
import type { TeamRecord, UserRecord } from "./record.ts";

export interface UserFilter {
  /** A role that is held directly, in any scope. */
  readonly role?: string | undefined;
  readonly status?: string | undefined;
  /** Ids of users. */
  readonly among?: ReadonlySet<string> | undefined;
}

export interface TeamFilter {
  /** A role that the Team gives, in any scope. */
  readonly role?: string | undefined;
  readonly isIdpManaged?: boolean | undefined;
}

/** Names of what lists can be sorted by: the keys of their JSON. */
export const userSortKeys = [
  "fullName",
  "email",
  "id",
  "createdAt",
  "updatedAt",
  "orgRole",
  "status",
] as const;
export const teamSortKeys = [
  "id",
  "name",
  "createdAt",
  "updatedAt",
  "description",
  "orgRole",
  "isIdpManaged",
] as const;

export type UserSortKey = (typeof userSortKeys)[number];
export type TeamSortKey = (typeof teamSortKeys)[number];

export interface SortBy<Key> {
  readonly key: Key;
  readonly isDescending: boolean;
}

/** Sorted by e-mail address by default. */
export function selectUsers(
  users: readonly UserRecord[],
  { role, status, among }: UserFilter,
  sort: SortBy<UserSortKey> = { key: "email", isDescending: false },
): readonly UserRecord[] {
  const chosen = users.filter(
    (user) =>
      (role === undefined || hasRole(user.roles, role)) &&
      (status === undefined || foldCase(user.status) === foldCase(status)) &&
      (among === undefined || among.has(user.id)),
  );
  return sorted(chosen, sort, (user, key) => (key === "orgRole" ? user.roles?.organizationRole : user[key]));
}

/** By name by default. */
export function selectTeams(
  teams: readonly TeamRecord[],
  { role, isIdpManaged }: TeamFilter,
  sort: SortBy<TeamSortKey> = { key: "name", isDescending: false },
): readonly TeamRecord[] {
  const chosen = teams.filter(
    (team) =>
      (role === undefined || hasRole(team.roles, role)) &&
      (isIdpManaged === undefined || team.isIdpManaged === isIdpManaged),
  );
  return sorted(chosen, sort, (team, key) =>
    key === "orgRole" ? team.roles?.organizationRole : team[key]?.toString(),
  );
}

function hasRole(roles: ShownRoles | undefined, role: string): boolean {
  return roles !== undefined && roleNamesOf(roles).some((name) => foldCase(name) === foldCase(role));
}

/** Without regard to case; what has no value comes last in either direction, and ties are in the order of ids. */
function sorted<Item extends { readonly id: string }, Key>(
  items: readonly Item[],
  { key, isDescending }: SortBy<Key>,
  valueOf: (item: Item, key: Key) => string | undefined,
): readonly Item[] {
  const entries = items.map((item) => ({ item, value: foldCase(valueOf(item, key) ?? "") }));
  const direction = isDescending ? -1 : 1;
  return entries
    .toSorted((one, other) => {
      if ((one.value === "") !== (other.value === "")) return one.value === "" ? 1 : -1;
      return direction * compare(one.value, other.value) || compare(one.item.id, other.item.id);
    })
    .map(({ item }) => item);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
