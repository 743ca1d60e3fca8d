/** Who and which groups are assigned to the app, at one moment: what is read of both belongs together. */

import { AppError } from "../../../ground/errors.ts";
import { forEachBounded } from "../../../ground/for-each-bounded.ts";
import type { ManagementApi } from "../../../management/management-api.ts";
import { listAppUsers, type AppUser } from "../../../management/okta/app-users.ts";
import { listAssignedGroups } from "../../../management/okta/groups.ts";
import { findUser, type OktaUser } from "../../../management/okta/users.ts";

/** An assignment with the user whose it is. */
export interface AssignedUser {
  readonly appUser: AppUser;
  readonly user: OktaUser;
}

export interface Assignments {
  readonly users: readonly AssignedUser[];
  readonly groupIds: readonly string[];
}

export interface AssignmentReading {
  readonly appId: string;
  readonly concurrency: number;
  readonly onUsers: (read: number) => void;
}

/** Assignments may change between the two lists: they are read again, this often altogether. */
const maxPasses = 3;

/**
 * @throws AppError source-incomplete where a user is assigned through a group that is not among those that Okta lists for the
 * app: the administrator's role does not reach it
 */
export async function readAssignments(api: ManagementApi, reading: AssignmentReading): Promise<Assignments> {
  let missing: readonly string[] = [];
  for (let pass = 1; pass <= maxPasses; pass += 1) {
    const appUsers = await listAppUsers(api, reading.appId, reading.onUsers);
    const groupIds = await listAssignedGroups(api, reading.appId);
    missing = unlistedGroups(appUsers, new Set(groupIds));
    if (missing.length === 0) return { users: await withUsers(api, appUsers, reading), groupIds };
  }
  throw new AppError(
    "source-incomplete",
    `Users are assigned to the app through the group ${missing[0] ?? ""}, and Okta does not list it among the groups of the app.`,
    {
      hint: "The admin role of these credentials may not reach all groups: Read-only Administrator reaches all of them.",
    },
  );
}

/** Okta links an assignment to the group that it is from. */
function unlistedGroups(appUsers: readonly AppUser[], listed: ReadonlySet<string>): readonly string[] {
  const ids = appUsers.flatMap(({ scope, _links }) => {
    const href = scope === "GROUP" ? _links?.group?.href : undefined;
    const id = href?.split(/[?#]/, 1)[0]?.split("/").at(-1);
    return id === undefined || id === "" ? [] : [id];
  });
  return [...new Set(ids)].filter((id) => !listed.has(id));
}

async function withUsers(
  api: ManagementApi,
  appUsers: readonly AppUser[],
  { concurrency }: AssignmentReading,
): Promise<readonly AssignedUser[]> {
  const found = new Map<string, OktaUser>();
  const withoutUser = appUsers.filter(({ _embedded }) => _embedded?.user == null);
  await forEachBounded(withoutUser, concurrency, async ({ id }) => {
    const user = await findUser(api, id);
    if (user === undefined) throw unreadableUser(id);
    found.set(id, user);
  });
  return appUsers.map((appUser) => {
    const user = appUser._embedded?.user ?? found.get(appUser.id);
    if (user === undefined || user.id !== appUser.id) throw unreadableUser(appUser.id);
    return { appUser, user };
  });
}

function unreadableUser(id: string): AppError {
  return new AppError("source-incomplete", `Okta does not show the user ${id}, who is assigned to the app.`, {
    hint: "The credentials need okta.users.read, and an admin role that reaches all users: Read-only Administrator does.",
  });
}
