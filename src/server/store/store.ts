/**
 * The port to whatever keeps the users and Teams of the local Astro. Every operation is whole and atomic:
 * no handler reads, awaits and writes. In memory today (memory.ts); an embedded database or PostgreSQL can
 * satisfy the same port, so nothing here hands out a live object or asks to be called synchronously.
 */

import type { OrganizationRole } from "../../astro/seed.ts";
import type { JsonObject } from "../../json.ts";
import type { Edit } from "../../scim/patch/edit.ts";

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
  /** The same as JSON text, for answers that show all of it. */
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
  readonly lastModifiedMs: number;
  /** Counts the changes; an edit that changes nothing leaves it. */
  readonly version: number;
  /** Of a Team where they were asked for: its members. Of a user: the Teams the user is in. */
  readonly related: readonly StoredMember[] | undefined;
  /** Roles are Astro's own, SCIM carries none. */
  readonly organizationRole: OrganizationRole;
}

/** A resource that is about to be kept. */
export interface NewResource {
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
  /** The only active owner would go; another owner must exist first (Astro docs: User permissions). */
  | { readonly kind: "last-owner" };

export type StoreOutcome =
  | { readonly kind: "stored"; readonly resource: StoredResource; readonly changed: boolean }
  | StoreRefusal;

export interface ReadOptions {
  /** Whether to read the members of a Team, or the Teams of a user, too. */
  readonly related: boolean;
}

export interface Page extends ReadOptions {
  /** 1-based, as in SCIM. */
  readonly startIndex: number;
  readonly count: number;
  /** Keeps what it returns true for; without it, everything. */
  readonly matches: ((resource: StoredResource) => boolean) | undefined;
  /** Order of the resources; by default the order in which they were made, id as tie-break. */
  readonly order: ((a: StoredResource, b: StoredResource) => number) | undefined;
}

export interface PageResult {
  readonly totalResults: number;
  readonly resources: readonly StoredResource[];
}

export interface Store {
  /** Keeps a new resource and gives it its id. */
  create(type: ResourceTypeName, resource: NewResource): Promise<StoreOutcome>;
  /** Puts a new representation in the place of the old one (PUT); `members` undefined leaves a Team's members. */
  replace(
    type: ResourceTypeName,
    id: string,
    replacement: { readonly attributes: JsonObject; readonly members: readonly string[] | undefined },
    precondition?: Precondition,
  ): Promise<StoreOutcome>;
  /**
   * Carries out the edits of a PATCH, all or none.
   * @throws ScimError where an edit cannot be carried out (`noTarget`, `invalidValue`); nothing is changed then.
   */
  edit(
    type: ResourceTypeName,
    id: string,
    edits: readonly Edit[],
    options: ReadOptions & { readonly precondition?: Precondition },
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
}
