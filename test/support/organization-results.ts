/** Users, Teams and members as they are reported, in which a name of the caller's choice stands wherever a name can stand. */

import { effectiveRoles } from "../../src/astro/records/effective-roles.ts";
import type { MemberRecord, TeamRecord, UserRecord } from "../../src/astro/records/record.ts";
import type { ShownRoles } from "../../src/astro/records/shown-roles.ts";
import type { Results } from "../../src/report/formats.ts";

export function organizationResults(name: string): {
  readonly [Kind in "users" | "user" | "teams" | "team"]: readonly Results[Kind][];
} {
  const roles: ShownRoles = {
    organizationRole: name,
    workspaceRoles: [{ workspaceId: name, role: name }],
    deploymentRoles: [{ deploymentId: name, role: name }],
    dagRoles: [{ deploymentId: name, dagId: undefined, dagTag: name, role: name }],
  };
  const user: UserRecord = {
    id: name,
    email: name,
    fullName: name,
    status: name,
    createdAt: name,
    updatedAt: name,
    roles,
  };
  const team: TeamRecord = {
    id: name,
    name,
    description: name,
    isIdpManaged: true,
    createdAt: name,
    updatedAt: name,
    roles,
    rolesCount: 4,
  };
  const member: MemberRecord = { id: name, email: name, fullName: name, joinedAt: name };
  const from = { api: "iam", target: name, organizationId: name } as const;
  const overScim = { ...from, api: "scim" } as const;
  const unknown = { createdAt: undefined, updatedAt: undefined, roles: undefined };
  const next = { kind: "show", command: "astro-scim users" } as const;
  return {
    users: [
      { ...from, users: [user, user] },
      { ...overScim, users: [{ ...user, ...unknown, fullName: "" }] },
      { ...from, users: [] },
    ],
    teams: [
      { ...from, teams: [team, team] },
      { ...overScim, teams: [{ ...team, ...unknown, isIdpManaged: undefined, description: undefined }] },
      { ...from, teams: [] },
    ],
    user: [
      { ...from, user, teams: [team], effective: effectiveRoles(roles, [{ id: name, name, roles }]), next },
      { ...overScim, user: { ...user, ...unknown }, teams: [], effective: undefined, next },
    ],
    team: [
      { ...from, team, members: [member], next },
      { ...overScim, team: { ...team, ...unknown }, members: [], next },
    ],
  };
}
