/** How the app is set up in a live Entra ID, for a comparison with the sheet. Microsoft Graph does not show all of it. */

import type { SetupSetting, ShownMapping, ShownSetup, ShownValue } from "../../../directory/shown-setup.ts";
import { nameList } from "../../../ground/text/name-list.ts";
import { plural } from "../../../ground/text/plural.ts";
import type { ManagementApi } from "../../../management/management-api.ts";
import { listJobs, type SynchronizationJob } from "../../../management/graph/synchronization-jobs.ts";
import {
  getSchema,
  type AttributeMapping,
  type ObjectMapping,
} from "../../../management/graph/synchronization-schema.ts";
import { findApplication, findJob } from "../find-app.ts";
import { integrationOf, objectMappingsOf } from "../settings/app-settings.ts";
import { mappingRow } from "../settings/mapping-row.ts";
import { actionsOf } from "../settings/object-mapping.ts";

/** @throws AppError source-incomplete where there is no such app, or several, or several jobs; unauthorized, unreachable */
export async function readEntraSetup(
  api: ManagementApi,
  { app, job: wanted }: { readonly app: string; readonly job?: string | undefined },
): Promise<ShownSetup> {
  const application = await findApplication(api, app);
  const jobs = wanted === undefined ? await listJobs(api, application.id) : undefined;
  if (jobs?.length === 0) return notConfigured(application.displayName);
  const job = await findJob(api, application, wanted);
  const schema = await getSchema(api, { servicePrincipalId: application.id, jobId: job.id });
  const [users, groups] = (["users", "groups"] as const).map((of) => {
    const all = objectMappingsOf(schema, of);
    return all.find(({ enabled }) => enabled !== false) ?? all[0];
  });
  return {
    appName: application.displayName,
    settings: new Map([
      ["integration", shown(integrationOf(job) === "gallery" ? "catalog" : "manual")],
      ["provisioning", shown(true)],
      ...hidden,
      ["job-state", shown(stateOf(job))],
      ...objectSettings("users", users),
      ...objectSettings("groups", groups),
    ]),
    mappings: { users: rowsOf(users), groups: rowsOf(groups) },
  };
}

type Setting = readonly [SetupSetting, ShownValue];

const shown = (value: string | boolean): ShownValue => ({ kind: "shown", value });

/** What Microsoft Graph keeps among the secrets of the job, of which no call is published that reads them. */
const hidden: readonly Setting[] = (
  [
    [
      "scim-url",
      "Microsoft Graph has no published way to read the Tenant URL; give --tenant-url to check it",
    ],
    ["token", "Microsoft Graph shows no token; Test Connection tells whether it is accepted"],
    ["scope", "Microsoft Graph does not show SyncAll"],
  ] as const
).map(([name, why]) => [name, { kind: "not-shown", why }]);

/** An app without a job: Provisioning Mode is still Manual. */
function notConfigured(appName: string): ShownSetup {
  return {
    appName,
    settings: new Map([["provisioning", shown(false)], ...hidden]),
    mappings: { users: [], groups: [] },
  };
}

function stateOf({ status, schedule }: SynchronizationJob): string {
  const { code } = status;
  if (code === "Quarantine") return "in quarantine";
  if (code === "Paused" || schedule?.state === "Paused") return "paused";
  return code === "Active" ? "running" : "not started";
}

function objectSettings(of: "users" | "groups", object: ObjectMapping | undefined): readonly Setting[] {
  if (object === undefined) return [[`${of}-enabled`, shown(false)]];
  const { create, update, delete: deletes } = actionsOf(object);
  return [
    [`${of}-enabled`, shown(object.enabled !== false)],
    [`${of}-create`, shown(create)],
    [`${of}-update`, shown(update)],
    [`${of}-delete`, shown(deletes)],
    [`${of}-scope`, shown(scopeOf(object))],
  ];
}

/** Filters of any kind count: what is outside them is not provisioned. */
function scopeOf({ scope }: ObjectMapping): string {
  const filters = [scope?.groups, scope?.inputFilterGroups, scope?.categoryFilterGroups].flatMap(
    (groups) => groups ?? [],
  );
  if (filters.length === 0) return "All records";
  const names = filters.flatMap(({ name }) => name ?? []);
  return [plural(filters.length, "scoping filter"), ...(names.length === 0 ? [] : [nameList(names)])].join(
    ": ",
  );
}

function rowsOf(object: ObjectMapping | undefined): readonly ShownMapping[] {
  return (object?.attributeMappings ?? []).map(shownRow);
}

function shownRow(row: AttributeMapping): ShownMapping {
  const { target, source, matching, applies, defaultIfNull } = mappingRow(row);
  return {
    target,
    source: sourceOf(source, defaultIfNull),
    onlyAtCreation: applies === "only-during-creation",
    isMatching: matching !== undefined,
  };
}

/** A default value is sent where the source is empty: the row is another one with it. */
function sourceOf(source: ReturnType<typeof mappingRow>["source"], byDefault: string | undefined): string {
  const text = sourceText(source, byDefault);
  return byDefault === undefined || source.kind === "none" ? text : `${text}, default "${byDefault}"`;
}

/** As the console writes it: an attribute by its name, a constant in quotes. */
function sourceText(source: ReturnType<typeof mappingRow>["source"], byDefault: string | undefined): string {
  switch (source.kind) {
    case "direct":
      return source.attribute;
    case "constant":
      return `"${source.value}"`;
    case "expression":
      return source.text;
    case "none":
      return byDefault === undefined ? "" : `"${byDefault}"`;
    default:
      return source satisfies never;
  }
}
