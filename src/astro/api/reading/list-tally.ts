/** Keeps count while a list is read page by page, and tells whether it was read in full. */

import { formatCount } from "../../../ground/text/quantities.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { ListPage } from "./page.ts";

/** One reading of a list from its first page to its last. */
export class ListTally<Item> {
  /** By id: a resource that shifts from one page to the next is seen twice. */
  readonly #seen = new Map<string, Item>();
  readonly #nameOf = new Map<string, string>();
  readonly #idOf: (resource: JsonObject) => string;
  readonly #itemOf: (resource: JsonObject) => Item;
  readonly #idOfItem: ((item: Item) => string) | undefined;
  #pages = 0;
  #received = 0;
  #total: number | undefined;
  #totalMeansPage = false;
  #shrank = false;
  /** The last page that brought something names a next one. */
  #hasNext = false;
  /** An id that two resources have. */
  #sharedId: string | undefined;

  /** Of each resource only its item is kept. `idOfItem`: where the item has the id, the resource is not asked again. */
  constructor(
    idOf: (resource: JsonObject) => string,
    itemOf: (resource: JsonObject) => Item,
    idOfItem?: (item: Item) => string,
  ) {
    this.#idOf = idOf;
    this.#itemOf = itemOf;
    this.#idOfItem = idOfItem;
  }

  /** Takes a page in; returns how many of its resources had not been seen before. */
  take(page: ListPage): number {
    const before = this.#seen.size;
    for (const resource of page.resources) this.#see(resource);
    this.#pages += 1;
    this.#received += page.resources.length;
    this.#noteTotal(page.totalResults);
    const fresh = this.#seen.size - before;
    if (fresh > 0) this.#hasNext = page.hasNext;
    return fresh;
  }

  /**
   * From now on the total says nothing, for it was the length of the page (GitHub: better-auth #10398,
   * wso2 product-is #7320): the list ends where no page brings anything new.
   */
  distrustTotal(): void {
    this.#totalMeansPage = true;
  }

  get items(): readonly Item[] {
    return [...this.#seen.values()];
  }

  /** Id of the resource that came first; undefined where none came. */
  get firstId(): string | undefined {
    return this.#seen.keys().next().value;
  }

  get size(): number {
    return this.#seen.size;
  }

  /** As the latest page had it; undefined where the server does not say or cannot be believed. */
  get total(): number | undefined {
    return this.#totalMeansPage ? undefined : this.#total;
  }

  /** Where the next page begins: by what came, not by what was asked for or is claimed. */
  get nextStartIndex(): number {
    return this.#received + 1;
  }

  hasSeen(resource: JsonObject): boolean {
    return this.#seen.has(this.#idOf(resource));
  }

  /** True once as many were seen as there are said to be. */
  get reachedTotal(): boolean {
    return this.total !== undefined && this.size >= this.total;
  }

  /** True where one page claims to be the whole list, so that its total may be no more than its length. */
  get isSinglePage(): boolean {
    return this.#pages === 1;
  }

  /** Whether nothing can have been missed. A list that shrank may have moved resources past the reader. */
  get isComplete(): boolean {
    if (this.#sharedId !== undefined || this.#hasNext) return false;
    return this.total === undefined || (this.reachedTotal && !this.#shrank);
  }

  /** Why it is not complete, as the end of a sentence. */
  get complaint(): string {
    if (this.#sharedId !== undefined) return `two resources have the id ${JSON.stringify(this.#sharedId)}`;
    if (this.#hasNext) return "its last page has a nextCursor, which startIndex cannot follow";
    if (this.#shrank) return "the list kept changing while it was read";
    return `${this.total === undefined ? "more" : formatCount(this.total)} resources were announced, but ${formatCount(this.size)} were returned`;
  }

  /** A resource that is seen again has the name that it had: another one with its id is another resource. */
  #see(resource: JsonObject): void {
    const item = this.#itemOf(resource);
    const id = this.#idOfItem?.(item) ?? this.#idOf(resource);
    const name = nameOf(resource);
    if ((this.#nameOf.get(id) ?? name) !== name) this.#sharedId = id;
    this.#nameOf.set(id, name);
    this.#seen.set(id, item);
  }

  #noteTotal(total: number | undefined): void {
    if (total !== undefined && this.#total !== undefined && total < this.#total) this.#shrank = true;
    this.#total = total;
  }
}

function nameOf({ userName, displayName }: JsonObject): string {
  // A user has both names, a Team the second one.
  if (typeof userName === "string" && typeof displayName === "string") return `${userName}\n${displayName}`;
  if (typeof displayName === "string" && userName === undefined) return displayName;
  return JSON.stringify([userName, displayName]);
}
