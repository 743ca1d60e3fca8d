/** A live Okta as a directory source, over its management API. It only reads. */

import type { ProviderFinding } from "../../directory/provider-finding.ts";
import type { DirectorySource, ProvidedDirectory } from "../../directory/source.ts";
import { AppError } from "../../ground/errors.ts";
import type { ManagementApi } from "../../management/management-api.ts";
import { getAppSchema, listMappingsTo } from "../../management/okta/profile-mappings.ts";
import { listPushMappings, type PushMapping } from "../../management/okta/push-mappings.ts";
import { buildDirectory, type BuiltDirectory, type WhatWasRead } from "./directory/build-directory.ts";
import { readAssignments } from "./directory/read-assignments.ts";
import { groupFinder, readGroups } from "./directory/read-groups.ts";
import { readTeamNames } from "./directory/read-team-names.ts";
import { findProvisionedApp, type ProvisionedApp } from "./find-app.ts";
import { groupFindings } from "./findings/group-findings.ts";
import { noErrors, readErrors, type ReadErrors } from "./findings/read-errors.ts";
import { toggleFindings } from "./findings/toggle-findings.ts";
import { haveErrors, userFindings } from "./findings/user-findings.ts";
import { isSameTarget, linksOf } from "./links.ts";
import { readOktaSetup } from "./setup/read-setup.ts";
import { readSettings, type ReadSettings } from "./settings/app-settings.ts";

export interface OktaSourceOptions {
  /** The app: its label or its id. */
  readonly app: string;
  readonly now: () => Date;
  readonly onProgress?: ((progress: ReadingProgress) => void) | undefined;
}

/** What is being read, and how much of it was. */
export interface ReadingProgress {
  readonly reads: "users" | "groups";
  readonly read: number;
}

/** Groups under way at once; each is read by several requests, which the client holds to Okta's limits. */
const concurrency = 8;

/**
 * Reads the app, who and which groups are assigned to it, its push groups with their members, how it is set up, and what Okta says
 * of its provisioning. `read` throws AppError: unauthorized, unreachable, interrupted; source-incomplete for everything that would
 * make a smaller directory.
 */
export function oktaSource(api: ManagementApi, options: OktaSourceOptions): DirectorySource {
  return {
    name: "okta",
    read: async (target, signal) => readOkta({ api, options, signal }, target),
    readSetup: async () => readOktaSetup(api, options.app),
  };
}

interface Reading {
  readonly api: ManagementApi;
  readonly options: OktaSourceOptions;
  readonly signal: AbortSignal;
}

async function readOkta(reading: Reading, target: string | undefined): Promise<ProvidedDirectory> {
  const { api, options } = reading;
  const found = await findProvisionedApp(api, options.app);
  const { id: appId } = found.app;
  const [mappings, schema] = await Promise.all([listMappingsTo(api, appId), getAppSchema(api, appId)]);
  stopIfAborted(reading.signal);
  const read = await readDirectory(reading, found);
  stopIfAborted(reading.signal);
  const built = buildDirectory(read);
  const assigned = read.assignments.users;
  const settings = readSettings({ found, mappings, schema, assigned, directory: built.directory });
  const log = { appId, now: options.now() };
  const errors = haveErrors(assigned) ? await readErrors(api, log) : noErrors;
  const isRemembered = target !== undefined && isSameTarget(found.connection?.baseUrl, target);
  return {
    directory: settings.directory,
    app: settings.settings,
    protect: [],
    remembered: isRemembered ? linksOf(assigned, errors) : undefined,
    findings: await findingsOf(api, { read, built, settings, errors, log }),
    notEvaluated: settings.notEvaluated,
    assumed: settings.assumed,
    ...(pushesGroups(found) ? {} : { noTeams: "the app in Okta has no Group Push, so it pushes no groups" }),
  };
}

/** Okta API: Applications, features. */
function pushesGroups({ app }: Pick<ProvisionedApp, "app">): boolean {
  return app.features.includes("GROUP_PUSH");
}

async function readDirectory({ api, options }: Reading, { app }: ProvisionedApp): Promise<WhatWasRead> {
  const { onProgress } = options;
  const assignments = await readAssignments(api, {
    appId: app.id,
    concurrency,
    onUsers: (read) => onProgress?.({ reads: "users", read }),
  });
  // Without Group Push the call is answered with an error.
  const pushMappings: readonly PushMapping[] = pushesGroups({ app })
    ? await listPushMappings(api, app.id)
    : [];
  const ids = new Set([...assignments.groupIds, ...pushMappings.map(({ sourceGroupId }) => sourceGroupId)]);
  const finder = groupFinder(api, ids.size);
  const groups = await readGroups([...ids], {
    concurrency,
    onGroup: (read) => onProgress?.({ reads: "groups", read }),
    finder,
  });
  return {
    assignments,
    pushMappings,
    groups,
    teamNames: await readTeamNames(finder, pushMappings, concurrency),
  };
}

interface Findable {
  readonly read: WhatWasRead;
  readonly built: BuiltDirectory;
  readonly settings: ReadSettings;
  readonly errors: ReadErrors;
  readonly log: { readonly appId: string; readonly now: Date };
}

async function findingsOf(
  api: ManagementApi,
  { read, built, settings, errors, log }: Findable,
): Promise<readonly ProviderFinding[]> {
  return [
    ...(await toggleFindings(api, settings.settings, log)),
    ...userFindings(read.assignments.users, built, errors),
    ...groupFindings(read.pushMappings, built),
  ];
}

function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError("interrupted", "Interrupted while Okta was read.");
}
