/** The columns of each list. Tables have those of the astro CLI, in its order; CSV has the same under the keys of JSON, and more. */

import type { MemberRecord, TeamRecord, UserRecord } from "../../astro/records/record.ts";
import { rolesCell } from "./role-rows.ts";
import type { Column } from "./table.ts";

/** astro-cli: `organization user list`. */
export const userColumns: readonly Column<UserRecord>[] = [
  { header: "FULLNAME", cell: ({ fullName }) => fullName },
  { header: "EMAIL", cell: ({ email }) => email },
  { header: "ID", cell: ({ id }) => id },
  { header: "ORGANIZATION ROLE", cell: ({ roles }) => roles?.organizationRole },
  { header: "CREATE DATE", cell: ({ createdAt }) => createdAt },
];

/** astro-cli: `organization team list`. */
export const teamColumns: readonly Column<TeamRecord>[] = [
  { header: "ID", cell: ({ id }) => id },
  { header: "NAME", cell: ({ name }) => name },
  { header: "DESCRIPTION", cell: ({ description }) => description },
  { header: "ORG ROLE", cell: ({ roles }) => roles?.organizationRole },
  { header: "IDP MANAGED", cell: ({ isIdpManaged }) => isIdpManaged },
  { header: "CREATE DATE", cell: ({ createdAt }) => createdAt },
];

/** Those of `teamColumns` that matter beside a user. */
export const userTeamColumns: readonly Column<TeamRecord>[] = [
  { header: "ID", cell: ({ id }) => id },
  { header: "NAME", cell: ({ name }) => name },
  { header: "ORG ROLE", cell: ({ roles }) => roles?.organizationRole },
  { header: "IDP MANAGED", cell: ({ isIdpManaged }) => isIdpManaged },
];

/** astro-cli: `organization team user list`. */
export const memberColumns: readonly Column<MemberRecord>[] = [
  { header: "ID", cell: ({ id }) => id },
  { header: "FullName", cell: ({ fullName }) => fullName },
  { header: "Email", cell: ({ email }) => email },
];

/** Roles held directly; empty over SCIM. */
const scopedRoles: readonly Column<Pick<UserRecord, "roles">>[] = [
  { header: "workspaceRoles", cell: ({ roles }) => rolesCell(roles, "Workspace") },
  { header: "deploymentRoles", cell: ({ roles }) => rolesCell(roles, "Deployment") },
  { header: "dagRoles", cell: ({ roles }) => rolesCell(roles, "Dag") },
];

export const userCsvColumns: readonly Column<UserRecord>[] = [
  { header: "fullName", cell: ({ fullName }) => fullName },
  { header: "email", cell: ({ email }) => email },
  { header: "id", cell: ({ id }) => id },
  { header: "orgRole", cell: ({ roles }) => roles?.organizationRole },
  { header: "createdAt", cell: ({ createdAt }) => createdAt },
  { header: "status", cell: ({ status }) => status },
  ...scopedRoles,
];

export const teamCsvColumns: readonly Column<TeamRecord>[] = [
  { header: "id", cell: ({ id }) => id },
  { header: "name", cell: ({ name }) => name },
  { header: "description", cell: ({ description }) => description },
  { header: "orgRole", cell: ({ roles }) => roles?.organizationRole },
  { header: "isIdpManaged", cell: ({ isIdpManaged }) => isIdpManaged },
  { header: "createdAt", cell: ({ createdAt }) => createdAt },
  ...scopedRoles,
];

export const memberCsvColumns: readonly Column<MemberRecord>[] = [
  { header: "id", cell: ({ id }) => id },
  { header: "fullName", cell: ({ fullName }) => fullName },
  { header: "email", cell: ({ email }) => email },
  { header: "joinedAt", cell: ({ joinedAt }) => joinedAt },
];
