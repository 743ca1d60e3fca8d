/** What a live provider tells of one user or group beside its directory: its log, and a user who is outside the app. */

/** What happened, as far as a cause can hang on it; `other` is shown and proves nothing. */
export const loggedActions = [
  "account-created",
  "account-changed",
  "account-renamed",
  "account-deactivated",
  "account-activated",
  "account-deleted",
  "team-created",
  "team-changed",
  "team-deleted",
  "member-added",
  "member-removed",
  "members-ignored",
  "roles-changed",
  "assigned",
  "unassigned",
  "group-joined",
  "group-left",
  "status-changed",
  "profile-changed",
  "setting-changed",
  "other",
] as const;

export type LoggedAction = (typeof loggedActions)[number];

/** Somebody or something that an entry names. */
export interface LoggedObject {
  readonly id: string | undefined;
  readonly name: string | undefined;
}

/** An entry of the provider's own log, in its words. */
export interface ProviderLogEntry {
  /** RFC 3339, by the provider's clock. */
  readonly at: string;
  readonly action: LoggedAction;
  readonly outcome: "success" | "failure" | "skipped";
  /** What the log says, as a clause. */
  readonly text: string;
  /** Who did it, where a person or another program did. */
  readonly by: string | undefined;
  /** Why it failed or was skipped, in the provider's words. */
  readonly reason: string | undefined;
  readonly code: string | undefined;
  /** The user or group that it is about, and others that it names. */
  readonly objects: readonly LoggedObject[];
}

/** A user whom the provider knows and who has nothing to do with the app. */
export interface OutsideUser {
  readonly objectId: string;
  /** The login or the user principal name. */
  readonly name: string;
  /** The provider's word: `ACTIVE`, `DEPROVISIONED`, `deleted`. */
  readonly status: string;
  /** All names under which the user may be asked for. */
  readonly names: readonly string[];
}

export interface HistoryRequest {
  readonly kind: "user" | "group";
  readonly objectId: string;
}

export interface ReadHistory {
  /** The oldest first. */
  readonly entries: readonly ProviderLogEntry[];
  /** There may be older ones, which were not read: the newest come first, and there are very many. */
  readonly isCut: boolean;
}

/** It only reads. Its methods throw AppError as `ManagementApi` does; permission-missing names the permission. */
export interface ProviderHistory {
  /** What messages call the log: `Okta's System Log`. */
  readonly logName: string;
  /** Of the management API. */
  readonly baseUrl: string;
  /** Undefined where the provider has no such user. */
  findUser(word: string): Promise<OutsideUser | undefined>;
  /** What the log has of one user or group. */
  entries(of: HistoryRequest): Promise<ReadHistory>;
  /** How long the log is kept at least. */
  readonly keptDays: number;
}
