/** One resource as the in-memory store keeps it. */

import type { OrganizationRole } from "../../astro/seed.ts";
import type { JsonObject } from "../../json.ts";
import type { StoredMember, StoredResource } from "./store.ts";

/** Kept by the store, changed by nobody else; `attributes` is replaced as a whole, never changed in place. */
export interface ResourceRecord {
  readonly id: string;
  attributes: JsonObject;
  /** Milliseconds since 1970. */
  readonly created: number;
  lastModified: number;
  version: number;
  readonly organizationRole: OrganizationRole;
}

/** What the port hands out: a value that later changes of the record do not reach. */
export function snapshot(
  record: ResourceRecord,
  related: readonly StoredMember[] | undefined,
): StoredResource {
  return {
    id: record.id,
    attributes: record.attributes,
    created: new Date(record.created),
    lastModified: new Date(record.lastModified),
    version: record.version,
    related,
    organizationRole: record.organizationRole,
  };
}

/** Whether a user's account may be used; a resource that does not say so may. */
export function isActive(attributes: JsonObject): boolean {
  return attributes["active"] !== false;
}
