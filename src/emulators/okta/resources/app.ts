/** The app and its provisioning settings (Okta API: Applications, ApplicationFeatures, ApplicationConnections). */

import type { OktaAppSettings } from "../../../directory/app-settings.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { OktaContext } from "../context.ts";
import { timestamp } from "./times.ts";

/** The app that is provisioned, or another of the organization, of which there is no more than this. */
export interface ListedApp {
  readonly id: string;
  readonly label: string;
  readonly isOurs: boolean;
}

/** In the order of their ids. */
export function allApps({ company, ids, switches }: OktaContext): readonly ListedApp[] {
  const others = switches.otherApps.map((label, index) => ({
    id: ids("0oa", `${index} ${label}`),
    label,
    isOurs: false,
  }));
  return [{ id: company.appId, label: company.appName, isOurs: true }, ...others].toSorted((one, other) =>
    one.id < other.id ? -1 : 1,
  );
}

/** `scim2headerauth`: Okta's template of an app that sends its SCIM token in a header, as the System Log names it. */
const names: Readonly<Record<OktaAppSettings["integration"], string>> = {
  manual: "scim2headerauth",
  catalog: "astronomer",
  wizard: "astronomer_oiw_1",
};

export function appJson(context: OktaContext, app: ListedApp, origin: string): JsonObject {
  const { company, settings } = context;
  const times = company.timesOf(app.isOurs ? app.id : company.appId);
  const self = `${origin}/api/v1/apps/${app.id}`;
  return {
    id: app.id,
    orn: `orn:okta:idp:00o1n8sbwArJ7OQRw406:apps:${names[settings().integration]}:${app.id}`,
    name: app.isOurs ? names[settings().integration] : "bookmark",
    label: app.label,
    status: "ACTIVE",
    lastUpdated: timestamp(times?.updated),
    created: timestamp(times?.created),
    accessibility: { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null },
    visibility: {
      autoLaunch: false,
      autoSubmitToolbar: false,
      hide: { iOS: false, web: false },
      appLinks: {},
    },
    features: app.isOurs ? featuresOf(context) : [],
    signOnMode: app.isOurs ? "SAML_2_0" : "BOOKMARK",
    credentials: {
      userNameTemplate: app.isOurs ? userNameTemplate(settings().applicationUsername) : defaultTemplate,
      signing: {},
    },
    settings: {
      app: app.isOurs ? { ...settings().appProperties } : {},
      notifications: { vpn: { network: { connection: "DISABLED" }, message: null, helpUrl: null } },
      manualProvisioning: false,
      implicitAssignment: false,
    },
    _links: {
      self: { href: self },
      users: { href: `${self}/users` },
      groups: { href: `${self}/groups` },
      deactivate: { href: `${self}/lifecycle/deactivate` },
    },
  };
}

function featuresOf({ settings, switches }: OktaContext): readonly string[] {
  if (!switches.provisioning) return [];
  const { createUsers, updateUserAttributes, deactivateUsers, importGroups } = settings();
  return [
    "SCIM_PROVISIONING",
    ...(switches.groupPush ? ["GROUP_PUSH"] : []),
    ...(createUsers ? ["PUSH_NEW_USERS"] : []),
    ...(updateUserAttributes ? ["PUSH_PROFILE_UPDATES"] : []),
    ...(deactivateUsers ? ["PUSH_USER_DEACTIVATION", "REACTIVATE_USERS"] : []),
    ...(importGroups ? ["IMPORT_NEW_USERS", "IMPORT_PROFILE_UPDATES"] : []),
  ];
}

const defaultTemplate: JsonObject = { template: "${source.login}", type: "BUILT_IN" };

/** Okta API: ApplicationCredentialsUsernameTemplate; an expression that has no built-in template is a custom one. */
function userNameTemplate(expression: string): JsonObject {
  const written = expression.replaceAll(/\s+/g, "").replaceAll("'", '"');
  const builtIn = builtInTemplates.get(written);
  if (builtIn !== undefined) return { template: builtIn, type: "BUILT_IN" };
  return { template: expression, type: "CUSTOM", pushStatus: "PUSH" };
}

const builtInTemplates: ReadonlyMap<string, string> = new Map([
  ["user.email", "${source.email}"],
  ["user.login", "${source.login}"],
  ["String.toLowerCase(user.email)", "${fn:toLowerCase(source.email)}"],
  ["String.toLowerCase(user.login)", "${fn:toLowerCase(source.login)}"],
  ['String.substringBefore(user.email,"@")', '${fn:substringBefore(source.email, "@")}'],
  ['String.substringBefore(user.login,"@")', '${fn:substringBefore(source.login, "@")}'],
]);

/** The tick boxes under Provisioning > To App. */
export function featureJson({ company, settings, switches }: OktaContext, origin: string): JsonObject {
  const { createUsers, updateUserAttributes, deactivateUsers } = settings();
  const status = (isOn: boolean): JsonObject => ({ status: isOn ? "ENABLED" : "DISABLED" });
  return {
    name: "USER_PROVISIONING",
    status: "ENABLED",
    description: "User provisioning settings from Okta to a downstream application",
    capabilities: {
      create: { lifecycleCreate: status(createUsers) },
      update: {
        profile: status(updateUserAttributes),
        lifecycleDeactivate: status(deactivateUsers),
        password: { ...status(switches.syncPassword), seed: "RANDOM", change: "KEEP_EXISTING" },
      },
    },
    _links: {
      self: {
        href: `${origin}/api/v1/apps/${company.appId}/features/USER_PROVISIONING`,
        hints: { allow: ["GET", "PUT"] },
      },
    },
  };
}

export function connectionJson({ company, switches, scimBaseUrl }: OktaContext, origin: string): JsonObject {
  const self = `${origin}/api/v1/apps/${company.appId}/connections/default`;
  return {
    authScheme: "TOKEN",
    status: switches.provisioning ? "ENABLED" : "DISABLED",
    baseUrl: switches.shownBaseUrl ?? scimBaseUrl,
    profile: { authScheme: "TOKEN" },
    _links: {
      self: { href: self, hints: { allow: ["GET", "POST"] } },
      deactivate: { href: `${self}/lifecycle/deactivate`, hints: { allow: ["POST"] } },
    },
  };
}
