/** Application permissions of Microsoft Graph, and which of them include others (Microsoft Graph: Permissions reference). */

const directoryReads = [
  "User.Read.All",
  "Group.Read.All",
  "GroupMember.Read.All",
  "Application.Read.All",
  "Organization.Read.All",
  "Domain.Read.All",
] as const;

const included: Readonly<Record<string, readonly string[]>> = {
  "Directory.Read.All": directoryReads,
  "Directory.ReadWrite.All": [
    ...directoryReads,
    "User.ReadWrite.All",
    "Group.ReadWrite.All",
    "GroupMember.ReadWrite.All",
  ],
  "User.ReadWrite.All": ["User.Read.All"],
  "Group.Read.All": ["GroupMember.Read.All"],
  "Group.ReadWrite.All": ["Group.Read.All", "GroupMember.Read.All", "GroupMember.ReadWrite.All"],
  "GroupMember.ReadWrite.All": ["GroupMember.Read.All"],
  "Application.ReadWrite.All": ["Application.Read.All"],
  "Organization.ReadWrite.All": ["Organization.Read.All"],
  "Synchronization.ReadWrite.All": ["Synchronization.Read.All"],
};

/** With those that they include. */
export function allPermissions(granted: Iterable<string>): ReadonlySet<string> {
  const direct = [...granted];
  return new Set([...direct, ...direct.flatMap((permission) => included[permission] ?? [])]);
}

/** What a route asks for: any of them suffices. */
export const needs = {
  applications: ["Application.Read.All"],
  assignments: ["Application.Read.All"],
  assign: ["AppRoleAssignment.ReadWrite.All"],
  users: ["User.Read.All"],
  changeUsers: ["User.ReadWrite.All"],
  groups: ["GroupMember.Read.All"],
  changeGroups: ["Group.ReadWrite.All"],
  changeMembers: ["GroupMember.ReadWrite.All"],
  organization: ["Organization.Read.All", "User.Read.All"],
  domains: ["Domain.Read.All", "Organization.Read.All"],
  synchronization: ["Synchronization.Read.All"],
  changeSynchronization: ["Synchronization.ReadWrite.All"],
  provisioningLog: ["ProvisioningLog.Read.All", "AuditLog.Read.All"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** All that reads need, the least. */
export const readPermissions = [
  "Application.Read.All",
  "User.Read.All",
  "GroupMember.Read.All",
  "Synchronization.Read.All",
  "ProvisioningLog.Read.All",
  "Organization.Read.All",
] as const;
