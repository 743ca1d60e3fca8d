/** What is shown of a user: the properties that were asked for, and the manager. */

import type { DirectoryUser } from "../../../directory/directory.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { Company } from "../../company/company.ts";
import { isDeleted, type DirectoryView } from "../directory-view.ts";
import { unsupportedQuery } from "../graph-error.ts";
import { selected } from "../odata/list-answer.ts";
import { defaultUserProperties, isUserProperty } from "./user-properties.ts";
import { userValue } from "./user.ts";

/** @throws GraphError 400 for a property that users do not have */
export function showUser(
  user: DirectoryUser,
  company: Company,
  select: readonly string[] | undefined,
): JsonObject {
  return selected((name) => userValue(user, company, name), select ?? defaultUserProperties, {
    known: isUserProperty,
    type: "microsoft.graph.user",
  });
}

/** `manager($select=id)`: undefined where it is not asked for. */
export interface ManagerExpand {
  readonly select: readonly string[] | undefined;
}

/** @throws GraphError 400 for anything but the manager */
export function readExpand(text: string | undefined): ManagerExpand | undefined {
  if (text === undefined || text === "") return undefined;
  const found = /^manager(?:\(\$select=([\w,]+)\))?$/.exec(text);
  if (found === null) throw unsupportedQuery(`'${text}' cannot be expanded.`);
  return { select: found[1]?.split(",") };
}

/** Nothing where the user has no manager, or one who is deleted. */
export function expandedManager(
  user: DirectoryUser,
  view: DirectoryView,
  { expand, company }: { readonly expand: ManagerExpand | undefined; readonly company: Company },
): { readonly manager: JsonObject } | undefined {
  const manager = expand === undefined ? undefined : managerOf(user, view);
  if (manager === undefined) return undefined;
  return {
    manager: {
      "@odata.type": "#microsoft.graph.user",
      ...showUser(manager, company, expand?.select),
    },
  };
}

/** A profile names a manager by key or object id. */
function managerOf({ profile }: DirectoryUser, view: DirectoryView): DirectoryUser | undefined {
  const { manager } = profile;
  if (typeof manager !== "string") return undefined;
  const found = view.directory.users.get(manager) ?? view.userById.get(manager);
  return found === undefined || isDeleted(found) ? undefined : found;
}
