/** Users who are assigned to the app, and how their provisioning stands (Okta API: Application Users). */

import * as z from "zod";
import type { ManagementApi } from "../management-api.ts";
import { oktaScopes } from "./scopes.ts";
import { oktaUser } from "./users.ts";

const appUser = z.object({
  /** Okta's id of the user. */
  id: z.string(),
  /** The SCIM id; missing for one who is not provisioned. */
  externalId: z.string().nullish(),
  /** `USER`: assigned one by one; `GROUP`: through a group. */
  scope: z.string(),
  status: z.string(),
  statusChanged: z.string().nullish(),
  lastUpdated: z.string().nullish(),
  syncState: z.string().nullish(),
  lastSync: z.string().nullish(),
  credentials: z.object({ userName: z.string().nullish() }).nullish(),
  _embedded: z.object({ user: oktaUser.nullish() }).nullish(),
  _links: z.object({ group: z.object({ href: z.string() }).nullish() }).nullish(),
});

export type AppUser = z.infer<typeof appUser>;

export async function listAppUsers(
  api: ManagementApi,
  appId: string,
  onPage: (read: number) => void,
): Promise<readonly AppUser[]> {
  return api.list(
    `/api/v1/apps/${encodeURIComponent(appId)}/users?limit=500&expand=user`,
    appUser,
    { reads: "the users assigned to the app", needs: oktaScopes.apps },
    { onPage },
  );
}
