/** How the app is set up in a live Okta, for a comparison with the sheet: also an app that is not provisioned yet. */

import type { SetupSetting, ShownMapping, ShownSetup, ShownValue } from "../../../directory/shown-setup.ts";
import {
  findConnection,
  findUserProvisioning,
  type OktaApp,
  type ProvisioningConnection,
  type UserProvisioning,
} from "../../../management/okta/apps.ts";
import { listMappingsTo, type ProfileMapping } from "../../../management/okta/profile-mappings.ts";
import type { ManagementApi } from "../../../management/management-api.ts";
import { findNamed } from "../find-app.ts";
import { integrationOf, togglesOf } from "../settings/app-settings.ts";
import { userNameExpression } from "../settings/username-template.ts";

/** @throws AppError source-incomplete where there is no such app, or several; unauthorized, unreachable */
export async function readOktaSetup(api: ManagementApi, named: string): Promise<ShownSetup> {
  const app = await findNamed(api, named);
  const [provisioning, connection, mappings] = await Promise.all([
    findUserProvisioning(api, app.id),
    findConnection(api, app.id),
    listMappingsTo(api, app.id),
  ]);
  return {
    appName: app.label,
    settings: new Map(settingsOf({ app, provisioning, connection })),
    mappings: { users: shownMappings(mappings), groups: [] },
  };
}

interface Read {
  readonly app: OktaApp;
  readonly provisioning: UserProvisioning | undefined;
  readonly connection: ProvisioningConnection | undefined;
}

type Setting = readonly [SetupSetting, ShownValue];

const shown = (value: string | boolean): ShownValue => ({ kind: "shown", value });
const notShown = (why: string): ShownValue => ({ kind: "not-shown", why });

function settingsOf({ app, provisioning, connection }: Read): readonly Setting[] {
  const { features } = app;
  const isProvisioned =
    app.status === "ACTIVE" &&
    features.length > 0 &&
    provisioning?.status !== "DISABLED" &&
    connection?.status !== "DISABLED";
  return [
    ["integration", shown(integrationOf(app) === "catalog" ? "catalog" : "manual")],
    ["provisioning", shown(isProvisioned)],
    ["scim-url", addressOf(connection)],
    ["unique-identifier", notShown("Okta's API does not show it")],
    ["authentication-mode", notShown("Okta's API does not show it")],
    ["token", notShown("Okta shows no token; Test Connector Configuration tells whether it is accepted")],
    ["push-groups", shown(features.includes("GROUP_PUSH"))],
    [
      "import-users",
      shown(features.includes("IMPORT_NEW_USERS") || features.includes("IMPORT_PROFILE_UPDATES")),
    ],
    ["import-groups", notShown("Okta's API does not show it apart from other imports")],
    ...toggleSettings(app, provisioning),
    ...userNameSettings(app),
  ];
}

function addressOf(connection: ProvisioningConnection | undefined): ShownValue {
  const url = connection?.baseUrl ?? "";
  return url === "" ? notShown("Okta does not show it for this kind of app") : shown(url);
}

/** What the app supports is seen only where it is switched on. */
function toggleSettings(app: OktaApp, provisioning: UserProvisioning | undefined): readonly Setting[] {
  const { createUsers, updateUserAttributes, deactivateUsers } = togglesOf(app, provisioning);
  const supported = (isOn: boolean, toggle: string): ShownValue =>
    isOn ? shown(true) : notShown(`Okta shows it only while ${toggle} is on`);
  const password = provisioning?.capabilities?.update?.password?.status;
  return [
    ["push-new-users", supported(createUsers, "Create Users")],
    ["push-profile-updates", supported(updateUserAttributes, "Update User Attributes")],
    ["create-users", shown(createUsers)],
    ["update-user-attributes", shown(updateUserAttributes)],
    ["deactivate-users", shown(deactivateUsers)],
    [
      "sync-password",
      typeof password === "string"
        ? shown(password === "ENABLED")
        : notShown("Okta does not show it for this kind of app"),
    ],
  ];
}

/** "Update application username on" is in the template, where Okta shows it (Okta API: ApplicationCredentialsUsernameTemplate). */
function userNameSettings({ credentials }: OktaApp): readonly Setting[] {
  const template = credentials?.userNameTemplate;
  const status = template?.pushStatus;
  return [
    ["username-format", shown(userNameExpression(template) ?? "")],
    [
      "username-updates",
      typeof status === "string"
        ? shown(status === "PUSH" ? "Create and update" : "Create only")
        : notShown("Okta's API does not show it for this format"),
    ],
  ];
}

/**
 * One row an attribute. Each type of user has mappings of its own: where they differ, the row has all of their sources, so that none of
 * them passes for the others.
 */
export function shownMappings(all: readonly Pick<ProfileMapping, "properties">[]): readonly ShownMapping[] {
  const targets = new Set(all.flatMap(({ properties }) => Object.keys(properties)));
  return [...targets].flatMap((target): readonly ShownMapping[] => {
    const rows = all.map(({ properties }) => properties[target]);
    const sources = [...new Set(rows.map((row) => row?.expression?.trim() ?? ""))];
    if (target === "userName" || sources.every((source) => source === "")) return [];
    const source = sources.map((one) => (sources.length > 1 && one === "" ? "no mapping" : one)).join(" or ");
    const onlyAtCreation = rows.some((row) => row?.pushStatus === "DONT_PUSH");
    return [{ target, source, onlyAtCreation, isMatching: false }];
  });
}
