/** What Astro's own side adds to a drift, for people: nothing of it is counted. */

import type { HeldTeam } from "../../../astro/held.ts";
import type { Drift } from "../../../drift/compare/diff.ts";
import type { IamRemark } from "../../../drift/compare/over-iam/iam-remarks.ts";
import { providedGroup, type GroupTerms } from "../../../drift/compare/teams/group-terms.ts";
import { roleInWords } from "../../../drift/plan/operations/roles-lost.ts";
import { nameList } from "../../../ground/text/name-list.ts";
import { plural } from "../../../ground/text/plural.ts";
import { printable } from "../../../ground/text/printable.ts";
import { countedRows } from "../../layout/counted.ts";
import { hanging } from "../../layout/hanging.ts";
import { rowLines, type Row } from "../../layout/rows.ts";
import { section } from "../../layout/section.ts";
import type { Style } from "../../style.ts";
import { disagreementInWords } from "./iam-facts.ts";

/** Teams that Astro manages itself, what is worth knowing about roles, and why nothing of that is known. */
export function iamSections(drift: Drift, style: Style): readonly string[] {
  return [
    ...section("Teams created in Astro (not counted: Astro manages them)", localLines(drift, style), style),
    ...section("Roles and Teams in Astro (not counted)", remarkLines(drift, style), style),
    ...section(
      "IAM API not read: roles, invitations and who manages a Team are unknown",
      unreadLines(drift, style),
      style,
    ),
  ];
}

function localLines({ localTeams }: Drift, style: Style): readonly string[] {
  const rows = countedRows(
    localTeams,
    {
      sign: "?",
      noun: "Team",
      nameOf: ({ displayName }) => displayName,
      textOf: (team) => membersText(team),
      kindOf: () => "",
    },
    style,
  );
  return rowLines(rows, style);
}

function membersText({ members, isHiddenFromScim }: HeldTeam): string {
  return `${plural(members.size, "member")}${isHiddenFromScim === true ? "; SCIM does not show it" : ""}`;
}

/** Nobody has to do anything about a remark, so many alike are one row. */
const mostRemarks = 5;

function remarkLines({ iamRemarks, groupTerms }: Drift, style: Style): readonly string[] {
  const isOfTeam = (remark: IamRemark): boolean => remark.kind !== "role-held-twice";
  const rowsOf = (remarks: readonly IamRemark[], noun: string): readonly Row[] =>
    countedRows(
      remarks,
      {
        sign: "·",
        noun,
        most: mostRemarks,
        nameOf: (remark) =>
          remark.kind === "role-held-twice" ? remark.user.userName : remark.team.displayName,
        textOf: (remark) => remarkText(remark, groupTerms),
        kindOf: ({ kind }) => inCommon(kind, groupTerms),
      },
      style,
    );
  const teams = rowsOf(iamRemarks.filter(isOfTeam), "Team");
  const users = rowsOf(
    iamRemarks.filter((remark) => !isOfTeam(remark)),
    "user",
  );
  return rowLines([...teams, ...users], style);
}

function remarkText(remark: IamRemark, terms: GroupTerms): string {
  switch (remark.kind) {
    case "team-made-in-astro":
      return `created in Astro, with the name of ${providedGroup(terms)}: the provider may take it over, or be refused`;
    case "team-without-roles":
      return "no role was granted to the Team, so its members get nothing through it";
    case "team-roles-without-members":
      return `has ${nameList(remark.roles.map(roleInWords))}, and no member`;
    case "role-held-twice": {
      const teams = nameList(remark.teams.map(({ displayName }) => displayName));
      return `has ${roleInWords(remark.role)} directly and through the Team ${teams}`;
    }
  }
}

function inCommon(kind: IamRemark["kind"], { provided }: GroupTerms): string {
  switch (kind) {
    case "team-made-in-astro":
      return `created in Astro, with the names of ${provided} groups: the provider may take them over, or be refused`;
    case "team-without-roles":
      return "no role was granted to these Teams, so their members get nothing through them";
    case "team-roles-without-members":
      return "have roles and no member";
    case "role-held-twice":
      return "have a role both directly and through a Team";
  }
}

function unreadLines({ iam }: Drift, style: Style): readonly string[] {
  if (iam.kind !== "unreadable") return [];
  return [
    ...hanging("  ! ", printable(iam.reason), style),
    ...hanging("    ", "Add --api scim to compare over SCIM alone.", style),
  ];
}

/** `? ada@example.com  active over SCIM, and …`. */
export function apisDisagreeLines({ apisDisagree }: Drift, style: Style): readonly string[] {
  const rows = countedRows(
    apisDisagree,
    {
      sign: "?",
      noun: "user",
      nameOf: ({ user }) => user.userName,
      textOf: disagreementInWords,
      kindOf: disagreementInWords,
    },
    style,
  );
  return rowLines(rows, style);
}

/** What a comparison over IAM alone is: stands ahead of it. */
export function overIamLines({ iam }: Drift, style: Style): readonly string[] {
  if (iam.kind !== "read" || !iam.isOnlySource) return [];
  const text = iam.side.isScimEnabled
    ? "Read over the IAM API alone."
    : "SCIM is not enabled in this organization: this is what the identity provider will find when it is.";
  return [...hanging("", text, style), ""];
}
