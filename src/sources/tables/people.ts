/** The users of all files: each once, found by any of their names. */

import { AppError } from "../../ground/errors.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { isJsonObject } from "../../ground/json.ts";
import type { Table } from "../../tables/table.ts";
import type { PlacedMistake } from "../../yaml/mistake.ts";
import { textIn, userNameIn } from "./entries.ts";
import type { Part } from "./part.ts";
import { Gathering } from "./rows-to-table.ts";

export interface People {
  readonly table: Table;
  /** What a fixture calls the user whom a name means: an address or a sign-in name, case ignored; or an object id. */
  nameOf(given: string): string | undefined;
  /** Adds somebody who is in a group and not assigned to the app. */
  addUnassigned(login: string, row: number, place: Table["place"]): void;
  /** The users are those who are assigned to the app: members of groups may be others. */
  readonly areAssignedOnly: boolean;
}

/**
 * @param file stands for all files
 * @param mistakes takes in what two files say differently of one user
 * @throws AppError usage, where no file has users
 */
export function gatherPeople(parts: readonly Part[], file: string, mistakes: PlacedMistake[]): People {
  const lists = userLists(parts);
  const [only] = lists;
  if (only === undefined) throw noUsers(parts);
  const names = new Names();
  const users = new Gathering();
  const isAsWritten = lists.length === 1 && only.origin === "own" && !only.keys.has("groups");
  for (const { table, origin } of lists) {
    for (const [row, entry] of table.entries.entries()) {
      // A user who is assigned in several ways is in the report several times.
      const isRepeated = origin === "okta-current-assignments" && names.has(entry);
      names.note(entry);
      if (!isAsWritten && !isRepeated) users.add(withoutGroups(entry), row, table.place);
    }
  }
  for (const part of parts) {
    if (part.origin === "okta-recent-unassignments") addFormer(part, { names, users, mistakes });
  }
  return {
    get table() {
      return isAsWritten && users.size === 0 ? only.table : users.table(file);
    },
    nameOf: (given) => names.find(given),
    addUnassigned: (login, row, place) => {
      const entry = { email: login, login, assigned: false };
      names.note(entry);
      users.add(entry, row, place);
    },
    areAssignedOnly: lists.every(({ origin }) => origin === "okta-current-assignments"),
  };
}

/** The parts that say who is in the directory. */
export function userLists(parts: readonly Part[]): readonly Part[] {
  return parts.filter(({ kind, origin }) => kind === "users" && origin !== "okta-recent-unassignments");
}

/** The keys of an entry by which a user can be named, in the order in which they count. */
const nameKeys = ["email", "mail", "userPrincipalName", "login", "id"] as const;

class Names {
  readonly #names = new Map<string, string>();

  find(given: string): string | undefined {
    return this.#names.get(foldCase(given));
  }

  note(entry: unknown): void {
    const name = userNameIn(entry);
    if (name === undefined) return;
    for (const key of nameKeys) {
      const given = textIn(entry, key);
      if (given === undefined) continue;
      const folded = foldCase(given);
      if (!this.#names.has(folded)) this.#names.set(folded, name);
    }
  }

  /** Whether somebody has the entry's login and its userName. */
  has(entry: unknown): boolean {
    const login = textIn(entry, "login");
    const name = userNameIn(entry);
    return login !== undefined && name !== undefined && this.find(login) === name;
  }
}

interface Former {
  readonly names: Names;
  readonly users: Gathering;
  readonly mistakes: PlacedMistake[];
}

/** People who were unassigned, unless they are assigned again. */
function addFormer({ table }: Part, { names, users, mistakes }: Former): void {
  for (const [row, entry] of table.entries.entries()) {
    const name = userNameIn(entry) ?? "";
    const login = textIn(entry, "login") ?? name;
    if (names.find(login) !== undefined || names.find(name) !== undefined) continue;
    if (isJsonObject(entry) && entry["assigned"] === true) {
      mistakes.push({
        message: `${login} is assigned again according to this report, and is missing in the current assignments.`,
        hint: "The reports are of different times, or one is incomplete: export both again.",
        place: table.place(row, ["login"]),
      });
    }
    names.note(entry);
    users.add(entry, row, table.place);
  }
}

function withoutGroups(entry: unknown): unknown {
  if (!isJsonObject(entry) || !Object.hasOwn(entry, "groups")) return entry;
  const { groups: _, ...rest } = entry;
  return rest;
}

function noUsers(parts: readonly Part[]): AppError {
  const hint = parts.some(({ origin }) => origin === "okta-recent-unassignments")
    ? "The Recent Unassignments report says who left: add the Current Assignments report."
    : parts.some(({ origin }) => origin.startsWith("entra"))
      ? "Add the file of Users > Download users: the members of groups have no mail."
      : "Name the file with the users, too: csv:people.csv,groups.csv,memberships.csv.";
  return new AppError("usage", "None of the files has the users of the directory.", { hint });
}
