/** How the app is set up: the job's schema and settings, the app's roles; and what Microsoft Graph does not tell. */

import type { AppRole } from "../../../directory/app-role.ts";
import {
  documentedEntraSettings,
  type EntraAppSettings,
  type EntraIntegration,
  type EntraObjectMapping,
} from "../../../directory/entra-app-settings.ts";
import type { AssumedSetting, NotEvaluated } from "../../../directory/provider-finding.ts";
import { AppError } from "../../../ground/errors.ts";
import { printable } from "../../../ground/text/printable.ts";
import type { ServicePrincipal } from "../../../management/graph/applications.ts";
import type { SynchronizationJob } from "../../../management/graph/synchronization-jobs.ts";
import type {
  ObjectMapping,
  SynchronizationSchema,
} from "../../../management/graph/synchronization-schema.ts";
import { assumedSettings, type StatedSettings } from "./assumed.ts";
import { readMapping, type ReadMapping } from "./object-mapping.ts";

/** What Graph says of an app. */
export interface AppDescription {
  readonly application: ServicePrincipal;
  readonly job: SynchronizationJob;
  readonly schema: SynchronizationSchema;
}

export interface ReadSettings {
  /** With the default domain still to be read, where `readsDefaultDomain`. */
  readonly settings: EntraAppSettings;
  readonly notEvaluated: readonly NotEvaluated[];
  readonly assumed: readonly AssumedSetting[];
  /** The attributes of users that mappings and filters read. */
  readonly userSources: readonly string[];
  readonly readsDefaultDomain: boolean;
}

/** @throws AppError source-incomplete for a schema without a mapping of users, or one that decides on scope or name and cannot be evaluated */
export function readSettings(app: AppDescription, stated: StatedSettings): ReadSettings {
  const integration = integrationOf(app.job);
  const users = mappingOf(app.schema, "users", integration);
  if (users === undefined) {
    throw new AppError("source-incomplete", "The schema of the synchronization job maps no users.", {
      hint: "Check in the Entra admin center: Provisioning > Attribute mapping.",
    });
  }
  const groups = mappingOf(app.schema, "groups", integration);
  const { values, assumed } = assumedSettings(stated, app.job, integration);
  return {
    settings: {
      ...documentedEntraSettings,
      ...values,
      idp: "entra",
      integration,
      appRoles: appRolesOf(app.application),
      users: users.mapping,
      groups: groups?.mapping ?? noGroups,
      accidentalDeletionThreshold: deletionThreshold(app.job),
    },
    notEvaluated: [...users.notEvaluated, ...(groups?.notEvaluated ?? [])],
    assumed,
    userSources: users.sources,
    readsDefaultDomain: users.readsDefaultDomain || groups?.readsDefaultDomain === true,
  };
}

const noGroups: EntraObjectMapping = { ...documentedEntraSettings.groups, enabled: false };

/** The names of templates whose jobs are of an app of one's own (Microsoft Graph: Configure provisioning using Microsoft Graph APIs). */
const ownTemplates: ReadonlySet<string> = new Set(["scim", "customappsso"]);

/** The id of a job begins with its template: `scim.<tenant>.<id>`. */
export function isOwnTemplate({ templateId, id }: Pick<SynchronizationJob, "templateId" | "id">): boolean {
  return ownTemplates.has((templateId ?? id.split(".")[0] ?? "").toLowerCase());
}

export function integrationOf(job: SynchronizationJob): EntraIntegration {
  return isOwnTemplate(job) ? "non-gallery" : "gallery";
}

/** Directories of Microsoft's own that a rule may write to: such a rule imports, and does not provision the app. */
const ownDirectory = /azure active directory|\bentra\b/i;

const objectNames = { users: "user", groups: "group" } as const;

function mappingOf(
  schema: SynchronizationSchema,
  of: "users" | "groups",
  integration: EntraIntegration,
): ReadMapping | undefined {
  const object = onlyOne(objectMappingsOf(schema, of), of);
  return object === undefined ? undefined : readMapping(object, of, integration);
}

/** Those of users or groups that provision the app. */
export function objectMappingsOf(
  schema: SynchronizationSchema,
  of: "users" | "groups",
): readonly ObjectMapping[] {
  return provisioningRules(schema).flatMap(({ objectMappings }) => mappingsIn(objectMappings, of));
}

function provisioningRules(schema: SynchronizationSchema): SynchronizationSchema["synchronizationRules"] {
  return schema.synchronizationRules.filter(
    ({ targetDirectoryName }) => targetDirectoryName == null || !ownDirectory.test(targetDirectoryName),
  );
}

function mappingsIn(
  objectMappings: SynchronizationSchema["synchronizationRules"][number]["objectMappings"],
  of: "users" | "groups",
): readonly ObjectMapping[] {
  return (objectMappings ?? []).filter(
    ({ sourceObjectName }) => sourceObjectName.toLowerCase() === objectNames[of],
  );
}

/** Id of the rule that provisions users, or groups: the one whose mapping is read; undefined where there is none. */
export function ruleIdFor(schema: SynchronizationSchema, of: "users" | "groups"): string | undefined {
  const mapping = onlyOne(objectMappingsOf(schema, of), of);
  const rule = provisioningRules(schema).find(
    ({ objectMappings }) => mapping !== undefined && objectMappings?.includes(mapping),
  );
  return rule?.id ?? undefined;
}

/** Of several, the one that is enabled. */
function onlyOne(found: readonly ObjectMapping[], of: "users" | "groups"): ObjectMapping | undefined {
  if (found.length < 2) return found[0];
  const enabled = found.filter((one) => one.enabled !== false);
  if (enabled.length < 2) return enabled[0] ?? found[0];
  throw new AppError(
    "source-incomplete",
    `The synchronization job has ${enabled.length} mappings of ${of}: ${enabled.map(({ name, targetObjectName }) => printable(name ?? targetObjectName)).join(", ")}.`,
    {
      hint: `Only a job with one mapping of ${of} can be read. Switch the others off, if they are not for Astro.`,
    },
  );
}

/** Roles that can be assigned and have no value are called by their display name. */
function appRolesOf({ appRoles }: ServicePrincipal): readonly AppRole[] {
  return (appRoles ?? []).map((role) => {
    const displayName = role.displayName ?? role.value ?? role.id;
    return { id: role.id, value: nameOfRole(role), displayName };
  });
}

/** By which a user's `appRoleAssignments` name a role. */
export function nameOfRole({
  id,
  value,
  displayName,
}: Readonly<{
  id: string;
  value?: string | null | undefined;
  displayName?: string | null | undefined;
}>): string {
  return value != null && value !== "" ? value : (displayName ?? id);
}

/** "Prevent accidental deletion" is two settings of the job (Microsoft Graph: synchronizationJob). */
function deletionThreshold({ synchronizationJobSettings }: SynchronizationJob): number | undefined {
  const valueOf = (name: string): string | undefined =>
    synchronizationJobSettings?.find((setting) => setting.name === name)?.value ?? undefined;
  if (valueOf("QuarantineTooManyDeletes")?.toLowerCase() !== "true") return undefined;
  const threshold = Number(valueOf("QuarantineTooManyDeletesThreshold"));
  return Number.isInteger(threshold) && threshold > 0 ? threshold : undefined;
}
