/** A live Entra ID as a directory source, over Microsoft Graph. It only reads. */

import { assignedUserKeys } from "../../directory/directory.ts";
import type { EntraAppSettings } from "../../directory/entra-app-settings.ts";
import type { AssumedSetting, ProviderFinding } from "../../directory/provider-finding.ts";
import type { DirectorySource, ProvidedDirectory } from "../../directory/source.ts";
import { AppError } from "../../ground/errors.ts";
import {
  isOfType,
  listAppRoleAssignments,
  type AppRoleAssignment,
  type ServicePrincipal,
} from "../../management/graph/applications.ts";
import { listGroups, type GraphGroup } from "../../management/graph/groups.ts";
import { listProvisioningRecords, type ProvisioningRecord } from "../../management/graph/provisioning-log.ts";
import type { SynchronizationJob } from "../../management/graph/synchronization-jobs.ts";
import { getSchema } from "../../management/graph/synchronization-schema.ts";
import { findDefaultDomain } from "../../management/graph/users.ts";
import type { ManagementApi } from "../../management/management-api.ts";
import { buildDirectory, type BuiltDirectory, type WhatWasRead } from "./directory/build-directory.ts";
import { findGroups, readGroups, type GroupReading } from "./directory/read-groups.ts";
import { readUsers, withMissingUsers } from "./directory/read-users.ts";
import { propertiesFor } from "./directory/user-attributes.ts";
import { findApplication, findJob } from "./find-app.ts";
import { jobFindings } from "./findings/job-findings.ts";
import { logFindings } from "./findings/log-findings.ts";
import { guestFindings, mailFindings, nestingFindings } from "./findings/people-findings.ts";
import { peopleOf } from "./findings/people.ts";
import { toggleFindings } from "./findings/toggle-findings.ts";
import { readSettings, type ReadSettings } from "./settings/app-settings.ts";
import { logNotRead, scopeAssumed, type StatedSettings } from "./settings/assumed.ts";
import { readEntraSetup } from "./setup/read-setup.ts";

export interface EntraSourceOptions extends StatedSettings {
  /** The enterprise application: its display name, object id or appId. */
  readonly app: string;
  /** Id of the synchronization job, of an application that has several. */
  readonly job?: string | undefined;
  readonly onProgress?: ((progress: ReadingProgress) => void) | undefined;
}

/** What is being read, and how much of it was. */
export interface ReadingProgress {
  readonly reads: "users" | "groups";
  readonly read: number;
}

/**
 * Reads the tenant's users, the groups assigned to the app with their members, how the app is set up, and what the job and its
 * log say. `read` throws AppError: unauthorized, unreachable, interrupted; source-incomplete for everything that would make a smaller
 * directory.
 */
export function entraSource(api: ManagementApi, options: EntraSourceOptions): DirectorySource {
  return {
    name: "entra",
    read: async (_target, signal) => readEntra({ api, options, signal }),
    readSetup: async () => readEntraSetup(api, options),
  };
}

interface Reading {
  readonly api: ManagementApi;
  readonly options: EntraSourceOptions;
  readonly signal: AbortSignal;
}

async function readEntra(reading: Reading): Promise<ProvidedDirectory> {
  const { api, options } = reading;
  const application = await findApplication(api, options.app);
  const job = await findJob(api, application, options.job);
  const schema = await getSchema(api, { servicePrincipalId: application.id, jobId: job.id });
  const read = readSettings({ application, job, schema }, options);
  stopIfAborted(reading.signal);
  const { settings, assumed } = await withDefaultDomain(api, read);
  const found = await readDirectory(reading, application, { ...read, settings });
  stopIfAborted(reading.signal);
  const built = buildDirectory(found);
  const records = await listProvisioningRecords(api, job.id);
  return {
    directory: built.directory,
    app: settings,
    protect: [],
    // Which account is whose is told only by objectConnections, one object at a time, and only in the beta version of Graph.
    remembered: undefined,
    findings: findingsOf({ job, settings, found, built, records: records ?? [] }),
    notEvaluated: read.notEvaluated,
    assumed: [
      ...scopeAssumed(options, job, assignedUserKeys(built.directory).size),
      ...assumed,
      ...(records === undefined ? [logNotRead] : []),
    ],
  };
}

async function withDefaultDomain(
  api: ManagementApi,
  { settings, assumed, readsDefaultDomain }: ReadSettings,
): Promise<{ readonly settings: EntraAppSettings; readonly assumed: readonly AssumedSetting[] }> {
  if (!readsDefaultDomain) return { settings, assumed };
  const defaultDomain = await findDefaultDomain(api);
  if (defaultDomain !== undefined) return { settings: { ...settings, defaultDomain }, assumed };
  throw new AppError(
    "source-incomplete",
    "A mapping reads DefaultDomain(), and no domain of the tenant is the default one.",
    {
      hint: "Check in the Entra admin center: Settings > Domain names.",
    },
  );
}

async function readDirectory(
  { api, options, signal }: Reading,
  application: ServicePrincipal,
  { settings, userSources }: Pick<ReadSettings, "settings" | "userSources">,
): Promise<WhatWasRead> {
  const { onProgress } = options;
  const fields = { select: propertiesFor(userSources), manager: userSources.includes("manager") };
  const assignments = await listAppRoleAssignments(api, application.id);
  const users = await readUsers(api, fields, (read) => onProgress?.({ reads: "users", read }));
  const reading: GroupReading = {
    api,
    signal,
    onGroup: (read) => onProgress?.({ reads: "groups", read }),
  };
  const roots = await rootGroups(reading, assignments, settings.scope);
  const groups = await readGroups(reading, roots);
  const named = [
    ...assignments.filter((one) => isOfType(one, "User")).map(({ principalId }) => principalId),
    ...[...groups.values()].flatMap(({ members, transitive = [] }) => [...members, ...transitive]),
  ];
  return {
    application,
    assignments,
    users: await withMissingUsers(api, users, { ids: new Set(named), fields }),
    groups,
    userSources,
  };
}

/** "Sync all" takes in every group of the tenant; otherwise only what is assigned counts. */
async function rootGroups(
  reading: GroupReading,
  assignments: readonly AppRoleAssignment[],
  scope: EntraAppSettings["scope"],
): Promise<readonly GraphGroup[]> {
  const assigned = assignments.filter((one) => isOfType(one, "Group"));
  const byId = new Map(assigned.map((one) => [one.principalId, one.principalDisplayName ?? one.principalId]));
  const groups = await findGroups(
    reading,
    [...byId].map(([id, name]) => ({ id, name })),
  );
  if (scope === "assigned") return groups;
  const all = await listGroups(reading.api);
  return [...groups, ...all.filter(({ id }) => !byId.has(id))];
}

interface Compared {
  readonly job: SynchronizationJob;
  readonly settings: EntraAppSettings;
  readonly found: WhatWasRead;
  readonly built: BuiltDirectory;
  readonly records: readonly ProvisioningRecord[];
}

function findingsOf({ job, settings, found, built, records }: Compared): readonly ProviderFinding[] {
  const people = peopleOf(built.directory, settings);
  return [
    ...jobFindings(job),
    ...toggleFindings(settings),
    ...logFindings(records, people, built),
    ...nestingFindings(people, built, { groups: found.groups, settings }),
    ...mailFindings(people, built, settings),
    ...guestFindings(people),
  ];
}

function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError("interrupted", "Interrupted while Entra ID was read.");
}
