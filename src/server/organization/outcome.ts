/** What is asked of the organization, and what comes of it. */

import type { JsonObject } from "../../ground/json.ts";
import type { Edit } from "../../scim/patch/edit.ts";
import type { Work } from "../../scim/work.ts";
import type { OwnPart } from "../store/own-part.ts";
import type { ReadOptions, StoredResource } from "../store/rows.ts";
import type { ResourceTypeName } from "../store/resource-type-name.ts";

/** A resource that is about to be kept. */
export interface NewResource {
  /** Generated where none is given. The caller makes sure that it is not in use. */
  readonly id?: string;
  readonly attributes: JsonObject;
  /** Of a Team: the ids of its members. */
  readonly members: readonly string[];
  /** Astro's own part; by default what comes over SCIM starts with. */
  readonly own?: OwnPart;
}

/** A new representation; `members` undefined leaves a Team's members. */
export interface Replacement {
  readonly attributes: JsonObject;
  readonly members: readonly string[] | undefined;
}

/** Refuses an operation unless it holds of the resource as it is (RFC 7644 §3.14: If-Match). */
export type Precondition = (current: StoredResource) => boolean;

export interface WriteOptions extends ReadOptions {
  readonly precondition?: Precondition;
}

export interface EditOptions extends WriteOptions {
  readonly edits: readonly Edit[];
  /** Charged with what the edits cost. */
  readonly work: Work;
  /** SCIM base URL: a filter in a path may ask for a member's address. */
  readonly baseUrl: string;
}

/** Why an operation was refused; nothing was changed. */
export type Refusal =
  | { readonly kind: "not-found" }
  | { readonly kind: "precondition-failed"; readonly current: StoredResource }
  /** Another resource has that value of a unique attribute. */
  | { readonly kind: "conflict"; readonly attribute: string; readonly value: string }
  /** A member that is not a user of this organization. */
  | { readonly kind: "unknown-member"; readonly value: string }
  /** A member that is a Team. */
  | { readonly kind: "nested-group"; readonly value: string }
  | { readonly kind: "inactive-member"; readonly value: string }
  | { readonly kind: "user-name-change" }
  /** SCIM writes a Team that was made in Astro itself. */
  | { readonly kind: "unmanaged-team" }
  /** The only active owner would go; another owner must exist first (Astro docs: User permissions). */
  | { readonly kind: "last-owner" };

/** Who was to join a Team and does not, though the change is carried out. */
export interface LeftOut {
  readonly unknown: readonly string[];
  readonly inactive: readonly string[];
}

export type Outcome =
  | {
      readonly kind: "stored";
      readonly resource: StoredResource;
      readonly changed: boolean;
      readonly leftOut: LeftOut;
    }
  | Refusal;

export type Removal = { readonly kind: "removed" } | Refusal;

/** The operations on an organization, each whole and atomic, whichever API asks for them. */
export interface Operations {
  /** Keeps a new resource and gives it its id. @throws ScimError 413 where it is too large */
  create(type: ResourceTypeName, resource: NewResource, options: ReadOptions): Promise<Outcome>;
  /** Replaces the representation. @throws ScimError 413 where it is too large */
  replace(
    type: ResourceTypeName,
    id: string,
    replacement: Replacement,
    options: WriteOptions,
  ): Promise<Outcome>;
  /**
   * Carries out the edits of a PATCH, all or none.
   * @throws ScimError where an edit cannot be carried out (`noTarget`, `invalidValue`) or is too much (413)
   */
  edit(type: ResourceTypeName, id: string, options: EditOptions): Promise<Outcome>;
  remove(type: ResourceTypeName, id: string, precondition?: Precondition): Promise<Removal>;
}
