/** The memberships of all files, with users as a fixture calls them. */

import type { FilePlace } from "../../ground/errors.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { isJsonObject } from "../../ground/json.ts";
import type { Table } from "../../tables/table.ts";
import type { PlacedMistake } from "../../yaml/mistake.ts";
import { groupNamesIn, textIn, userNameIn } from "./entries.ts";
import type { Part } from "./part.ts";
import type { People } from "./people.ts";
import { Gathering } from "./rows-to-table.ts";

export interface Memberships {
  /** Undefined where there are none. */
  readonly table: Table | undefined;
  /** Their groups, in the order in which they come, by `foldCase` of the name. */
  readonly groups: ReadonlyMap<string, NamedGroup>;
}

export interface NamedGroup {
  readonly name: string;
  /** Where it is named first. */
  readonly place: () => FilePlace;
}

/** @param mistakes takes in users whom no file has */
export function gatherMemberships(
  parts: readonly Part[],
  people: People,
  { file, mistakes }: { readonly file: string; readonly mistakes: PlacedMistake[] },
): Memberships {
  const lists = parts.filter(
    ({ kind, keys }) => kind === "memberships" || (kind === "users" && keys.has("groups")),
  );
  const rows = new Gathering();
  const groups = new Map<string, NamedGroup>();
  const asWritten = tableAsWritten(lists, people);
  for (const part of lists) {
    for (const { row, group, user, place } of part.kind === "users" ? ofUsers(part) : ofList(part, people)) {
      const key = foldCase(group);
      if (!groups.has(key)) groups.set(key, { name: group, place: () => place(row, ["group"]) });
      if (user === undefined || asWritten !== undefined) continue;
      const name = people.nameOf(user);
      if (name === undefined) mistakes.push(unknownUser(user, place(row, ["user"])));
      else rows.add({ group, user: name }, row, place);
    }
  }
  return { table: asWritten ?? (rows.size === 0 ? undefined : rows.table(file)), groups };
}

export function unknownUser(name: string, place: FilePlace): PlacedMistake {
  return { message: `No file has the user "${name}".`, hint: incompleteHint, place };
}

export const incompleteHint = "One of the files is incomplete: export it again, without a filter.";

interface Membership {
  readonly row: number;
  readonly group: string;
  /** Undefined for a member that is no user. */
  readonly user: string | undefined;
  readonly place: Table["place"];
}

/** The one table, where it calls everybody as a fixture does, and every row is a membership: it needs no copy. */
function tableAsWritten([only, ...others]: readonly Part[], people: People): Table | undefined {
  if (only === undefined || others.length > 0 || only.origin !== "own" || only.kind !== "memberships")
    return undefined;
  const isPlain = only.table.entries.every((entry) => {
    const user = textIn(entry, "user");
    const name = user === undefined ? undefined : people.nameOf(user);
    return name !== undefined && (name === user || foldCase(name) === foldCase(user ?? ""));
  });
  return isPlain ? only.table : undefined;
}

function* ofUsers({ table }: Part): Generator<Membership> {
  const place: Table["place"] = (row) => table.place(row, ["groups"]);
  for (const [row, entry] of table.entries.entries()) {
    for (const group of groupNamesIn(entry)) yield { row, group, user: userNameIn(entry), place };
  }
}

/** Rows without a group or a user are left to the checks of a fixture's tables. */
function* ofList({ table, origin }: Part, people: People): Generator<Membership> {
  for (const [row, entry] of table.entries.entries()) {
    const group = textIn(entry, "group") ?? "";
    const user = origin === "entra-group-members" ? entraUser(entry, people) : textIn(entry, "user");
    const isStranger = user !== undefined && people.nameOf(user) === undefined;
    if (isStranger && origin === "okta-group-members" && people.areAssignedOnly)
      people.addUnassigned(user, row, (at) => table.place(at, ["user"]));
    yield { row, group, user, place: table.place };
  }
}

/** By object id, or by user principal name where the list of users has no such id; undefined for what is no user. */
function entraUser(entry: unknown, people: People): string | undefined {
  const type = isJsonObject(entry) ? entry["type"] : undefined;
  if (type !== "user" && type !== "") return undefined;
  const id = textIn(entry, "id") ?? "";
  return people.nameOf(id) === undefined ? (textIn(entry, "userPrincipalName") ?? id) : id;
}
