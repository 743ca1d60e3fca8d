/**
 * The port to whatever keeps the users and Teams of the local Astro. Every operation is whole and atomic:
 * no handler reads, awaits and writes. In memory today (memory.ts); an embedded database or PostgreSQL can
 * satisfy the same port, so nothing here hands out a live object or asks to be called synchronously.
 */

import type { OrganizationRole } from "../../astro/seed.ts";
import type { JsonObject } from "../../json.ts";
import type { Edit } from "../../scim/patch/edit.ts";
import type { Work } from "../../scim/work.ts";

export type ResourceTypeName = "User" | "Group";

/** An attribute under which resources can be found without a scan, and the folded value looked for. */
export interface IndexKey {
  readonly index: "id" | "userName" | "externalId" | "email" | "displayName" | "member";
  /** `foldCase`d where the attribute ignores case, as written where it minds it. */
  readonly key: string;
}

/** A member of a Team as it is read back: the name is the user's, looked up when it is read. */
export interface StoredMember {
  readonly value: string;
  readonly display: string;
}

/** A resource as it was at the moment of the operation. */
export interface StoredResource {
  readonly id: string;
  /** Attributes as written, with `id` and `schemas`; neither `meta`, nor `members`, nor a user's `groups`. */
  readonly attributes: JsonObject;
  /** The same as JSON text without the closing brace, for answers that show all of it and something behind. */
  readonly openText: string;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
  readonly lastModifiedMs: number;
  /**
   * Counts the changes, those of what it shows of others too: a user's groups, the names of a Team's members (RFC 7644
   * §3.14: a version is of the representation). An edit that changes nothing leaves it.
   */
  readonly version: number;
  /** Of a Team where they were asked for: its members. Of a user: the Teams the user is in. */
  readonly related: readonly StoredMember[] | undefined;
  /** Roles are Astro's own, SCIM carries none. */
  readonly organizationRole: OrganizationRole;
}

/** A resource that is about to be kept. */
export interface NewResource {
  /** Made up where none has been promised; the caller vouches that nobody has it. */
  readonly id?: string;
  readonly attributes: JsonObject;
  /** Of a Team: the ids of its members. */
  readonly members: readonly string[];
  /** Inferred: what comes over SCIM starts as `ORGANIZATION_MEMBER`. */
  readonly organizationRole?: OrganizationRole;
}

/** Refuses an operation unless it holds of the resource as it is (RFC 7644 §3.14: If-Match). */
export type Precondition = (current: StoredResource) => boolean;

/** Why an operation was refused; nothing was changed. */
export type StoreRefusal =
  | { readonly kind: "not-found" }
  | { readonly kind: "precondition-failed"; readonly current: StoredResource }
  /** Another resource has that value of a unique attribute. */
  | { readonly kind: "conflict"; readonly attribute: string; readonly value: string }
  /** A member that is no user of this organization. */
  | { readonly kind: "unknown-member"; readonly value: string }
  /** A member that is a Team. */
  | { readonly kind: "nested-group"; readonly value: string }
  | { readonly kind: "inactive-member"; readonly value: string }
  | { readonly kind: "user-name-change" }
  /** The only active owner would go; another owner must exist first (Astro docs: User permissions). */
  | { readonly kind: "last-owner" };

export type StoreOutcome =
  | { readonly kind: "stored"; readonly resource: StoredResource; readonly changed: boolean }
  | StoreRefusal;

export interface ReadOptions {
  /** Whether the answer has the members of a Team, or the Teams of a user, too. */
  readonly related: boolean;
}

export interface WriteOptions extends ReadOptions {
  readonly precondition?: Precondition;
}

export interface EditOptions extends WriteOptions {
  /** Charged with what the edits cost. */
  readonly work: Work;
  /** A member as the filter of a PATCH path sees it: with all that is shown of it, of which the store knows a part. */
  readonly presentMember: (member: StoredMember) => JsonObject;
}

/** What a resource is ordered by; undefined where it has no value. */
export type OrderKey = string | number | undefined;

/** An order of resources; those whose keys are equal stand in the order of their ids. */
export interface Order {
  /** Asked for once of each resource that matches. */
  readonly keyOf: (resource: StoredResource) => OrderKey;
  readonly compare: (a: OrderKey, b: OrderKey) => number;
}

/** Where a resource stands in an order, whether it is still there or not. */
export interface Position {
  readonly key: OrderKey;
  readonly id: string;
}

/** Which of the resources that match are on a page. */
export type PageWindow =
  /** `startIndex` is 1-based, as in SCIM. */
  | { readonly kind: "index"; readonly startIndex: number; readonly count: number }
  /** The ones that follow a position next; the first ones, where there is none. */
  | { readonly kind: "after"; readonly position: Position | undefined; readonly count: number }
  /** The ones that lead up to a position. */
  | { readonly kind: "before"; readonly position: Position; readonly count: number };

/** What it costs to find a page, and who pays. */
export interface Effort {
  /** Comparisons that `matches` makes with each value. */
  readonly comparisons: number;
  readonly work: Work;
  /** Whether nobody waits for the page any more. */
  readonly isAbandoned: () => boolean;
}

export interface Page extends ReadOptions {
  readonly window: PageWindow;
  /** Only what is under this key, and perhaps some more, is looked at; all resources without it. */
  readonly among?: IndexKey;
  /** Where nothing is compared there is none. */
  readonly effort?: Effort;
  /** Keeps what it returns true for; without it, everything. */
  readonly matches: ((resource: StoredResource) => boolean) | undefined;
  /** By default the order in which the resources were made. */
  readonly order: Order | undefined;
  /** Whether `matches` or `order` look at what is related, whether or not the page shows it. */
  readonly examinesRelated: boolean;
}

/** A resource on a page, with what it is ordered by; undefined where no order was asked for. */
export interface Placed {
  readonly resource: StoredResource;
  readonly key: OrderKey;
}

export interface PageResult {
  readonly totalResults: number;
  /** How many resources that match stand before the page. */
  readonly offset: number;
  readonly placed: readonly Placed[];
}

export interface Store {
  /**
   * Keeps a new resource and gives it its id.
   * @throws ScimError 413 where it is too large
   */
  create(type: ResourceTypeName, resource: NewResource, options: ReadOptions): Promise<StoreOutcome>;
  /**
   * Puts a new representation in the place of the old one (PUT); `members` undefined leaves a Team's members.
   * @throws ScimError 413 where it is too large; nothing is changed then.
   */
  replace(
    type: ResourceTypeName,
    id: string,
    replacement: { readonly attributes: JsonObject; readonly members: readonly string[] | undefined },
    options: WriteOptions,
  ): Promise<StoreOutcome>;
  /**
   * Carries out the edits of a PATCH, all or none.
   * @throws ScimError where an edit cannot be carried out (`noTarget`, `invalidValue`) or is too much (413); nothing is
   *   changed then.
   */
  edit(
    type: ResourceTypeName,
    id: string,
    edits: readonly Edit[],
    options: EditOptions,
  ): Promise<StoreOutcome>;
  remove(
    type: ResourceTypeName,
    id: string,
    precondition?: Precondition,
  ): Promise<{ kind: "removed" } | StoreRefusal>;
  /**
   * The resources under a key, and perhaps some more: the caller looks again. At most one for a unique attribute;
   * by `member`, the Teams that a user is in.
   */
  find(type: ResourceTypeName, key: IndexKey, options: ReadOptions): Promise<readonly StoredResource[]>;
  scan(type: ResourceTypeName, page: Page): Promise<PageResult>;
  /**
   * The members of a Team, or the Teams of a user, in pieces, because there may be 50,000. Who they are is settled
   * when the first piece is asked for; nobody, where there is no such resource.
   */
  related(type: ResourceTypeName, id: string): AsyncIterable<readonly StoredMember[]>;
}
