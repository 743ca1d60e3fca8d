/**
 * What reads and writes Astro's resources one at a time, over SCIM (api/write.ts); a repair reaches it through an
 * `Executor` (repair/executor.ts).
 */

import type { AppErrorCode } from "../ground/errors.ts";
import type { HeldUser, Seen, SeenForWriting, TeamAsRead } from "./held.ts";

/** An account that is to be made, active. */
export interface NewUser {
  readonly userName: string;
  readonly externalId: string | null;
  /** Values by mapped attribute path. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What is to become of an account; what is not named stays. */
export interface UserEdit {
  readonly active?: boolean;
  readonly userName?: string;
  /** By mapped attribute path; null clears the attribute. */
  readonly attributes?: Readonly<Record<string, string | null>>;
}

/** What came of one write. */
export type WriteResult =
  | { readonly kind: "written" }
  /** The server says that there is no such resource (404, in SCIM's or Astro's own error form). */
  | { readonly kind: "gone" }
  /** The server holds another version than the one that was seen (412). */
  | { readonly kind: "changed" }
  /** Several requests, of which some were carried out. */
  | { readonly kind: "partly"; readonly written: number; readonly message: string }
  | { readonly kind: "refused"; readonly status: number; readonly message: string }
  /** Nothing came back, or something else answered for the server: it may or may not have happened. */
  | { readonly kind: "no-answer"; readonly message: string };

/** What came of making a resource; `scimId` is the new one's. */
export type CreateResult =
  | { readonly kind: "created"; readonly scimId: string }
  | { readonly kind: "refused"; readonly status: number; readonly message: string }
  /** There was no connection, so nothing can have been made. */
  | { readonly kind: "not-sent"; readonly message: string }
  /** Nothing came back from the server, and nothing with that name exists. */
  | { readonly kind: "not-found"; readonly message: string }
  /** Nothing came back from the server, and looking for it failed as `errorCode` says: it may or may not be there. */
  | { readonly kind: "lost"; readonly message: string; readonly errorCode: AppErrorCode };

/** Reads one resource at a time; throws AppError: `unauthorized`, `unreachable`, `not-scim`, `interrupted`, … */
export interface Reader {
  /** Undefined if the server says that the account does not exist; never another account than requested. */
  readUser(scimId: string): Promise<HeldUser | undefined>;
  readTeam(scimId: string): Promise<TeamAsRead | undefined>;
  /** The account with that userName, in any case. */
  findUser(userName: string): Promise<HeldUser | undefined>;
  findTeam(displayName: string): Promise<TeamAsRead | undefined>;
  /** Whether the server's list, asked for that name, still shows what has that id. */
  isListed(listed: Listed): Promise<boolean>;
}

/** A user or a Team as a list shows it. */
export interface Listed {
  readonly kind: "user" | "team";
  /** userName or displayName. */
  readonly name: string;
  readonly scimId: string;
}

/** Reads throw; writes report instead. */
export interface Writer extends Reader {
  createUser(user: NewUser): Promise<CreateResult>;
  updateUser(user: SeenForWriting, edit: UserEdit): Promise<WriteResult>;
  deleteUser(user: Seen): Promise<WriteResult>;
  /** Makes a Team without members. */
  createTeam(displayName: string): Promise<CreateResult>;
  renameTeam(team: Seen, displayName: string): Promise<WriteResult>;
  /** Adds users by SCIM id; stops between two requests when the signal is aborted. */
  addMembers(team: Seen, userIds: readonly string[], signal: AbortSignal): Promise<WriteResult>;
  removeMembers(team: Seen, userIds: readonly string[], signal: AbortSignal): Promise<WriteResult>;
  deleteTeam(team: Seen): Promise<WriteResult>;
}
