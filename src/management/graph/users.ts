/** Users, deleted users, and the default domain of the tenant. */

import * as z from "zod";
import type { ListOptions, ManagementApi } from "../management-api.ts";
import { countOfList, eventualConsistency, mostEntries, segment, withQuery } from "./odata.ts";
import { graphPermissions } from "./permissions.ts";

/** Which attributes are there is the caller's choice: every one that is not asked for is missing. */
export const graphUser = z.looseObject({
  id: z.string().min(1),
  userPrincipalName: z.string().nullish(),
  displayName: z.string().nullish(),
  mail: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
  userType: z.string().nullish(),
  manager: z.looseObject({ id: z.string() }).nullish(),
});

export type GraphUser = z.infer<typeof graphUser>;

/** What is read of users. */
export interface UserFields {
  /** Properties of Microsoft Graph. */
  readonly select: readonly string[];
  /** With the id of each user's manager: then the answer does not say how many users there are, and they are counted apart. */
  readonly manager: boolean;
}

const expandManager = "manager($select=id)";

/** Every user of the tenant who is not deleted. */
export async function listUsers(
  api: ManagementApi,
  { select, manager }: UserFields,
  options?: ListOptions,
): Promise<readonly GraphUser[]> {
  const purpose = { reads: "the users", needs: graphPermissions.user };
  // Inferred: $expand and the engine that counts exclude each other (Microsoft Graph: Advanced query capabilities).
  const path = withQuery("/users", {
    select,
    top: mostEntries,
    ...(manager ? { expand: expandManager } : { count: true }),
  });
  return await api.list(path, graphUser, purpose, {
    ...options,
    ...(manager ? {} : { headers: eventualConsistency }),
    countedAt: countOfList(path),
  });
}

/** One user by id; undefined where there is none. */
export async function findUser(
  api: ManagementApi,
  id: string,
  { select, manager }: UserFields,
): Promise<GraphUser | undefined> {
  const path = withQuery(`/users/${segment(id)}`, {
    select,
    ...(manager ? { expand: expandManager } : {}),
  });
  const purpose = { reads: "the users assigned to the application", needs: graphPermissions.user };
  return await api.find(path, graphUser, purpose, { id });
}

/** Users in the recycle bin, from which they come back with their memberships and assignments. */
export async function listDeletedUsers(
  api: ManagementApi,
  { select }: Pick<UserFields, "select">,
  options?: ListOptions,
): Promise<readonly GraphUser[]> {
  const path = withQuery("/directory/deletedItems/microsoft.graph.user", { select, top: mostEntries });
  return await api.list(
    path,
    graphUser,
    { reads: "the deleted users", needs: graphPermissions.user },
    options,
  );
}

const organization = z.looseObject({
  verifiedDomains: z.array(z.looseObject({ name: z.string(), isDefault: z.boolean().nullish() })),
});

/** The default domain of the tenant, for DefaultDomain(); undefined where none is marked. */
export async function findDefaultDomain(api: ManagementApi): Promise<string | undefined> {
  const organizations = await api.list(
    withQuery("/organization", { select: ["id", "verifiedDomains"] }),
    organization,
    { reads: "the domains of the tenant", needs: graphPermissions.organization },
  );
  return organizations.flatMap(({ verifiedDomains }) => verifiedDomains).find(({ isDefault }) => isDefault)
    ?.name;
}
