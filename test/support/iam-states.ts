/** Builders of Astro's own side: only what a test is about. */

import { joinIam } from "../../src/astro/records/join-iam.ts";
import type { IamReading, IamSide } from "../../src/astro/records/iam-side.ts";
import type { TeamRecord, UserRecord } from "../../src/astro/records/record.ts";
import { diff, type DiffOptions, type Drift } from "../../src/drift/compare/diff.ts";
import { overIam } from "../../src/drift/compare/over-iam/expected-over-iam.ts";
import { expectedState, heldState, userName } from "./states.ts";

export interface UserRecordSpec {
  readonly name: string;
  readonly id?: string;
  readonly status?: string;
  readonly fullName?: string;
  readonly createdAt?: string;
  readonly organizationRole?: string;
  /** Role by the id of its Workspace. */
  readonly workspaceRoles?: Readonly<Record<string, string>>;
}

export interface TeamRecordSpec {
  readonly name: string;
  readonly id?: string;
  readonly isIdpManaged?: boolean;
  readonly createdAt?: string;
  /** Short names, or ids; read where SCIM does not show the Team. */
  readonly members?: readonly string[];
  readonly organizationRole?: string;
  readonly workspaceRoles?: Readonly<Record<string, string>>;
}

export interface IamSpec {
  readonly users?: readonly (UserRecordSpec | string)[];
  readonly teams?: readonly TeamRecordSpec[];
  readonly isScimEnabled?: boolean;
}

/** Before everything that has a time of its own. */
export const someTime = "2026-01-01T00:00:00Z";

function rolesOf(organizationRole: string, workspaceRoles: Readonly<Record<string, string>> = {}) {
  return {
    organizationRole,
    workspaceRoles: Object.entries(workspaceRoles).map(([workspaceId, role]) => ({ workspaceId, role })),
    deploymentRoles: [],
    dagRoles: [],
  };
}

export function userRecord(spec: UserRecordSpec | string): UserRecord {
  const user = typeof spec === "string" ? { name: spec } : spec;
  return {
    id: user.id ?? `id-${user.name}`,
    email: userName(user.name),
    fullName: user.fullName ?? "",
    status: user.status ?? "ACTIVE",
    createdAt: user.createdAt ?? someTime,
    updatedAt: someTime,
    roles: rolesOf(user.organizationRole ?? "ORGANIZATION_MEMBER", user.workspaceRoles),
  };
}

export function teamRecord(team: TeamRecordSpec): TeamRecord {
  return {
    id: team.id ?? `team-${team.name}`,
    name: team.name,
    description: undefined,
    isIdpManaged: team.isIdpManaged ?? true,
    createdAt: team.createdAt ?? someTime,
    updatedAt: someTime,
    roles: rolesOf(
      team.organizationRole ?? "ORGANIZATION_MEMBER",
      team.workspaceRoles ?? { space: "WORKSPACE_MEMBER" },
    ),
    rolesCount: undefined,
  };
}

export function iamSide({ users = [], teams = [], isScimEnabled = true }: IamSpec): IamSide {
  return {
    users: users.map(userRecord),
    teams: teams.map(teamRecord),
    members: new Map(
      teams.map((team) => [
        team.id ?? `team-${team.name}`,
        (team.members ?? []).map((member) => (member.startsWith("id-") ? member : `id-${member}`)),
      ]),
    ),
    isScimEnabled,
  };
}

/** SCIM with IAM beside it. */
export function diffBoth(
  expected: Parameters<typeof expectedState>[0],
  held: Parameters<typeof heldState>[0],
  iam: IamSpec,
  options: DiffOptions = {},
): Drift {
  const side = iamSide(iam);
  const joined = joinIam(heldState(held), side);
  if (joined.kind !== "joined") throw new Error(joined.kind);
  const reading: IamReading = { kind: "read", side, isOnlySource: false };
  return diff(expectedState(expected), joined.held, { ...options, iam: reading });
}

/** IAM alone. */
export function diffIam(expected: Parameters<typeof expectedState>[0], iam: IamSpec): Drift {
  const side = iamSide(iam);
  const both = overIam(expectedState(expected), side);
  return diff(both.expected, both.held, { iam: { kind: "read", side, isOnlySource: true } });
}
