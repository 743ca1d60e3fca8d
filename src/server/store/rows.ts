/**
 * The port to whatever keeps the rows of the local Astro: its users, its Teams, who is in which, and what has happened.
 * Requests and results are data, so that an SQL database can answer by its indexes; the rules by which rows
 * change are in organization/. In memory today (memory/).
 */

import type { Filter } from "../../scim/filter/ast.ts";
import type { Leniency } from "../../scim/leniency.ts";
import type { SortKey, SortOrder } from "../../scim/list/sort.ts";
import type { Work } from "../../scim/work.ts";
import type { OrganizationEvent } from "./event.ts";
import type { Listed, Listing } from "./listing.ts";
import type { OrganizationRow } from "./organization-row.ts";
import type { OwnPart } from "./own-part.ts";
import type { ResourceTypeName } from "./resource-type-name.ts";
import type { Row, StoredMember, StoredResource } from "./row.ts";

export type { Row, StoredMember, StoredResource } from "./row.ts";

/** An attribute by which rows can be found without looking through all of them, and the value looked for. */
export interface IndexKey {
  readonly index: "id" | "userName" | "externalId" | "email" | "displayName" | "member" | "role" | "invite";
  /** `foldCase`d where the attribute ignores case, as written where it minds it. */
  readonly key: string;
}

export interface ReadOptions {
  /** Whether the answer has the members of a Team, or the Teams of a user, too. */
  readonly related: boolean;
}

/** What an id stands for. */
export type Standing = "active-user" | "inactive-user" | "team" | "nobody";

export interface Described extends StoredMember {
  readonly standing: Standing;
}

/** What rows are ordered by; those whose keys are equal stand in the order of their ids. */
export type Order =
  | { readonly kind: "creation" }
  | {
      readonly kind: "attribute";
      readonly sort: SortOrder;
      /** Texts that begin alike for longer have equal keys; undefined where the whole text counts. */
      readonly maxKeyLength: number | undefined;
    };

/** Undefined where a row has no value. */
export type OrderKey = SortKey;

/** Where a row stands in an order, whether it is still there or not. */
export interface Position {
  readonly key: OrderKey;
  readonly id: string;
}

/** Which of the rows that match are on a page. */
export type PageWindow =
  /** `startIndex` is 1-based, as in SCIM. */
  | { readonly kind: "index"; readonly startIndex: number; readonly count: number }
  /** The ones that follow a position next; the first ones, where there is none. */
  | { readonly kind: "after"; readonly position: Position | undefined; readonly count: number }
  /** The ones that lead up to a position. */
  | { readonly kind: "before"; readonly position: Position; readonly count: number };

/** Who pays for finding a page, and whether a client still waits for it. */
export interface Account {
  readonly work: Work;
  readonly isAbandoned: () => boolean;
}

/** What a filter and an order speak of that is not a row's own: addresses in `meta` and `$ref`, and how texts compare. */
export interface View {
  /** SCIM base URL of the organization. */
  readonly baseUrl: string;
  readonly leniency: Leniency;
}

export interface Query extends ReadOptions {
  readonly window: PageWindow;
  /** Everything matches without one. */
  readonly filter: Filter | undefined;
  /** By default the order in which the rows were made. */
  readonly order: Order | undefined;
  readonly view: View;
  /** Where nothing is compared there is none. */
  readonly account?: Account;
}

/** A row on a page, with what it is ordered by. */
export interface Placed {
  readonly resource: StoredResource;
  readonly key: OrderKey;
}

export interface PageResult {
  readonly totalResults: number;
  /** How many rows that match stand before the page. */
  readonly offset: number;
  readonly placed: readonly Placed[];
}

export interface Reads {
  get(type: ResourceTypeName, id: string, options: ReadOptions): Promise<StoredResource | undefined>;
  /** The rows under a key; by `member`, the Teams that a user is in; by `role` of the organization and `invite`, users. */
  find(type: ResourceTypeName, key: IndexKey, options: ReadOptions): Promise<readonly StoredResource[]>;
  /** @throws ScimError tooMany; 503 if no client waits for the page any more */
  query(type: ResourceTypeName, query: Query): Promise<PageResult>;
  /** A page of the users or Teams that meet a condition. */
  list(type: ResourceTypeName, listing: Listing): Promise<Listed>;
  /** Ids of the invitations that have expired at that time, in milliseconds since 1970. */
  invitesExpiredAt(nowMs: number): Promise<readonly string[]>;
  /** The organization itself. */
  organization(): Promise<OrganizationRow>;
  /**
   * The members of a Team, or the Teams of a user, in pieces, because there may be 50,000. Who they are is settled
   * when the first piece is asked for; nobody, where there is no such row.
   */
  related(type: ResourceTypeName, id: string): AsyncIterable<readonly StoredMember[]>;
  /** The ids of all of them, in the order of joining. */
  relatedIds(type: ResourceTypeName, id: string): Promise<readonly string[]>;
  /** Which of these ids are members of a Team. */
  membersAmong(teamId: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** What each of these ids stands for, in their order. */
  describe(ids: readonly string[]): Promise<readonly Described[]>;
  /** The oldest first; a store may have forgotten the oldest. */
  events(): Promise<readonly OrganizationEvent[]>;
}

export type RowChange =
  /** Keeps a new row, or replaces one that was read in this transaction. */
  | {
      readonly kind: "put";
      readonly type: ResourceTypeName;
      readonly row: Row;
      readonly before: Row | undefined;
    }
  /** A row without members that is not a member of anything. */
  | { readonly kind: "delete"; readonly type: ResourceTypeName; readonly row: Row }
  /** Gives rows their next version; undefined for those that only show something of others that has changed. */
  | {
      readonly kind: "touch";
      readonly type: ResourceTypeName;
      readonly ids: readonly string[];
      readonly modifiedMs: number | undefined;
    }
  /** Who leaves a Team, being in it, and who joins it, not being in it. */
  | {
      readonly kind: "members";
      readonly teamId: string;
      readonly left: readonly string[];
      readonly joined: readonly string[];
      /** Milliseconds since 1970. */
      readonly atMs: number;
    }
  /** Gives a row that is there another part of Astro's own. */
  | { readonly kind: "own"; readonly id: string; readonly own: OwnPart }
  | { readonly kind: "organization"; readonly row: OrganizationRow }
  | { readonly kind: "event"; readonly event: OrganizationEvent };

export interface Transaction extends Reads {
  /**
   * Makes all of these changes or none, in their order; called once, at the end.
   * @throws ScimError 413 for a row that is too large (`limitLength`); nothing is changed then.
   */
  commit(changes: readonly RowChange[]): Promise<void>;
}

export interface Rows extends Reads {
  /** Between what is read in a transaction and what it commits, nothing else is written. */
  transaction<Result>(work: (rows: Transaction) => Promise<Result>): Promise<Result>;
}
