/** A user or a Team as the store keeps it, and as it is read back. */

import type { JsonObject } from "../../ground/json.ts";
import type { OwnPart } from "./own-part.ts";

/** A member of a Team as it is read back: the name is the user's, looked up when it is read. */
export interface StoredMember {
  readonly value: string;
  /** Undefined for an id that the Team has kept although it is nobody's. */
  readonly display: string | undefined;
}

/** A user or a Team. */
export interface Row {
  readonly id: string;
  /** Attributes as written, with `id` and `schemas`; neither `meta`, nor `members`, nor a user's `groups`. */
  readonly attributes: JsonObject;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
  readonly lastModifiedMs: number;
  /**
   * Counts the changes, those of what it shows of others too: a user's groups, the names of a Team's members (RFC 7644
   * §3.14: a version is of the representation).
   */
  readonly version: number;
  readonly own: OwnPart;
}

/** A row as it was at the moment when it was read. */
export interface StoredResource extends Row {
  /** By which people know it: userName of a user, displayName of a Team. */
  readonly name: string;
  /** Whether a user's account may be used; true of a Team. */
  readonly active: boolean;
  /** Where it was asked for: the members of a Team, or the Teams that a user is in. */
  readonly related: readonly StoredMember[] | undefined;
}
