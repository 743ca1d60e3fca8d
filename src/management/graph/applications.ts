/** Enterprise applications: service principals, and who is assigned to them. */

import * as z from "zod";
import type { ListOptions, ManagementApi } from "../management-api.ts";
import { countOfList, mostEntries, quoted, segment, withQuery } from "./odata.ts";
import { graphPermissions } from "./permissions.ts";

const appRole = z.looseObject({
  id: z.string(),
  displayName: z.string().nullish(),
  /** What tokens and provisioning have; null of a role that is only for assigning. */
  value: z.string().nullish(),
});

export const servicePrincipal = z.looseObject({
  id: z.string().min(1),
  appId: z.string().min(1),
  displayName: z.string(),
  appRoles: z.array(appRole).nullish(),
});

export type ServicePrincipal = z.infer<typeof servicePrincipal>;

export const appRoleAssignment = z.looseObject({
  principalId: z.string().min(1),
  principalType: z
    .string()
    .refine(
      (type) => /^(?:user|group|serviceprincipal)$/i.test(type),
      "User, Group or ServicePrincipal is expected",
    ),
  principalDisplayName: z.string().nullish(),
  /** All zeros: the default access, which is no role of the app. */
  appRoleId: z.string().nullish(),
});

export type AppRoleAssignment = z.infer<typeof appRoleAssignment>;

/** Whether it assigns a user or a group; others, such as applications, are not provisioned. */
export function isOfType({ principalType }: AppRoleAssignment, type: "User" | "Group"): boolean {
  return principalType.toLowerCase() === type.toLowerCase();
}

const selected = ["id", "appId", "displayName", "appRoles"] as const;

const purpose = { reads: "the enterprise application", needs: graphPermissions.application };

/** By the display name, in any case; or by the appId. */
export async function listServicePrincipals(
  api: ManagementApi,
  by: { readonly displayName: string } | { readonly appId: string },
): Promise<readonly ServicePrincipal[]> {
  const filter =
    "displayName" in by ? `displayName eq ${quoted(by.displayName)}` : `appId eq ${quoted(by.appId)}`;
  return await api.list(
    withQuery("/servicePrincipals", { filter, select: selected }),
    servicePrincipal,
    purpose,
  );
}

/** Those whose display name begins so, in any case; not more than `atMost`. */
export async function listServicePrincipalsBeginning(
  api: ManagementApi,
  beginning: string,
  atMost: number,
): Promise<readonly ServicePrincipal[]> {
  const filter = `startswith(displayName,${quoted(beginning)})`;
  const path = withQuery("/servicePrincipals", { filter, select: selected });
  return await api.list(path, servicePrincipal, purpose, { atMost });
}

/** By the object id; undefined where there is none. */
export async function findServicePrincipal(
  api: ManagementApi,
  id: string,
): Promise<ServicePrincipal | undefined> {
  const path = withQuery(`/servicePrincipals/${segment(id)}`, { select: selected });
  return await api.find(path, servicePrincipal, purpose);
}

export async function listAppRoleAssignments(
  api: ManagementApi,
  servicePrincipalId: string,
  options?: ListOptions,
): Promise<readonly AppRoleAssignment[]> {
  const path = withQuery(`/servicePrincipals/${segment(servicePrincipalId)}/appRoleAssignedTo`, {
    top: mostEntries,
  });
  return await api.list(
    path,
    appRoleAssignment,
    { reads: "the users and groups assigned to the application", needs: graphPermissions.application },
    { ...options, countedAt: countOfList(path) },
  );
}
