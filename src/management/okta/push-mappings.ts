/** Push Groups: which groups are pushed to the app, and how the last push went (Okta API: GroupPushMapping). */

import * as z from "zod";
import type { ManagementApi, WriteAnswer } from "../management-api.ts";
import { oktaScopes, oktaWriteScopes } from "./scopes.ts";

const pushMapping = z.object({
  id: z.string(),
  /** `ACTIVE`, `INACTIVE`, `ERROR`. */
  status: z.string(),
  sourceGroupId: z.string(),
  /** Okta's id of the app's group that is pushed to: its name is the name of the Team. */
  targetGroupId: z.string().nullish(),
  errorSummary: z.string().nullish(),
  lastPush: z.string().nullish(),
  lastUpdated: z.string().nullish(),
  created: z.string().nullish(),
});

export type PushMapping = z.infer<typeof pushMapping>;

export async function listPushMappings(api: ManagementApi, appId: string): Promise<readonly PushMapping[]> {
  return api.list(`${listPath(appId)}?limit=1000`, pushMapping, {
    reads: "the app's push groups",
    needs: `${oktaScopes.apps} and ${oktaScopes.groups}`,
  });
}

/** Undefined where there is none with this id. */
export async function findPushMapping(
  api: ManagementApi,
  appId: string,
  id: string,
): Promise<PushMapping | undefined> {
  return api.find(
    mappingPath(appId, id),
    pushMapping,
    { reads: "a push group of the app", needs: `${oktaScopes.apps} and ${oktaScopes.groups}` },
    { id },
  );
}

/** The mappings of one group. */
export async function pushMappingsOf(
  api: ManagementApi,
  appId: string,
  groupId: string,
): Promise<readonly PushMapping[]> {
  const found = await api.list(
    `${listPath(appId)}?sourceGroupId=${encodeURIComponent(groupId)}&limit=1000`,
    pushMapping,
    { reads: "the push groups of the app", needs: `${oktaScopes.apps} and ${oktaScopes.groups}` },
  );
  return found.filter(({ sourceGroupId }) => sourceGroupId === groupId);
}

const writing = {
  does: "change the push groups of the app",
  needs: `${oktaWriteScopes.apps} and ${oktaWriteScopes.groups}`,
};

/** ACTIVE pushes all members at once; a mapping in ERROR takes no status. */
export async function setPushStatus(
  api: ManagementApi,
  mapping: { readonly appId: string; readonly id: string },
  status: "ACTIVE" | "INACTIVE",
): Promise<WriteAnswer> {
  return api.write(
    { method: "PATCH", path: mappingPath(mapping.appId, mapping.id), body: { status } },
    writing,
  );
}

/** Of one that is INACTIVE or in ERROR; the Team stays. */
export async function deletePushMapping(api: ManagementApi, appId: string, id: string): Promise<WriteAnswer> {
  return api.write({ method: "DELETE", path: `${mappingPath(appId, id)}?deleteTargetGroup=false` }, writing);
}

/** Creates the Team of that name in the app, or links to it, and pushes all members. */
export async function createPushMapping(
  api: ManagementApi,
  appId: string,
  { groupId, name }: { readonly groupId: string; readonly name: string },
): Promise<WriteAnswer> {
  return api.write(
    {
      method: "POST",
      path: listPath(appId),
      body: { sourceGroupId: groupId, targetGroupName: name, status: "ACTIVE" },
    },
    writing,
  );
}

/** A mapping of no group: refused as invalid where these credentials may make mappings, and as forbidden where they may not. */
export async function mapNoGroup(api: ManagementApi, appId: string): Promise<WriteAnswer> {
  return api.write({ method: "POST", path: listPath(appId), body: {} }, writing);
}

function listPath(appId: string): string {
  return `/api/v1/apps/${encodeURIComponent(appId)}/group-push/mappings`;
}

function mappingPath(appId: string, id: string): string {
  return `${listPath(appId)}/${encodeURIComponent(id)}`;
}
