/** What the expressions of a mapping see of a directory and of one of its users. */

import type { Directory, DirectoryUser, UserKey } from "../../directory/directory.ts";
import type { EvaluationContext, ExpressionGroup } from "./expression/context.ts";
import type { ExpressionValue } from "./expression/value.ts";

/**
 * "Everyone" is Okta's own group of all users (Okta: About groups); its id is another in each organization. Inferred:
 * the groups of a directory are of the type OKTA_GROUP.
 */
export function groupsByUser(directory: Directory): ReadonlyMap<UserKey, readonly ExpressionGroup[]> {
  const everyone: ExpressionGroup = { id: null, name: "Everyone", type: "BUILT_IN" };
  const groups = new Map<UserKey, ExpressionGroup[]>();
  for (const key of directory.users.keys()) groups.set(key, [everyone]);
  for (const { objectId, name, members } of directory.groups.values()) {
    for (const member of members) groups.get(member)?.push({ id: objectId, name, type: "OKTA_GROUP" });
  }
  return groups;
}

/** What a fixture tells of the app and of the organization. */
export type Properties = Readonly<Record<"app" | "org", Readonly<Record<string, string>>>>;

/** What of a mapping its expressions see, besides the user. */
interface Applied {
  readonly groups: ReadonlyMap<UserKey, readonly ExpressionGroup[]> | undefined;
  /** The app profile as far as it has been made. */
  readonly made: ReadonlyMap<string, string>;
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
    groups: groups?.get(key) ?? [],
    now,
  };
}

function readerOf(values: DirectoryUser["profile"]): (name: string) => ExpressionValue {
  return (name) => (Object.hasOwn(values, name) ? (values[name] ?? null) : null);
}

/** `user.getInternalProperty("status")`: DEPROVISIONED is not among its values (Okta Expression Language overview). */
const internalStatuses: ReadonlyMap<string, string> = new Map([
  ["active", "ACTIVE"],
  ["suspended", "SUSPENDED"],
]);
