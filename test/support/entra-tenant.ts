/** A small company in Entra ID, set up as Astro's documentation says. */

import type { Tenant, TenantGroup } from "./graph-tenant.ts";

export const applicationId = "11111111-0000-4000-8000-000000000001";
export const jobId = "scim.0123456789abcdef0123456789abcdef.11111111-0000-4000-8000-00000000000a";
export const defaultAccess = "00000000-0000-0000-0000-000000000000";

type Properties = Readonly<Record<string, unknown>>;

/** `ada` becomes Ada with the id `user-ada` and the mail `ada@example.com`. */
export function person(name: string, more: Properties = {}): Tenant["users"][number] {
  const displayName = name.charAt(0).toUpperCase() + name.slice(1);
  return {
    id: `user-${name}`,
    userPrincipalName: `${name}@example.com`,
    mail: `${name}@example.com`,
    displayName,
    accountEnabled: true,
    userType: "Member",
    ...more,
  };
}

/** Members are names of people, or of groups with `group-` before them. */
export function group(
  name: string,
  members: readonly string[] = [],
  more: Partial<TenantGroup> = {},
): TenantGroup {
  return {
    id: `group-${name}`,
    displayName: name,
    securityEnabled: true,
    members: members.map((member) => (member.startsWith("group-") ? member : `user-${member}`)),
    ...more,
  };
}

export const assignedGroup = (name: string): Tenant["assignments"][number] => ({
  principalId: `group-${name}`,
  principalType: "Group",
});

export const assignedUser = (name: string, appRoleId = defaultAccess): Tenant["assignments"][number] => ({
  principalId: `user-${name}`,
  principalType: "User",
  appRoleId,
});

/** A row as the schema of a job has it. */
export function row(target: string, source: unknown, more: Properties = {}): Properties {
  return {
    targetAttributeName: target,
    source,
    defaultValue: null,
    exportMissingReferences: false,
    flowBehavior: "FlowWhenChanged",
    flowType: "Always",
    matchingPriority: 0,
    ...more,
  };
}

export const attribute = (name: string): Properties => ({
  type: "Attribute",
  name,
  expression: `[${name}]`,
  parameters: [],
});

export const expression = (text: string): Properties => ({
  type: "Function",
  name: text.slice(0, text.indexOf("(")),
  expression: text,
  parameters: [],
});

export const constant = (value: string): Properties => ({
  type: "Constant",
  name: value,
  expression: `"${value}"`,
  parameters: [],
});

const activeRow = row("active", expression('Switch([IsSoftDeleted], , "False", "True", "True", "False")'));

/** Astro docs: Set up SCIM provisioning, Microsoft Entra ID. */
export const documentedUserRows: readonly Properties[] = [
  row("userName", attribute("mail"), { matchingPriority: 1 }),
  activeRow,
  row("displayName", attribute("displayName")),
];

export const documentedGroupRows: readonly Properties[] = [
  row("displayName", attribute("displayName"), { matchingPriority: 1 }),
  row("members", attribute("members")),
];

export interface SchemaParts {
  readonly userRows?: readonly Properties[];
  readonly groupRows?: readonly Properties[];
  /** Of the mapping of users: enabled, flowTypes, scope. */
  readonly users?: Properties;
  readonly groups?: Properties;
}

export function jobSchema({ userRows, groupRows, users, groups }: SchemaParts = {}): unknown {
  const common = { enabled: true, flowTypes: "Add, Update, Delete", metadata: [], scope: null };
  return {
    id: jobId,
    version: "v1",
    directories: [],
    synchronizationRules: [
      {
        id: "rule-1",
        name: "USER_OUTBOUND_USER",
        priority: 1,
        sourceDirectoryName: "Azure Active Directory",
        targetDirectoryName: "customappsso",
        objectMappings: [
          {
            ...common,
            name: "Provision Microsoft Entra ID Users",
            sourceObjectName: "User",
            targetObjectName: "urn:ietf:params:scim:schemas:core:2.0:User",
            attributeMappings: userRows ?? documentedUserRows,
            ...users,
          },
          {
            ...common,
            name: "Provision Microsoft Entra ID Groups",
            sourceObjectName: "Group",
            targetObjectName: "urn:ietf:params:scim:schemas:core:2.0:Group",
            attributeMappings: groupRows ?? documentedGroupRows,
            ...groups,
          },
        ],
      },
    ],
  };
}

const never = "0001-01-01T00:00:00Z";

export function job(more: Properties = {}, status: Properties = {}): Tenant["jobs"][number] {
  return {
    id: jobId,
    templateId: "scim",
    schedule: { expiration: null, interval: "PT40M", state: "Active" },
    status: {
      code: "Active",
      countSuccessiveCompleteFailures: 0,
      escrowsPruned: false,
      lastExecution: {
        state: "Succeeded",
        timeBegan: "2026-11-30T08:00:00Z",
        timeEnded: "2026-11-30T08:01:00Z",
      },
      quarantine: null,
      steadyStateFirstAchievedTime: never,
      ...status,
    },
    synchronizationJobSettings: [{ name: "QuarantineTooManyDeletes", value: "False" }],
    ...more,
  };
}

/** A record of the provisioning log about a user or a group, by its id. */
export function logRecord(
  objectId: string,
  status: string,
  more: {
    readonly at?: string;
    readonly errorCode?: string;
    readonly reason?: string;
    readonly action?: string;
  } = {},
): Tenant["log"][number] {
  const { at = "2026-11-30T08:00:00Z", errorCode, reason, action = "create" } = more;
  const hasError = errorCode !== undefined || reason !== undefined;
  return {
    id: `record-${objectId}-${at}-${status}`,
    activityDateTime: at,
    jobId,
    provisioningAction: action,
    provisioningStatusInfo: { status, errorInformation: hasError ? { errorCode, reason } : null },
    provisioningSteps: [],
    sourceIdentity: {
      id: objectId,
      displayName: objectId,
      identityType: objectId.startsWith("group-") ? "Group" : "User",
    },
  };
}

/** Ada and Grace in the assigned group data-platform; Paul is nobody's. */
export function smallTenant(change: Partial<Tenant> = {}): Tenant {
  return {
    applications: [
      {
        id: applicationId,
        appId: "22222222-0000-4000-8000-000000000002",
        displayName: "Astro",
        appRoles: [],
      },
    ],
    users: [person("ada"), person("grace"), person("paul")],
    deletedUsers: [],
    groups: [group("data-platform", ["ada", "grace"]), group("legal", ["paul"])],
    assignments: [assignedGroup("data-platform")],
    jobs: [job()],
    schema: jobSchema(),
    log: [],
    domains: [{ name: "example.com", isDefault: true }],
    ...change,
  };
}
