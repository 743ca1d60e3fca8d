/** One resource as the in-memory store keeps it: as the text that answers are made of. */

import type { OrganizationRole } from "../../astro/seed.ts";
import { isJsonObject, type JsonObject } from "../../json.ts";
import type { ResourceTypeName, StoredMember, StoredResource } from "./store.ts";

/**
 * Kept by the store and changed by nobody else. The attributes are kept as JSON text: it takes less memory than
 * the objects, and whoever reads a resource is answered without a stringify.
 */
export interface ResourceRecord {
  readonly id: string;
  /** JSON text of the attributes: an object that begins with `schemas` and `id`. */
  text: string;
  /** userName of a user, displayName of a Team: a Team's members are shown with it. */
  name: string;
  /** Whether a user's account may be used; true for a Team. */
  active: boolean;
  /** Milliseconds since 1970. */
  readonly created: number;
  lastModified: number;
  version: number;
  readonly organizationRole: OrganizationRole;
}

/** The attributes of a record, parsed. */
export function attributesOf(record: Pick<ResourceRecord, "text">): JsonObject {
  const value: unknown = JSON.parse(record.text);
  if (!isJsonObject(value)) throw new TypeError("a record holds the text of a JSON object");
  return value;
}

/** What the port hands out: a value that later changes of the record do not reach. */
export class Snapshot implements StoredResource {
  readonly id: string;
  readonly text: string;
  readonly createdMs: number;
  readonly lastModifiedMs: number;
  readonly version: number;
  readonly related: readonly StoredMember[] | undefined;
  readonly organizationRole: OrganizationRole;
  #attributes: JsonObject | undefined;

  constructor(record: ResourceRecord, related: readonly StoredMember[] | undefined) {
    this.id = record.id;
    this.text = record.text;
    this.createdMs = record.created;
    this.lastModifiedMs = record.lastModified;
    this.version = record.version;
    this.related = related;
    this.organizationRole = record.organizationRole;
  }

  /** Parsed when somebody asks. */
  get attributes(): JsonObject {
    this.#attributes ??= attributesOf(this);
    return this.#attributes;
  }
}

/** Whether a user's account may be used; a resource that does not say so may. */
export function isActive(attributes: JsonObject): boolean {
  return attributes["active"] !== false;
}

/** The name by which people know a resource. */
export function nameOf(type: ResourceTypeName, attributes: JsonObject): string {
  const name = attributes[type === "User" ? "userName" : "displayName"];
  return typeof name === "string" ? name : "";
}
