/** The lists and details of `users` and `teams` in the formats that hold rows. */

import type { JsonObject } from "../../ground/json.ts";
import { memberCsvColumns, teamCsvColumns, userCsvColumns } from "./columns.ts";
import { csvText } from "./csv.ts";
import { teamJson, teamReportJson, userJson, userReportJson } from "./json.ts";
import type { TeamReport, TeamsReport, UserReport, UsersReport } from "./report.ts";
import { heldCsvColumns, heldRows } from "./role-rows.ts";

export function usersCsv({ users }: UsersReport): string {
  return csvText(userCsvColumns, users);
}

export function teamsCsv({ teams }: TeamsReport): string {
  return csvText(teamCsvColumns, teams);
}

/** The roles, with where they come from. */
export function userCsv({ user, effective }: UserReport): string {
  return csvText(heldCsvColumns, effective === undefined ? [] : heldRows(effective, user.status));
}

/** The members. */
export function teamCsv({ members }: TeamReport): string {
  return csvText(memberCsvColumns, members);
}

/** A line for each user. */
export function usersLines({ users }: UsersReport): string {
  return jsonLines(users.map(userJson));
}

/** A line for each Team. */
export function teamsLines({ teams }: TeamsReport): string {
  return jsonLines(teams.map(teamJson));
}

export function userLine(report: UserReport): string {
  return jsonLines([userReportJson(report)]);
}

export function teamLine(report: TeamReport): string {
  return jsonLines([teamReportJson(report)]);
}

function jsonLines(values: readonly JsonObject[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}
