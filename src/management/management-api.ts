/** A provider's management API as everything above it sees it: Okta's and Microsoft Graph alike. */

import type * as z from "zod";
import type { JsonObject, JsonValue } from "../ground/json.ts";

/** What a call is for, and what it needs: named where it is refused. */
export interface CallPurpose {
  /** What is read, for messages and progress: `the users assigned to the app`. */
  readonly reads: string;
  /** The scope or permission that the call needs: `okta.apps.read`, `GroupMember.Read.All`. */
  readonly needs: string;
}

/** What a write is for, and what it needs. */
export interface WritePurpose {
  /** In the infinitive, for messages: `assign ada@example.com to the app`. */
  readonly does: string;
  readonly needs: string;
}

export interface ManagementWrite {
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE";
  /** Begins with a slash and has its query. */
  readonly path: string;
  readonly body?: JsonObject;
}

/** What came of one write. */
export type WriteAnswer =
  /** `json` is undefined where the answer has no body. */
  | { readonly kind: "accepted"; readonly status: number; readonly json: JsonValue | undefined }
  /** The API says no: nothing was carried out. `message` is a clause with the API's words and code. */
  | { readonly kind: "refused"; readonly status: number; readonly message: string }
  /** There was no connection: nothing can have been carried out. */
  | { readonly kind: "not-sent"; readonly message: string }
  /** Nothing came back, or a failure of the server: it may or may not have been carried out, so look. */
  | { readonly kind: "unknown"; readonly message: string };

export interface ListOptions {
  /** Sent with every page: `ConsistencyLevel`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Told after each page how many entries were read altogether. */
  readonly onPage?: (read: number) => void;
  /** The API gives a next link with every page, also with the last one: a page without entries ends the list (Okta's System Log). */
  readonly endsWithEmptyPage?: boolean;
  /** Where the API counts the entries, for a list whose answer does not say how many there are; an API without it is believed. */
  readonly countedAt?: CountedAt;
  /** No more entries than this are read: for the newest of a log. */
  readonly atMost?: number;
}

/** A number that the API gives beside a list. */
export interface CountedAt {
  /** Answers with the number of entries alone. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface GetOptions {
  /** The id of the object that is asked for: an answer with another one is refused. */
  readonly id?: string;
}

export interface FindOptions extends GetOptions {
  /** Statuses beside 404 by which the API says that there is none. */
  readonly absentStatuses?: readonly number[];
}

/**
 * Reads with a timeout, bounded retries and an abort signal. Every method throws AppError: unauthorized (the
 * credentials are refused), permission-missing (names it), source-incomplete (a page failed, a body has another form, a next
 * link leads to another origin, a list keeps changing), unreachable, interrupted.
 */
export interface ManagementApi {
  /** One object. `path` begins with a slash and has its query. */
  get<Value>(
    path: string,
    schema: z.ZodType<Value>,
    purpose: CallPurpose,
    options?: GetOptions,
  ): Promise<Value>;
  /** The same; undefined where there is none (404, and other statuses that say so for this call, in the API's own words). */
  find<Value>(
    path: string,
    schema: z.ZodType<Value>,
    purpose: CallPurpose,
    options?: FindOptions,
  ): Promise<Value | undefined>;
  /** Every entry of a list: its pages are followed by the links that the API gives, verbatim. */
  list<Entry>(
    path: string,
    entry: z.ZodType<Entry>,
    purpose: CallPurpose,
    options?: ListOptions,
  ): Promise<readonly Entry[]>;
  /**
   * Writes once: only what was certainly not carried out (429, no connection) is repeated. What the API answers is never thrown.
   * @throws AppError unauthorized, permission-missing, interrupted (it was not sent)
   */
  write(write: ManagementWrite, purpose: WritePurpose): Promise<WriteAnswer>;
}
