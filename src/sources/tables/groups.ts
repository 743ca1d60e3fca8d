/** The groups of all files. */

import { foldCase } from "../../ground/text/fold-case.ts";
import { isJsonArray, isJsonObject } from "../../ground/json.ts";
import type { Table } from "../../tables/table.ts";
import type { PlacedMistake } from "../../yaml/mistake.ts";
import { textIn } from "./entries.ts";
import { incompleteHint, unknownUser, type Memberships } from "./memberships.ts";
import type { Idp, Part } from "./part.ts";
import type { People } from "./people.ts";
import { Gathering } from "./rows-to-table.ts";

interface Grouping {
  readonly idp: Idp;
  /** Stands for all files. */
  readonly file: string;
  readonly people: People;
  readonly named: Memberships["groups"];
  /** Takes in members and groups that no file has. */
  readonly mistakes: PlacedMistake[];
}

/** What makes a group a Team: pushed in Okta, assigned in Entra. */
const teamMark = { okta: { push: true }, entra: { assign: true } } as const;

/**
 * Without a column that says which groups become Teams, all of them do. Without a table of groups they are those that the
 * memberships name.
 */
export function gatherGroups(parts: readonly Part[], grouping: Grouping): Table | undefined {
  const { idp, file, named, mistakes } = grouping;
  const lists = parts.filter(({ kind }) => kind === "groups");
  const isMarked = lists.some(({ keys }) => keys.has("push") || keys.has("assign"));
  const mark = isMarked ? {} : teamMark[idp];
  const groups = new Gathering();
  const known = new Set<string>();
  for (const { table } of lists) {
    for (const [row, entry] of table.entries.entries()) {
      known.add(foldCase(textIn(entry, "name") ?? ""));
      groups.add(isJsonObject(entry) ? { ...entry, ...mark } : entry, row, table.place);
      checkMembers(entry, row, table, grouping);
    }
  }
  for (const [key, { name, place }] of named) {
    if (known.has(key) || name === "") continue;
    if (lists.length === 0) groups.add({ name, ...mark }, 0, place);
    else mistakes.push({ message: `No file has the group "${name}".`, hint: incompleteHint, place: place() });
  }
  return groups.size === 0 ? undefined : groups.table(file);
}

function checkMembers(entry: unknown, row: number, table: Table, { people, mistakes }: Grouping): void {
  const members = isJsonObject(entry) ? entry["members"] : undefined;
  if (!isJsonArray(members)) return;
  for (const [index, member] of members.entries()) {
    if (typeof member !== "string" || people.nameOf(member) !== undefined) continue;
    mistakes.push(unknownUser(member, table.place(row, ["members", index])));
  }
}
