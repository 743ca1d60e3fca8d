/** The downloads of the Entra admin center as entries of a directory. */

import type { ValuePath } from "../../../yaml/mistake.ts";
import { columnKey, entraGroupMembers, entraUsers, type ColumnNames } from "../columns.ts";
import { requireColumns, type ExportRows } from "./export-rows.ts";
import { mistakeError } from "../file-error.ts";
import type { Part } from "../part.ts";
import { Gathering } from "../rows-to-table.ts";

/**
 * The users of the tenant. A user without mail is one whom Astro's documented mapping skips; where nobody has any, the column
 * was not filled in.
 * @throws AppError invalid-file, where a column is missing; source-incomplete, where no user has a mail address
 */
export function entraUsersPart(rows: ExportRows): Part {
  requireColumns(rows, "the users of Entra ID", [
    entraUsers.userPrincipalName,
    entraUsers.mail,
    entraUsers.id,
  ]);
  const others = otherColumns(rows.header);
  const users = new Gathering();
  const place = (at: number, path: ValuePath) => rows.place(at, columnOf(path));
  let withMail = 0;
  for (let row = 0; row < rows.count; row += 1) {
    const mail = rows.cell(row, entraUsers.mail);
    if (mail !== "") withMail += 1;
    users.add({ ...entryOf(rows, row, others), mail: mail === "" ? null : mail }, row, place);
  }
  if (withMail === 0) {
    const message = `No user in ${rows.file} has a mail address.`;
    const hint =
      "Astro's documented mapping makes the userName of it: download the users again, with the column mail.";
    throw mistakeError({ message, hint, place: rows.place(0, entraUsers.mail) }, { isCut: true });
  }
  const keys = textKeys.filter((key) => rows.has(entraUsers[key]));
  return {
    kind: "users",
    origin: "entra-users",
    idp: "entra",
    table: users.table(rows.file),
    keys: new Set([...keys, ...(rows.has(entraUsers.accountEnabled) ? ["status"] : [])]),
  };
}

/** A member as the file has it; `type` in small letters without spaces: user, group, serviceprincipal, device. */
export interface EntraMember {
  readonly group: string;
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly type: string;
}

/** The members of one group: users by object id, and groups within it. */
export function entraGroupMembersPart(rows: ExportRows, group: string): Part {
  const members = new Gathering();
  const place = (at: number, [key]: ValuePath) =>
    rows.place(at, key === "user" ? entraGroupMembers.userPrincipalName : undefined);
  for (let row = 0; row < rows.count; row += 1) {
    const id = rows.cell(row, entraGroupMembers.id);
    if (id === "") {
      const message = `"${entraGroupMembers.id[0]}" is empty in this row.`;
      throw mistakeError(
        { message, hint: "Download the members again.", place: rows.place(row) },
        { isCut: true },
      );
    }
    const member: EntraMember = {
      group,
      id,
      userPrincipalName: rows.cell(row, entraGroupMembers.userPrincipalName),
      displayName: rows.cell(row, entraGroupMembers.displayName),
      type: memberType(rows, row),
    };
    members.add(member, row, place);
  }
  return {
    kind: "memberships",
    origin: "entra-group-members",
    idp: "entra",
    table: members.table(rows.file),
    keys: new Set(["group", "user"]),
  };
}

/** Types of members (Microsoft Graph: List group members); what is no user is not provisioned. */
const memberTypes: ReadonlySet<string> = new Set([
  "",
  "user",
  "group",
  "device",
  "serviceprincipal",
  "application",
  "contact",
  "orgcontact",
]);

/** @throws AppError source-incomplete for a type that is not known: a user would be left out of the group */
function memberType(rows: ExportRows, row: number): string {
  const word = rows.cell(row, entraGroupMembers.type);
  const type = columnKey(word);
  if (memberTypes.has(type)) return type;
  const message = `"${entraGroupMembers.type[0]}" is ${JSON.stringify(word)}, a type of member that is not known.`;
  throw mistakeError(
    {
      message,
      hint: "Download the members again, in English.",
      place: rows.place(row, entraGroupMembers.type),
    },
    { isCut: true },
  );
}

const textKeys = [
  "userPrincipalName",
  "displayName",
  "givenName",
  "surname",
  "jobTitle",
  "department",
] as const;

function entryOf(
  rows: ExportRows,
  row: number,
  others: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  const texts = textKeys.map((key) => [key, rows.cell(row, entraUsers[key])] as const);
  const userType = rows.cell(row, entraUsers.userType);
  const isBlocked = rows.has(entraUsers.accountEnabled) && !isEnabled(rows, row);
  const profile = [...rows.named(row)].filter(([name, value]) => value !== "" && others.has(name));
  return {
    ...Object.fromEntries(texts.filter(([, value]) => value !== "")),
    id: rows.cell(row, entraUsers.id),
    ...(userType === "" ? {} : { userType: capitalized(userType) }),
    ...(isBlocked ? { status: "blocked" } : {}),
    ...(profile.length === 0 ? {} : { profile: Object.fromEntries(profile) }),
  };
}

/** @throws AppError source-incomplete for a word that is not known: a blocked user would pass for an active one */
function isEnabled(rows: ExportRows, row: number): boolean {
  const word = rows.cell(row, entraUsers.accountEnabled);
  if (/^(?:true|yes)$/i.test(word)) return true;
  if (/^(?:false|no)$/i.test(word)) return false;
  const message = `"${entraUsers.accountEnabled[0]}" is ${JSON.stringify(word)}, and not true or false.`;
  throw mistakeError(
    {
      message,
      hint: "Download the users again, in English.",
      place: rows.place(row, entraUsers.accountEnabled),
    },
    { isCut: true },
  );
}

/** Columns whose name can be an attribute of Entra: `employeeId`, and not `Employee ID`. */
function otherColumns(header: readonly string[]): ReadonlySet<string> {
  const own = new Set(
    Object.values(entraUsers)
      .flat()
      .map((name) => columnKey(name)),
  );
  return new Set(header.filter((name) => /^[a-z][A-Za-z0-9_]*$/.test(name) && !own.has(columnKey(name))));
}

function capitalized(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1).toLowerCase()}`;
}

function columnOf([key, inside]: ValuePath): ColumnNames {
  const name = key === "status" ? "accountEnabled" : String(inside ?? key);
  return Object.entries(entraUsers).find(([own]) => own === name)?.[1] ?? [name];
}
