/** The parts of all files as the three tables of one directory, every name in them known. */

import type { TableKey } from "../../fixture/tables/columns.ts";
import type { Table } from "../../tables/table.ts";
import type { PlacedMistake } from "../../yaml/mistake.ts";
import { fileError } from "./file-error.ts";
import { gatherGroups } from "./groups.ts";
import { gatherMemberships } from "./memberships.ts";
import type { Idp, Part } from "./part.ts";
import { gatherPeople } from "./people.ts";

/** More mistakes than these are only counted. */
const mostMistakes = 2_000;

/**
 * @param file stands for all files
 * @throws AppError source-incomplete, where a membership names somebody, or a group, that no file has; usage, where no file has users
 */
export function gatherTables(parts: readonly Part[], idp: Idp, file: string): ReadonlyMap<TableKey, Table> {
  const mistakes: PlacedMistake[] = [];
  const people = gatherPeople(parts, file, mistakes);
  const memberships = gatherMemberships(parts, people, { file, mistakes });
  const groups = gatherGroups(parts, { idp, file, people, named: memberships.groups, mistakes });
  if (mistakes.length > 0) {
    throw fileError(file, mistakes.slice(0, mostMistakes), { isCut: true, total: mistakes.length });
  }
  const tables: readonly (readonly [TableKey, Table | undefined])[] = [
    ["users", people.table],
    ["groups", groups],
    ["memberships", memberships.table],
  ];
  return new Map(tables.flatMap(([key, table]) => (table === undefined ? [] : [[key, table] as const])));
}
