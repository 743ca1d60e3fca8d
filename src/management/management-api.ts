/** A provider's management API as everything above it sees it: Okta's and Microsoft Graph alike. */

import type * as z from "zod";
import type { JsonObject } from "../ground/json.ts";
import type { WireMethod } from "../wire/exchange.ts";
import type { ManagementWriteResult } from "./write.ts";

/** What a call is for, and what it needs: named where it is refused. */
export interface CallPurpose {
  /** What is read, for messages and progress: `the users assigned to the app`. */
  readonly reads: string;
  /** The scope or permission that the call needs: `okta.apps.read`, `GroupMember.Read.All`. */
  readonly needs: string;
}

/** What a write does, and what it needs: named where it is refused. */
export interface WritePurpose {
  /** In the infinitive: `provision Ada on demand`. */
  readonly does: string;
  /** The scope or permission that the call needs: `okta.apps.manage`, `Synchronization.ReadWrite.All`. */
  readonly needs: string;
}

export interface ManagementWriteRequest {
  readonly method: Exclude<WireMethod, "GET">;
  /** Begins with a slash. */
  readonly path: string;
  readonly body?: JsonObject;
}

export interface ListOptions {
  /** Sent with every page: `ConsistencyLevel`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Told after each page how many entries were read altogether. */
  readonly onPage?: (read: number) => void;
  /** The API gives a next link with every page, also with the last one: a page without entries ends the list (Okta's System Log). */
  readonly endsWithEmptyPage?: boolean;
  /** No more entries than this are read: for the newest of a log. */
  readonly atMost?: number;
}

export interface GetOptions {
  /** The id of the object that is asked for: an answer with another one is refused. */
  readonly id?: string;
}

export interface FindOptions extends GetOptions {
  /** Statuses beside 404 by which the API says that there is none. */
  readonly absentStatuses?: readonly number[];
}

/** Reads; writes where the connection was opened for them, and else refuses them. */
export interface ManagementApi extends ManagementReads {
  /**
   * Sends a write. It is repeated only where it was certainly not carried out: after 429, and where nothing listens. An answer that
   * was lost is not asked for again: what came of it must be read.
   * @throws AppError unauthorized, permission-missing, unreachable, interrupted, and refused for a connection that only reads:
   * nothing was carried out then
   */
  write(request: ManagementWriteRequest, purpose: WritePurpose): Promise<ManagementWriteResult>;
}

/**
 * Reads with a timeout, bounded retries and an abort signal. Every method throws AppError: unauthorized (the
 * credentials are refused), permission-missing (names it), source-incomplete (a page failed, a body has another form, a next
 * link leads to another origin, a list keeps changing), unreachable, interrupted.
 */
export interface ManagementReads {
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
}
