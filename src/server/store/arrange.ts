/** Puts rows into an order and cuts a page out of them. */

import type { CompareKeys } from "./examine.ts";
import type { PageWindow, Placed, Position } from "./rows.ts";

/** A page, and how many stand before it. */
export interface Cutting<Item> {
  readonly offset: number;
  readonly placed: readonly Item[];
}

/** The part of the rows that a window shows, in their order. */
export function arrange<Item extends Placed>(
  items: readonly Item[],
  compare: CompareKeys,
  window: PageWindow,
): Cutting<Item> {
  return cutPage(items, window, { compare, positionOf: ({ key, resource }) => ({ key, id: resource.id }) });
}

/**
 * The part of anything that has a position: ordered by key, then by id, so that every item has one place that does not
 * depend on the others, and a page continues where the last one ended, even if resources were added or removed.
 */
export function cutPage<Item>(
  items: readonly Item[],
  window: PageWindow,
  order: { readonly compare: CompareKeys; readonly positionOf: (item: Item) => Position },
): Cutting<Item> {
  const { positionOf } = order;
  const compare: Compare = (a, b) => order.compare(a.key, b.key) || compareIds(a.id, b.id);
  const sorted = isSorted(items, positionOf, compare)
    ? items
    : items.toSorted((a, b) => compare(positionOf(a), positionOf(b)));
  const countBefore = (limit: Position, most: number): number =>
    countWhile(sorted, (item) => compare(positionOf(item), limit) <= most);
  const offset = offsetOf(window, countBefore);
  const end = window.kind === "before" ? countBefore(window.position, -1) : offset + window.count;
  return { offset, placed: sorted.slice(offset, end) };
}

type Compare = (a: Position, b: Position) => number;

function offsetOf(window: PageWindow, countBefore: (limit: Position, most: number) => number): number {
  switch (window.kind) {
    case "index":
      return window.startIndex - 1;
    case "before":
      return Math.max(0, countBefore(window.position, -1) - window.count);
    case "after":
      return window.position === undefined ? 0 : countBefore(window.position, 0);
  }
}

/** What is asked for page by page mostly is in order already. */
function isSorted<Item>(
  items: readonly Item[],
  positionOf: (item: Item) => Position,
  compare: Compare,
): boolean {
  let before: Position | undefined;
  for (const item of items) {
    const position = positionOf(item);
    if (before !== undefined && compare(before, position) > 0) return false;
    before = position;
  }
  return true;
}

/** How many items at the start of a list meet a condition that no later item meets. */
function countWhile<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compareIds(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
