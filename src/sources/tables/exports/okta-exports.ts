/** The reports of Okta's console as entries of a directory. */

import { AppError } from "../../../ground/errors.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import { nameList } from "../../../ground/text/name-list.ts";
import { formatCount } from "../../../ground/text/quantities.ts";
import type { ValuePath } from "../../../yaml/mistake.ts";
import { currentAssignments, oktaGroupMembers, recentUnassignments, type ColumnNames } from "../columns.ts";
import { requireColumns, type ExportRows } from "./export-rows.ts";
import { mistakeError } from "../file-error.ts";
import type { Part } from "../part.ts";
import { Gathering } from "../rows-to-table.ts";

/** Rows at which Okta's reports end: one million once, five now (Okta: Okta Usage report, changes to the reporting framework). */
const mostRowsOfAReport: ReadonlySet<number> = new Set([1_000_000, 5_000_000]);

/** @throws AppError source-incomplete, where the report has as many rows as Okta writes at most */
export function requireBelowLimit({
  file,
  count,
  place,
}: Pick<ExportRows, "file" | "count" | "place">): void {
  if (!mostRowsOfAReport.has(count)) return;
  const message = `${file} has exactly ${formatCount(count)} rows, at which Okta ends a report: more people may be missing.`;
  throw mistakeError(
    { message, hint: "Filter the report by the app, and export it again.", place: place(count - 1) },
    { isCut: true },
  );
}

/**
 * Who is assigned to one app. A user is called by the userName in the app, which is what Okta sends; the report has neither
 * the e-mail address nor a name of the profile.
 * @throws AppError usage, where the report has several apps and none is chosen; source-incomplete, where a userName is missing
 */
export function currentAssignmentsPart(rows: ExportRows, app: string | undefined): Part {
  requireColumns(rows, "Okta's Current Assignments report", [
    currentAssignments.login,
    currentAssignments.appLogin,
  ]);
  requireBelowLimit(rows);
  const users = new Gathering();
  for (const row of rowsOfApp(rows, app)) {
    const login = rows.cell(row, currentAssignments.login);
    const email = required(rows, row, currentAssignments.appLogin);
    const isAssigned = rows.cell(row, currentAssignments.unassignedOn) === "";
    users.add({ email, login: login === "" ? email : login, assigned: isAssigned }, row, (at, path) =>
      rows.place(at, columnOf(path, currentAssignments.appLogin, currentAssignments.login)),
    );
  }
  return usersPart(rows, users, "okta-current-assignments");
}

/** Who was unassigned: a user without an assignment, unless the other report has one. */
export function recentUnassignmentsPart(rows: ExportRows): Part {
  requireColumns(rows, "Okta's Recent Unassignments report", [
    recentUnassignments.login,
    recentUnassignments.appLogin,
  ]);
  requireBelowLimit(rows);
  const users = new Gathering();
  const place = (at: number, path: ValuePath) =>
    rows.place(at, columnOf(path, recentUnassignments.appLogin, recentUnassignments.login));
  const seen = new Set<string>();
  for (let row = 0; row < rows.count; row += 1) {
    const login = required(rows, row, recentUnassignments.login);
    // Somebody may have been unassigned several times.
    if (seen.has(foldCase(login))) continue;
    seen.add(foldCase(login));
    const email = rows.cell(row, recentUnassignments.appLogin);
    const id = rows.cell(row, recentUnassignments.id);
    const wasReassigned = isAssignedStatus(rows.cell(row, recentUnassignments.status));
    users.add(
      { email: email === "" ? login : email, login, assigned: wasReassigned, ...(id === "" ? {} : { id }) },
      row,
      place,
    );
  }
  return usersPart(rows, users, "okta-recent-unassignments");
}

/** Who is in which group, by Okta username. */
export function oktaGroupMembersPart(rows: ExportRows): Part {
  requireColumns(rows, "Okta's Group Membership report", [oktaGroupMembers.group, oktaGroupMembers.login]);
  requireBelowLimit(rows);
  const members = new Gathering();
  const place = (at: number, [key]: ValuePath) =>
    rows.place(at, key === "group" ? oktaGroupMembers.group : oktaGroupMembers.login);
  for (let row = 0; row < rows.count; row += 1) {
    const group = required(rows, row, oktaGroupMembers.group);
    const user = required(rows, row, oktaGroupMembers.login);
    members.add({ group, user }, row, place);
  }
  return {
    kind: "memberships",
    origin: "okta-group-members",
    idp: "okta",
    table: members.table(rows.file),
    keys: new Set(["group", "user"]),
  };
}

/** "Current assignment status for the user in the app integration" (Okta help); the words are not documented. */
function isAssignedStatus(status: string): boolean {
  return /^(?:assigned|active)$/i.test(status);
}

/** @throws AppError usage, where it is unknown which app is meant; source-incomplete, where the report does not have it */
function rowsOfApp(rows: ExportRows, app: string | undefined): readonly number[] {
  const all = Array.from({ length: rows.count }, (_, row) => row);
  const namesIn = (row: number): readonly string[] =>
    [currentAssignments.application, currentAssignments.applicationName]
      .map((column) => rows.cell(row, column))
      .filter((name) => name !== "");
  const names = [...new Set(all.flatMap((row) => namesIn(row).slice(0, 1)))];
  if (app === undefined) {
    if (names.length <= 1) return all;
    throw new AppError("usage", `${rows.file} has the assignments of several apps: ${nameList(names)}.`, {
      hint: "Name Astro's app with --okta-app, or filter the report by the app.",
    });
  }
  const wanted = foldCase(app);
  const found = all.filter((row) => namesIn(row).some((name) => foldCase(name) === wanted));
  if (found.length > 0 || names.length === 0) return names.length === 0 ? all : found;
  throw new AppError(
    "source-incomplete",
    `${rows.file} has no assignments of the app ${JSON.stringify(app)}.`,
    {
      hint: `It has those of ${nameList(names)}.`,
    },
  );
}

/** @throws AppError source-incomplete, where the cell is empty */
function required(rows: ExportRows, row: number, column: ColumnNames): string {
  const value = rows.cell(row, column);
  if (value !== "") return value;
  const message = `"${column[0]}" is empty in this row.`;
  throw mistakeError(
    { message, hint: "Export the report again.", place: rows.place(row, column) },
    { isCut: true },
  );
}

function columnOf([key]: ValuePath, email: ColumnNames, login: ColumnNames): ColumnNames {
  return key === "login" ? login : email;
}

function usersPart(rows: ExportRows, users: Gathering, origin: Part["origin"]): Part {
  return {
    kind: "users",
    origin,
    idp: "okta",
    table: users.table(rows.file),
    keys: new Set(["login", "assigned"]),
  };
}
