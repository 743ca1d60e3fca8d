/** Push Groups: which groups are pushed to the app, and how the last push went (Okta API: GroupPushMapping). */

import * as z from "zod";
import type { ManagementApi } from "../management-api.ts";
import { oktaScopes } from "./scopes.ts";

const pushMapping = z.object({
  id: z.string(),
  /** `ACTIVE`, `INACTIVE`, `ERROR`. */
  status: z.string(),
  sourceGroupId: z.string(),
  /** Okta's id of the app's group that is pushed to: its name is the name of the Team. */
  targetGroupId: z.string().nullish(),
  errorSummary: z.string().nullish(),
  lastPush: z.string().nullish(),
});

export type PushMapping = z.infer<typeof pushMapping>;

export async function listPushMappings(api: ManagementApi, appId: string): Promise<readonly PushMapping[]> {
  return api.list(`/api/v1/apps/${encodeURIComponent(appId)}/group-push/mappings?limit=1000`, pushMapping, {
    reads: "the app's push groups",
    needs: `${oktaScopes.apps} and ${oktaScopes.groups}`,
  });
}
