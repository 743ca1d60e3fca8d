/** Users as they are read: those of the tenant, those in the recycle bin, and those who were missing in the list. */

import { AppError } from "../../../ground/errors.ts";
import { forEachBounded } from "../../../ground/for-each-bounded.ts";
import { nameList } from "../../../ground/text/name-list.ts";
import { printable } from "../../../ground/text/printable.ts";
import { plural } from "../../../ground/text/plural.ts";
import {
  findUser,
  listDeletedUsers,
  listUsers,
  type GraphUser,
  type UserFields,
} from "../../../management/graph/users.ts";
import { graphPermissions } from "../../../management/graph/permissions.ts";
import type { ManagementApi } from "../../../management/management-api.ts";
import { grant, requireShownUsers } from "./shown.ts";

/** By object id. */
export interface ReadUsers {
  readonly present: ReadonlyMap<string, GraphUser>;
  /** In the recycle bin. */
  readonly deleted: ReadonlyMap<string, GraphUser>;
}

export async function readUsers(
  api: ManagementApi,
  fields: UserFields,
  onUsers?: (read: number) => void,
): Promise<ReadUsers> {
  const present = await listUsers(api, fields, onUsers === undefined ? {} : { onPage: onUsers });
  requireWhole(present);
  const deleted = await listDeletedUsers(api, fields);
  requireShownUsers(deleted, "in the recycle bin");
  const isPresent = byId(present);
  // Who is restored while the lists are read is in both.
  return { present: isPresent, deleted: byId(deleted.filter(({ id }) => !isPresent.has(id))) };
}

/**
 * With the users of these ids: who was created after the list was read is asked for one by one.
 * @throws AppError source-incomplete for a user who is named somewhere and cannot be read
 */
export async function withMissingUsers(
  api: ManagementApi,
  users: ReadUsers,
  { ids, fields }: { readonly ids: ReadonlySet<string>; readonly fields: UserFields },
): Promise<ReadUsers> {
  const missing = [...ids].filter((id) => !users.present.has(id) && !users.deleted.has(id));
  if (missing.length === 0) return users;
  const found = new Map<string, GraphUser>();
  await forEachBounded(missing, 8, async (id) => {
    const user = await findUser(api, id, fields);
    if (user !== undefined) found.set(id, user);
  });
  const unreadable = missing.filter((id) => !found.has(id));
  if (unreadable.length > 0) {
    throw new AppError(
      "source-incomplete",
      `${plural(unreadable.length, "user")} assigned to the application cannot be read: ${printable(nameList(unreadable))}.`,
      {
        hint: "If they were just deleted, try again in a few minutes: Entra ID takes a while until all lists agree.",
      },
    );
  }
  const further = missing.flatMap((id) => found.get(id) ?? []);
  requireWhole(further);
  return { ...users, present: new Map([...users.present, ...byId(further)]) };
}

/** Nobody is without a name, and of everybody it is said whether they may sign in; mail is there, if only to say that there is none. */
function requireWhole(users: readonly GraphUser[]): void {
  requireShownUsers(users, "of the tenant");
  if (users.length > 0 && users.every(({ mail }) => mail === undefined)) {
    throw new AppError("source-incomplete", "Microsoft Graph does not show the mail of any user.", {
      hint: grant(graphPermissions.user),
    });
  }
  const unsaid = users.filter(({ accountEnabled }) => accountEnabled == null);
  if (unsaid.length === 0) return;
  throw new AppError(
    "source-incomplete",
    `Microsoft Graph does not show whether the account is enabled for ${plural(unsaid.length, "user")}.`,
    { hint: grant(graphPermissions.user) },
  );
}

function byId(users: readonly GraphUser[]): ReadonlyMap<string, GraphUser> {
  return new Map(users.map((user) => [user.id, user]));
}
