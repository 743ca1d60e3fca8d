/** What Astro's own side adds to a comparison, as JSON (docs/json.md). */

import type { HeldTeam } from "../../astro/held.ts";
import type { IamReading } from "../../astro/records/iam-side.ts";
import type { TeamRecord, UserRecord } from "../../astro/records/record.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import { grantedRoles, type IamRemark, type ScopedRole } from "../../drift/compare/iam-remarks.ts";
import type { JsonObject } from "../../ground/json.ts";

export function iamJson({ iam, iamRemarks }: Pick<Drift, "iam" | "iamRemarks">): JsonObject {
  return { iam: readingJson(iam), iamRemarks: iamRemarks.map(remarkJson) };
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

/** The roles beside plain membership that a deletion would take away; null where IAM did not tell them. */
export function rolesJson(record: UserRecord | TeamRecord | undefined): JsonObject {
  return { roles: grantedRoles(record?.roles)?.map(roleJson) ?? null };
}

function roleJson({ role, scope, of }: ScopedRole): JsonObject {
  return { role, scope, of: of ?? null };
}
