/** Users and Teams for people: lists as the astro CLI prints them, and one user or Team with all that belongs to it. */

import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { nextLines } from "../next-step.ts";
import type { Style } from "../style.ts";
import { memberColumns, teamColumns, userColumns, userTeamColumns } from "./columns.ts";
import type { TeamReport, TeamsReport, UserReport, UsersReport } from "./report.ts";
import { heldColumns, heldRows, roleColumns, roleRows } from "./role-rows.ts";
import { gaps, tableLines } from "./table.ts";

export function usersTable({ users }: UsersReport): string {
  return lines(tableLines(userColumns, users, gaps.list));
}

export function teamsTable({ teams }: TeamsReport): string {
  return lines(tableLines(teamColumns, teams, gaps.list));
}

export function userText({ user, teams, effective, next }: UserReport, style: Style): string {
  return lines([
    style.paint.bold(printable(user.fullName === "" ? user.email : user.fullName)),
    ...facts([
      ["Email", user.email],
      ["ID", user.id],
      ["Status", `${user.status}${statusMeaning[user.status] ?? ""}`],
      ["Created", user.createdAt],
    ]),
    "",
    style.paint.bold(`Teams (${teams.length})`),
    ...(teams.length === 0 ? [" In no Team."] : tableLines(userTeamColumns, teams, gaps.within)),
    "",
    style.paint.bold("Roles"),
    ...(effective === undefined
      ? [` ${rolesUnknown}`]
      : [
          ...tableLines(heldColumns, heldRows(effective, user.status), gaps.within),
          ...(effective.isOwnerOfAllWorkspaces
            ? [" An Organization Owner is WORKSPACE_OWNER of every Workspace, also of those not listed."]
            : []),
        ]),
    "",
    ...nextLines(next, style),
  ]);
}

export function teamText({ team, members, next }: TeamReport, style: Style): string {
  return lines([
    style.paint.bold(printable(team.name)),
    ...facts([
      ["ID", team.id],
      ["Description", team.description],
      ["IdP managed", managedText(team.isIdpManaged)],
      ["Created", team.createdAt],
    ]),
    "",
    style.paint.bold("Roles"),
    ...(team.roles === undefined
      ? [` ${rolesUnknown}`]
      : tableLines(roleColumns, roleRows(team.roles), gaps.within)),
    "",
    style.paint.bold(plural(members.length, "member")),
    ...(members.length === 0
      ? [" The Team has no members."]
      : tableLines(memberColumns, members, gaps.within)),
    "",
    ...nextLines(next, style),
  ]);
}

const rolesUnknown = "Not known: SCIM does not show roles.";

/** Meanings of all but ACTIVE are inferred from their names (Astro API reference: status of a user). */
const statusMeaning: Readonly<Record<string, string>> = {
  INACTIVE: ": cannot sign in, so no role has an effect",
  PENDING: ": invited, and roles have an effect once the invitation is accepted",
  BANNED: ": blocked, so no role has an effect",
};

function managedText(isIdpManaged: boolean | undefined): string {
  if (isIdpManaged === undefined) return "not known: SCIM does not show it";
  return isIdpManaged ? "true: its members come from the identity provider" : "false";
}

function facts(rows: readonly (readonly [label: string, value: string | undefined])[]): readonly string[] {
  return rows.map(([label, value]) => ` ${label.padEnd(13)}${printable(value ?? "-")}`);
}

function lines(all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}
