/** How the live app is set up, as settings of a fixture: read, not assumed, as far as Okta shows it. */

import { expressionOf } from "../../../astro/okta-attributes/okta-app-attribute.ts";
import {
  documentedOktaSettings,
  type OktaAppSettings,
  type OktaIntegration,
} from "../../../directory/app-settings.ts";
import type { Directory } from "../../../directory/directory.ts";
import type { AssumedSetting, NotEvaluated } from "../../../directory/provider-finding.ts";
import type { OktaApp, UserProvisioning } from "../../../management/okta/apps.ts";
import type { ProfileMapping, SchemaAttribute } from "../../../management/okta/profile-mappings.ts";
import type { ProvisionedApp } from "../find-app.ts";
import type { AssignedUser } from "../directory/read-assignments.ts";
import { pathOf, readMappings } from "./app-mappings.ts";
import { attributesRead, evaluableMappings } from "./evaluable.ts";
import { userNameExpression } from "./username-template.ts";
import { withUserNames } from "./user-names.ts";

export interface SettingsSources {
  readonly found: ProvisionedApp;
  readonly mappings: readonly ProfileMapping[];
  readonly schema: ReadonlyMap<string, SchemaAttribute>;
  readonly assigned: readonly AssignedUser[];
  readonly directory: Directory;
}

export interface ReadSettings {
  readonly settings: OktaAppSettings;
  /** With the userNames that Okta has for users where the format of the app does not make them. */
  readonly directory: Directory;
  readonly notEvaluated: readonly NotEvaluated[];
  readonly assumed: readonly AssumedSetting[];
}

/** @throws AppError source-incomplete where Okta lists no mapping */
export function readSettings(sources: SettingsSources): ReadSettings {
  const { found, schema, directory } = sources;
  const { app, provisioning } = found;
  const read = readMappings(sources.mappings, schema);
  const userName = userNameExpression(app.credentials?.userNameTemplate);
  // Okta allows a Team of another name only while the setting is off (Okta API: GroupPushMapping, targetGroupName).
  const groupOfOtherName = [...directory.groups.values()].some(({ teamName }) => teamName !== undefined);
  const expressions = Object.values(read.mappings).map(expressionOf);
  const settings: OktaAppSettings = {
    ...documentedOktaSettings,
    integration: integrationOf(app),
    applicationUsername: userName ?? documentedOktaSettings.applicationUsername,
    ...togglesOf(app, provisioning),
    importGroups: app.features.includes("IMPORT_NEW_USERS"),
    appProperties: appPropertiesOf(app),
    customAttributes: attributesRead([...expressions, ...(userName === undefined ? [] : [userName])]),
    mappings: read.mappings,
    renameGroups: !groupOfOtherName,
  };
  // The format of the userName is asked about by itself: no mapping reads it.
  const evaluable = evaluableMappings(
    { ...settings, applicationUsername: "user.login" },
    directory,
    (name, entry) => pathOf(name, entry, schema.get(name)),
  );
  const named = withUserNames({ ...settings, mappings: evaluable.mappings }, directory, {
    assigned: sources.assigned,
    format: userName,
  });
  return {
    ...named,
    notEvaluated: [...read.notEvaluated, ...evaluable.notEvaluated],
    assumed: groupOfOtherName ? [pushesImmediately] : [renamesGroups, pushesImmediately],
  };
}

/**
 * Okta's templates of SCIM test apps, and apps of one's own, whose names end with a number, are set up with a SCIM URL; every
 * other name is that of an app of the catalog. Inferred: nothing documents the names.
 */
export function integrationOf({ name = "" }: OktaApp): OktaIntegration {
  if (/_oiw_\d+$/.test(name)) return "wizard";
  return /^scim2|_\d+$/.test(name) ? "manual" : "catalog";
}

type Toggles = Pick<OktaAppSettings, "createUsers" | "updateUserAttributes" | "deactivateUsers">;

/** Of the feature where Okta shows it, otherwise of the app's list of features. */
export function togglesOf(
  { features }: Pick<OktaApp, "features">,
  provisioning: UserProvisioning | undefined,
): Toggles {
  const { create, update } = provisioning?.capabilities ?? {};
  const isOn = (
    setting: { readonly status?: string | null | undefined } | null | undefined,
    feature: string,
  ): boolean =>
    typeof setting?.status === "string" ? setting.status === "ENABLED" : features.includes(feature);
  return {
    createUsers: isOn(create?.lifecycleCreate, "PUSH_NEW_USERS"),
    updateUserAttributes: isOn(update?.profile, "PUSH_PROFILE_UPDATES"),
    deactivateUsers: isOn(update?.lifecycleDeactivate, "PUSH_USER_DEACTIVATION"),
  };
}

/** What `app.<property>` reads. */
function appPropertiesOf({ settings }: OktaApp): OktaAppSettings["appProperties"] {
  return Object.fromEntries(
    Object.entries(settings?.app ?? {}).flatMap(([name, value]) =>
      typeof value === "string" || typeof value === "number" || typeof value === "boolean"
        ? [[name, String(value)]]
        : [],
    ),
  );
}

const renamesGroups: AssumedSetting = {
  setting: "Rename app groups to match group name in Okta",
  value: "on",
  why: "Okta's API does not show it",
};

const pushesImmediately: AssumedSetting = {
  setting: "Push group memberships immediately",
  value: "on",
  why: "Okta's API does not show it",
};
