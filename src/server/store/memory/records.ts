/** The records of one resource type: found by id, and in the order in which they were made. */

import type { ResourceRecord } from "./record.ts";

/** How many deleted records the list may have before it is compacted, even if it has no others. */
const minDeletedToCompact = 32;

/**
 * A Map for the ids and a list for the order, so that a page deep in the list is cut out and not counted to. Who is
 * deleted stays in the list until a page is cut out of it next, or too many of them are in it.
 */
export class Records {
  readonly #byId = new Map<string, ResourceRecord>();
  #inOrder: ResourceRecord[] = [];

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): ResourceRecord | undefined {
    return this.#byId.get(id);
  }

  add(record: ResourceRecord): void {
    this.#byId.set(record.id, record);
    this.#inOrder.push(record);
  }

  delete(id: string): void {
    this.#byId.delete(id);
    if (this.#inOrder.length > 2 * this.#byId.size + minDeletedToCompact) this.#forgetGone();
  }

  /** One page; `startIndex` counts from 1. */
  slice({ startIndex, count }: { readonly startIndex: number; readonly count: number }): ResourceRecord[] {
    if (this.#inOrder.length > this.#byId.size) this.#forgetGone();
    return this.#inOrder.slice(startIndex - 1, startIndex - 1 + count);
  }

  /** All records; those added or deleted meanwhile may or may not be included. */
  *all(): Generator<ResourceRecord> {
    for (const record of this.#inOrder) if (this.#isThere(record)) yield record;
  }

  #forgetGone(): void {
    this.#inOrder = this.#inOrder.filter((record) => this.#isThere(record));
  }

  #isThere(record: ResourceRecord): boolean {
    return this.#byId.get(record.id) === record;
  }
}
