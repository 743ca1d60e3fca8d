/** The application permission that each call of Microsoft Graph needs, the least one (Microsoft Graph: permissions of each call). */

export const graphPermissions = {
  /** Service principals, and who is assigned to them. */
  application: "Application.Read.All",
  /** Users with their attributes; deleted ones, too. */
  user: "User.Read.All",
  /** Groups, and who is in them. */
  groupMember: "GroupMember.Read.All",
  /** Members of groups whose membership is hidden. */
  hiddenMember: "Member.Read.Hidden",
  /** Synchronization jobs and their schemas. */
  synchronization: "Synchronization.Read.All",
  /** Provision on demand, start, pause and restart of a job: only for repairs through Entra ID. */
  changeSynchronization: "Synchronization.ReadWrite.All",
  /** Either of the two. */
  provisioningLog: "ProvisioningLog.Read.All or AuditLog.Read.All",
  /** The domains of the tenant. */
  organization: "Organization.Read.All",
} as const;
