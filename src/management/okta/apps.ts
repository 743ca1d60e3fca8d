/** The app and how its provisioning is switched on (Okta API: Applications, ApplicationFeatures, ApplicationConnections). */

import * as z from "zod";
import type { ManagementApi } from "../management-api.ts";
import { oktaScopes } from "./scopes.ts";

const oktaApp = z.object({
  id: z.string(),
  /** Of the app's kind: `scim2headerauth`; an app of one's own has a made-up one. */
  name: z.string().optional(),
  label: z.string(),
  status: z.string(),
  signOnMode: z.string().nullish(),
  features: z
    .array(z.string())
    .nullish()
    .transform((features) => features ?? []),
  credentials: z
    .looseObject({
      userNameTemplate: z
        .looseObject({
          template: z.string().nullish(),
          type: z.string().nullish(),
          pushStatus: z.string().nullish(),
        })
        .nullish(),
    })
    .nullish(),
  settings: z.object({ app: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});

export type OktaApp = z.infer<typeof oktaApp>;

const purpose = { reads: "the app", needs: oktaScopes.apps };

/** Undefined where there is none with this id, for these credentials. */
export async function findApp(api: ManagementApi, id: string): Promise<OktaApp | undefined> {
  return api.find(`/api/v1/apps/${encodeURIComponent(id)}`, oktaApp, purpose, { id });
}

/** The apps whose label or name begins so. */
export async function listApps(api: ManagementApi, beginning: string): Promise<readonly OktaApp[]> {
  const path = `/api/v1/apps?q=${encodeURIComponent(beginning)}&limit=200`;
  return api.list(path, oktaApp, { reads: "the apps", needs: oktaScopes.apps });
}

const setting = z.object({ status: z.string().nullish() }).nullish();

const userProvisioning = z.object({
  name: z.string(),
  status: z.string().nullish(),
  capabilities: z
    .looseObject({
      create: z.object({ lifecycleCreate: setting }).nullish(),
      update: z.object({ profile: setting, lifecycleDeactivate: setting, password: setting }).nullish(),
    })
    .nullish(),
});

export type UserProvisioning = z.infer<typeof userProvisioning>;

/** The tick boxes under Provisioning > To App; undefined where Okta says that the app has no such feature. */
export async function findUserProvisioning(
  api: ManagementApi,
  appId: string,
): Promise<UserProvisioning | undefined> {
  return api.find(
    `/api/v1/apps/${encodeURIComponent(appId)}/features/USER_PROVISIONING`,
    userProvisioning,
    { reads: "the app's provisioning settings", needs: oktaScopes.apps },
    { absentStatuses: [400] },
  );
}

const connection = z.object({
  /** `ENABLED`, `DISABLED`, `UNKNOWN`. */
  status: z.string(),
  baseUrl: z.string().nullish(),
});

export type ProvisioningConnection = z.infer<typeof connection>;

/** Undefined where Okta does not show a connection for this kind of app. */
export async function findConnection(
  api: ManagementApi,
  appId: string,
): Promise<ProvisioningConnection | undefined> {
  return api.find(
    `/api/v1/apps/${encodeURIComponent(appId)}/connections/default`,
    connection,
    { reads: "the app's provisioning connection", needs: oktaScopes.apps },
    { absentStatuses: [400] },
  );
}
