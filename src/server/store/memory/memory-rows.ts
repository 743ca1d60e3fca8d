/** Rows in memory: what is held is in contents.ts, how it changes in commit.ts, and how it is looked through in scan.ts. */

import type { Timers } from "../../../world/world.ts";
import type { OrganizationEvent } from "../event.ts";
import type { Listed, Listing } from "../listing.ts";
import type { OrganizationRow } from "../organization-row.ts";
import type {
  Described,
  IndexKey,
  PageResult,
  Query,
  ReadOptions,
  RowChange,
  Rows,
  StoredMember,
  StoredResource,
  Transaction,
} from "../rows.ts";
import type { ResourceTypeName } from "../resource-type-name.ts";
import { commit } from "./commit.ts";
import { Contents } from "./contents.ts";
import { EventList } from "./event-list.ts";
import { Lists } from "./lists.ts";
import { queryRecords } from "./scan.ts";

export class MemoryRows implements Rows, Transaction {
  readonly #contents: Contents;
  readonly #yieldToOthers: Timers["yieldToOthers"];
  readonly #events = new EventList();
  readonly #lists: Lists;
  /** The transaction that ends last of those that have begun or wait. */
  #last: Promise<unknown> = Promise.resolve();

  /** `madeMs`: instants are kept as the time since then, which takes little memory where they are not much later. `yieldToOthers`: how a long scan pauses. */
  constructor(madeMs: number, yieldToOthers: Timers["yieldToOthers"]) {
    this.#yieldToOthers = yieldToOthers;
    this.#contents = new Contents(madeMs);
    this.#lists = new Lists(this.#contents);
  }

  /** One after another, since what one has read another could change while it waits. */
  async transaction<Result>(work: (rows: Transaction) => Promise<Result>): Promise<Result> {
    const before = this.#last;
    const result = before.then(() => work(this));
    this.#last = result.catch(() => {});
    return result;
  }

  async commit(changes: readonly RowChange[]): Promise<void> {
    commit(this.#contents, this.#events, changes);
    this.#lists.forget();
  }

  async get(type: ResourceTypeName, id: string, options: ReadOptions): Promise<StoredResource | undefined> {
    const record = this.#contents.shelves[type].records.get(id);
    return record && this.#contents.snapshot(type, record, options);
  }

  async find(
    type: ResourceTypeName,
    key: IndexKey,
    options: ReadOptions,
  ): Promise<readonly StoredResource[]> {
    const found: StoredResource[] = [];
    for (const id of this.#contents.idsUnder(type, key)) {
      const record = this.#contents.shelves[type].records.get(id);
      const row = record && this.#contents.snapshot(type, record, options);
      if (row !== undefined && this.#contents.isUnder(type, key, row)) found.push(row);
    }
    return found;
  }

  async query(type: ResourceTypeName, query: Query): Promise<PageResult> {
    return queryRecords(this.#contents, type, query, this.#yieldToOthers);
  }

  async list(type: ResourceTypeName, listing: Listing): Promise<Listed> {
    return this.#lists.page(type, listing);
  }

  async invitesExpiredAt(nowMs: number): Promise<readonly string[]> {
    return this.#contents.ownParts.invitesExpiredAt(nowMs);
  }

  async organization(): Promise<OrganizationRow> {
    const { organization } = this.#contents;
    if (organization === undefined) throw new TypeError("the organization is kept before it is read");
    return organization;
  }

  related(type: ResourceTypeName, id: string): AsyncGenerator<readonly StoredMember[]> {
    return this.#contents.relatedInPieces(type, id);
  }

  async relatedIds(type: ResourceTypeName, id: string): Promise<readonly string[]> {
    return [...this.#contents.relatedIds(type, id).keys()];
  }

  async membersAmong(teamId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const members = this.#contents.memberships.membersOf(teamId);
    return new Set(ids.filter((id) => members.has(id)));
  }

  async describe(ids: readonly string[]): Promise<readonly Described[]> {
    return ids.map((id) => this.#contents.describe(id));
  }

  async events(): Promise<readonly OrganizationEvent[]> {
    return this.#events.list();
  }
}
