/** What Astro's own side adds to a comparison, as JSON (docs/json.md). */

import type { HeldTeam, HeldUser } from "../../../astro/held.ts";
import type { IamReading } from "../../../astro/records/iam-side.ts";
import type { ApisDisagree } from "../../../drift/compare/over-iam/apis-disagree.ts";
import type { Drift } from "../../../drift/compare/diff.ts";
import {
  grantedRoles,
  type IamRemark,
  type ScopedRole,
} from "../../../drift/compare/over-iam/iam-remarks.ts";
import type { JsonObject } from "../../../ground/json.ts";
import { disagreementInWords } from "./iam-facts.ts";
import type { RolesAtStake } from "../roles-at-stake.ts";

export function iamJson({
  iam,
  apisDisagree,
  iamRemarks,
}: Pick<Drift, "iam" | "apisDisagree" | "iamRemarks">): JsonObject {
  return {
    iam: readingJson(iam),
    apisDisagree: apisDisagree.map(disagreementJson),
    iamRemarks: iamRemarks.map(remarkJson),
  };
}

function disagreementJson({ user, inIam }: ApisDisagree): JsonObject {
  const { userName, scimId, active } = user;
  return {
    user: { name: userName, scimId },
    scim: active ? "active" : "inactive",
    iam: inIam,
    reason: disagreementInWords({ user, inIam }),
  };
}

function readingJson(iam: IamReading): JsonObject {
  switch (iam.kind) {
    case "not-asked":
      return { status: "not-asked", reason: null, isScimEnabled: null, isOnlySource: false };
    case "unreadable":
      return { status: "unreadable", reason: iam.reason, isScimEnabled: null, isOnlySource: false };
    case "read": {
      const { side, isOnlySource } = iam;
      return { status: "read", reason: null, isScimEnabled: side.isScimEnabled, isOnlySource };
    }
  }
}

function remarkJson(remark: IamRemark): JsonObject {
  const { kind } = remark;
  switch (kind) {
    case "team-made-in-astro":
    case "team-without-roles":
      return { kind, team: teamJson(remark.team) };
    case "team-roles-without-members":
      return { kind, team: teamJson(remark.team), roles: remark.roles.map(roleJson) };
    case "role-held-twice": {
      const { user, role, teams } = remark;
      return {
        kind,
        user: { name: user.userName, scimId: user.scimId },
        role: roleJson(role),
        teams: teams.map(teamJson),
      };
    }
  }
}

export function teamJson({ displayName, scimId, members }: HeldTeam): JsonObject {
  return { name: displayName, scimId, members: members.size };
}

/** The roles beside plain membership that a deletion would take away; null where IAM does not show them. */
export function rolesOfUserJson(account: HeldUser, { teamsOf }: RolesAtStake): JsonObject {
  const teams = teamsOf(account);
  const isUnknown = [account, ...teams].every(({ iam }) => iam === undefined);
  const throughTeams = teams.flatMap(({ iam, displayName }) =>
    (grantedRoles(iam?.roles) ?? []).map((role) => ({ ...roleJson(role), team: displayName })),
  );
  return {
    roles: grantedRoles(account.iam?.roles)?.map(roleJson) ?? null,
    rolesThroughTeams: isUnknown ? null : throughTeams,
  };
}

/** As `rolesOfUserJson`, with the userNames of those who have them through the Team. */
export function rolesOfTeamJson(team: HeldTeam, { membersOf }: RolesAtStake): JsonObject {
  return { roles: grantedRoles(team.iam?.roles)?.map(roleJson) ?? null, users: membersOf(team) };
}

function roleJson({ role, scope, of }: ScopedRole): JsonObject {
  return { role, scope, of: of ?? null };
}
