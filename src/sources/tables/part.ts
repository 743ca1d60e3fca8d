/** What one file says of a directory: a table whose rows are entries as a fixture would have them. */

import type { AppSettings } from "../../directory/app-settings.ts";
import type { Table } from "../../tables/table.ts";

export type Idp = AppSettings["idp"];

export type PartKind = "users" | "groups" | "memberships";

/** Which export of a console the file is; `own` is the form of a fixture's tables. */
export type Origin =
  | "own"
  | "okta-current-assignments"
  | "okta-recent-unassignments"
  | "okta-group-members"
  | "entra-users"
  | "entra-group-members"
  | "members-of-one-group";

export interface Part {
  readonly kind: PartKind;
  readonly origin: Origin;
  /** Undefined where the file would mean the same for either provider. */
  readonly idp: Idp | undefined;
  readonly table: Table;
  /** The keys for which the file has a column, whether or not a row has a value. */
  readonly keys: ReadonlySet<string>;
}
