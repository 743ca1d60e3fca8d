/** What kind of table a file is, by its header. */

import type { TableKey } from "../../../fixture/tables/columns.ts";
import { nameList } from "../../../ground/text/name-list.ts";
import {
  columnKey,
  currentAssignments,
  entraGroupMembers,
  entraUsers,
  hasColumn,
  memberNames,
  oktaGroupMembers,
  recentUnassignments,
  type ColumnNames,
} from "../columns.ts";
import type { Idp, Origin } from "../part.ts";

export type Recognised =
  /** `idp`: undefined for memberships, and for groups. */
  | { readonly origin: "own"; readonly kind: TableKey; readonly idp: Idp | undefined }
  | { readonly origin: Exclude<Origin, "own"> }
  | { readonly origin: undefined; readonly message: string; readonly hint: string };

/** `header`: the names of its columns. `isOneGroup`: the file was given as the members of a group. */
export function recognise(
  header: readonly string[],
  { isOneGroup }: { readonly isOneGroup: boolean },
): Recognised {
  const keys = new Set(header.map(columnKey));
  const has = (names: ColumnNames): boolean => hasColumn(keys, names);
  if (isEntraMembers(has)) return { origin: "entra-group-members" };
  if (isOneGroup && memberNames.some(has)) return { origin: "members-of-one-group" };
  if (isEntraUsers(has)) return { origin: "entra-users" };
  return ownKind(header) ?? oktaReport(has) ?? unknown(header);
}

function oktaReport(has: Has): Recognised | undefined {
  const origins = oktaReports.find(({ columns }) => columns.every(has));
  return origins === undefined ? undefined : { origin: origins.origin };
}

const oktaReports: readonly {
  readonly origin: Exclude<Origin, "own">;
  readonly columns: readonly ColumnNames[];
}[] = [
  {
    origin: "okta-recent-unassignments",
    columns: [recentUnassignments.login, recentUnassignments.appLogin],
  },
  { origin: "okta-current-assignments", columns: [currentAssignments.login, currentAssignments.appLogin] },
  { origin: "okta-group-members", columns: [oktaGroupMembers.group, oktaGroupMembers.login] },
];

type Has = (names: ColumnNames) => boolean;

function isEntraMembers(has: Has): boolean {
  return has(entraGroupMembers.id) && has(entraGroupMembers.type) && !has(entraUsers.accountEnabled);
}

/** A fixture's table has no column `objectId` or `accountEnabled`; without one of them both are read alike. */
function isEntraUsers(has: Has): boolean {
  return (
    has(entraUsers.userPrincipalName) &&
    has(entraUsers.id) &&
    (has(["objectId"]) || has(entraUsers.accountEnabled))
  );
}

/** By the one column that such a table cannot do without, so that a mistake in another one has its own message. */
function ownKind(header: readonly string[]): Recognised | undefined {
  const has = (name: string): boolean => header.includes(name);
  if (has("group") && has("user")) return { origin: "own", kind: "memberships", idp: undefined };
  if (has("email")) return { origin: "own", kind: "users", idp: "okta" };
  if (has("mail") || has("userPrincipalName")) return { origin: "own", kind: "users", idp: "entra" };
  return has("name") ? { origin: "own", kind: "groups", idp: undefined } : undefined;
}

function unknown(header: readonly string[]): Recognised {
  return {
    origin: undefined,
    message: `The columns do not show what this file contains: ${nameList(header.map((name) => JSON.stringify(name)))}.`,
    hint: [
      "Expected are the tables of a fixture (email or mail or userPrincipalName; name; group and user)",
      "or an export: Okta Current Assignments (Login, Application login), Recent Unassignments (assigneeOktaUsername, assigneeAppUsername),",
      "Group Membership (Group name, Okta username); Entra Download users (userPrincipalName, mail, objectId or id, accountEnabled),",
      "Download members (Object ID or id, Member type or objectType).",
    ].join(" "),
  };
}
