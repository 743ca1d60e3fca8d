/** Users who are assigned to the app, and how their provisioning stands (Okta API: Application Users). */

import * as z from "zod";
import type { ManagementApi, WriteAnswer } from "../management-api.ts";
import { oktaScopes, oktaWriteScopes } from "./scopes.ts";
import { oktaUser } from "./users.ts";

const appUser = z.object({
  /** Okta's id of the user. */
  id: z.string(),
  /** The SCIM id; missing for one who is not provisioned. */
  externalId: z.string().nullish(),
  /** `USER`: assigned one by one; `GROUP`: through a group. */
  scope: z.string(),
  status: z.string(),
  created: z.string().nullish(),
  statusChanged: z.string().nullish(),
  lastUpdated: z.string().nullish(),
  syncState: z.string().nullish(),
  lastSync: z.string().nullish(),
  credentials: z.object({ userName: z.string().nullish() }).nullish(),
  _embedded: z.object({ user: oktaUser.nullish() }).nullish(),
  _links: z.object({ group: z.object({ href: z.string(), name: z.string().nullish() }).nullish() }).nullish(),
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

/** Undefined where the user is not assigned to the app. */
export async function findAppUser(
  api: ManagementApi,
  appId: string,
  userId: string,
): Promise<AppUser | undefined> {
  return api.find(
    appUserPath(appId, userId),
    appUser,
    { reads: "a user assigned to the app", needs: oktaScopes.apps },
    { id: userId },
  );
}

const appProfile = z.object({ profile: z.record(z.string(), z.unknown()).nullish() });

/** The app profile of a user by Okta's names of its attributes; empty where there is none. */
export async function findAppProfile(
  api: ManagementApi,
  appId: string,
  userId: string,
): Promise<Readonly<Record<string, unknown>>> {
  const found = await api.find(appUserPath(appId, userId), appProfile, {
    reads: "a user assigned to the app",
    needs: oktaScopes.apps,
  });
  return found?.profile ?? {};
}

/** Assigns one user; what a mapping gives must not be repeated (E0000075). */
export async function assignAppUser(
  api: ManagementApi,
  appId: string,
  { id, userName }: { readonly id: string; readonly userName: string },
): Promise<WriteAnswer> {
  return api.write(
    {
      method: "POST",
      path: `/api/v1/apps/${encodeURIComponent(appId)}/users`,
      body: { id, scope: "USER", credentials: { userName } },
    },
    { does: "assign users to the app", needs: oktaWriteScopes.apps },
  );
}

/** Removes the assignment, with the app profile. Of somebody whom a group assigns, what this does is not documented. */
export async function unassignAppUser(
  api: ManagementApi,
  appId: string,
  userId: string,
): Promise<WriteAnswer> {
  return api.write(
    { method: "DELETE", path: `${appUserPath(appId, userId)}?sendEmail=false` },
    { does: "remove users from the app", needs: oktaWriteScopes.apps },
  );
}

/** An assignment of nobody: Okta refuses it as invalid where these credentials may assign users, and as forbidden where they may not. */
export async function assignNobody(api: ManagementApi, appId: string): Promise<WriteAnswer> {
  return api.write(
    { method: "POST", path: `/api/v1/apps/${encodeURIComponent(appId)}/users`, body: {} },
    { does: "assign users to the app", needs: oktaWriteScopes.apps },
  );
}

function appUserPath(appId: string, userId: string): string {
  return `/api/v1/apps/${encodeURIComponent(appId)}/users/${encodeURIComponent(userId)}`;
}
