/** What the expressions of a mapping see of a directory and of one of its users. */

import type { Directory, DirectoryGroup, DirectoryUser, UserKey } from "../../../directory/directory.ts";
import type { EvaluationContext, ExpressionGroup } from "../expression/context.ts";
import type { ExpressionValue } from "../expression/value.ts";
import type { AppValue } from "./app-attributes.ts";

/** The groups of one user, as expressions see them. */
export type GroupsOfUser = (user: UserKey) => readonly ExpressionGroup[];

/**
 * "Everyone" is Okta's own group of all users (Okta: About groups); its id is another in each organization. Inferred:
 * the groups of a directory are of the type OKTA_GROUP.
 */
const everyone: ExpressionGroup = { id: null, name: "Everyone", type: "BUILT_IN" };

/** So many users are looked up in each group; for more of them it is cheaper to go through all members once. */
const lookedUp = 8;

export function groupsOfUsers(directory: Directory): GroupsOfUser {
  let asked = 0;
  let all: ReadonlyMap<UserKey, readonly ExpressionGroup[]> | undefined;
  return (user) => {
    asked += 1;
    if (asked > lookedUp) all ??= groupsByUser(directory);
    if (all !== undefined) return all.get(user) ?? [];
    const own = [...directory.groups.values()].filter(({ members }) => members.has(user));
    return [everyone, ...own.map(asExpressionGroup)];
  };
}

function groupsByUser(directory: Directory): ReadonlyMap<UserKey, readonly ExpressionGroup[]> {
  const groups = new Map<UserKey, ExpressionGroup[]>();
  for (const key of directory.users.keys()) groups.set(key, [everyone]);
  for (const group of directory.groups.values()) {
    for (const member of group.members) groups.get(member)?.push(asExpressionGroup(group));
  }
  return groups;
}

function asExpressionGroup({ objectId, name }: DirectoryGroup): ExpressionGroup {
  return { id: objectId, name, type: "OKTA_GROUP" };
}

/** What a fixture says about the app and the organization. */
export type Properties = Readonly<Record<"app" | "org", Readonly<Record<string, string>>>>;

/** What of a mapping its expressions see, besides the user. */
interface Applied {
  readonly groups: GroupsOfUser | undefined;
  /** The app profile as far as it has been made. */
  readonly made: ReadonlyMap<string, AppValue>;
  readonly now: Date | undefined;
  readonly properties: Properties;
}

export function contextOf(
  { key, objectId, status, profile }: DirectoryUser,
  { groups, made, now, properties }: Applied,
): EvaluationContext {
  return {
    references: {
      user: readerOf(profile),
      appuser: (name) => made.get(name) ?? null,
      app: readerOf(properties.app),
      org: readerOf(properties.org),
    },
    internal: { id: objectId, status: internalStatuses.get(status) ?? null },
    groups: groups?.(key) ?? [],
    now,
  };
}

function readerOf(values: DirectoryUser["profile"]): (name: string) => ExpressionValue {
  return (name) => (Object.hasOwn(values, name) ? (values[name] ?? null) : null);
}

/** `user.getInternalProperty("status")`: DEPROVISIONED is not among its values (Okta Expression Language overview). */
const internalStatuses: ReadonlyMap<string, string> = new Map([
  ["active", "ACTIVE"],
  ["staged", "STAGED"],
  ["suspended", "SUSPENDED"],
]);
