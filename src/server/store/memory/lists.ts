/** The lists of Astro's own API over the rows in memory: a page of all is cut out, and what was ordered once is kept until something changes. */

import {
  inListedOrder,
  isUnconditional,
  meets,
  type Listed,
  type ListedRow,
  type Listing,
} from "../listing.ts";
import type { OwnPart } from "../own-part.ts";
import type { ResourceTypeName } from "../resource-type-name.ts";
import type { Contents } from "./contents.ts";

const withoutRelated = { related: false };

/** How many orders are kept: those of some clients that page at the same time. */
const maxKept = 8;

export class Lists {
  readonly #contents: Contents;
  /** The ids of whole lists, by what was asked for. */
  readonly #kept = new Map<string, readonly string[]>();

  constructor(contents: Contents) {
    this.#contents = contents;
  }

  /** Something has changed. */
  forget(): void {
    if (this.#kept.size > 0) this.#kept.clear();
  }

  page(type: ResourceTypeName, listing: Listing): Listed {
    const { condition, order, offset, limit } = listing;
    const { records } = this.#contents.shelves[type];
    if (isUnconditional(condition) && order.length === 0) {
      const page = records.slice({ startIndex: offset + 1, count: limit });
      return {
        totalCount: records.size,
        rows: page.map((record) => ({
          row: this.#contents.snapshot(type, record, withoutRelated),
          joinedMs: 0,
        })),
      };
    }
    const ids = this.#ids(type, listing);
    const rows = ids.slice(offset, offset + limit).flatMap((id) => this.#listedRow(type, id, listing));
    return { totalCount: ids.length, rows };
  }

  #ids(type: ResourceTypeName, listing: Listing): readonly string[] {
    const { condition, order } = listing;
    const asked = JSON.stringify([type, condition, order]);
    const kept = this.#kept.get(asked);
    if (kept !== undefined) return kept;
    const keeps = meets(condition, (userId) => this.#teamRolesOf(userId));
    const found = this.#candidates(type, listing).filter(({ row }) => keeps(row));
    const ids = inListedOrder(found, order).map(({ row }) => row.id);
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size >= maxKept) this.#kept.delete(oldest);
    this.#kept.set(asked, ids);
    return ids;
  }

  #teamRolesOf(userId: string): readonly OwnPart["roles"][] {
    const teamIds = this.#contents.relatedIds("User", userId);
    return Array.from(teamIds.keys(), (teamId) => this.#contents.ownParts.of(teamId).roles);
  }

  #candidates(type: ResourceTypeName, listing: Listing): readonly ListedRow[] {
    const { relatedTo } = listing.condition;
    if (relatedTo === undefined) {
      return Array.from(this.#contents.shelves[type].records.all(), (record) => ({
        row: this.#contents.snapshot(type, record, withoutRelated),
        joinedMs: 0,
      }));
    }
    const ids = this.#contents.relatedIds(type === "User" ? "Group" : "User", relatedTo);
    return Array.from(ids.keys()).flatMap((id) => this.#listedRow(type, id, listing));
  }

  /** None for an id that a Team has kept although it is nobody's. */
  #listedRow(
    type: ResourceTypeName,
    id: string,
    { condition: { relatedTo } }: Listing,
  ): readonly ListedRow[] {
    const record = this.#contents.shelves[type].records.get(id);
    if (record === undefined) return [];
    const row = this.#contents.snapshot(type, record, withoutRelated);
    if (relatedTo === undefined) return [{ row, joinedMs: 0 }];
    const [teamId, userId] = type === "User" ? [relatedTo, id] : [id, relatedTo];
    const afterMs = this.#contents.memberships.joinedAfterMs(teamId, userId) ?? 0;
    return [{ row, joinedMs: this.#contents.madeMs + afterMs }];
  }
}
