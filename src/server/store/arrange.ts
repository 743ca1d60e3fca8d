/** Puts resources into an order and cuts a page out of them. */

import type { Order, PageWindow, Placed, Position } from "./store.ts";

/** The order in which the resources were made. */
export const byCreation: Order = {
  keyOf: ({ createdMs }) => createdMs,
  compare: (a, b) => Number(a) - Number(b),
};

/** A page, and how many stand before it. */
export interface Cutting<Item> {
  readonly offset: number;
  readonly placed: readonly Item[];
}

/**
 * The part of the items that a window shows, in their order: by key, then by id, so that every resource has one
 * place that does not depend on the others, and a page goes on where the last one ended whoever has come or gone.
 */
export function arrange<Item extends Placed>(
  items: readonly Item[],
  order: Pick<Order, "compare">,
  window: PageWindow,
): Cutting<Item> {
  const compare = (a: Position, b: Position): number => order.compare(a.key, b.key) || compareIds(a.id, b.id);
  const sorted = items.map((item) => ({ item, key: item.key, id: item.resource.id })).sort(compare);
  const offset = offsetOf(sorted, compare, window);
  const end = window.kind === "before" ? endBefore(sorted, compare, window.position) : offset + window.count;
  return { offset, placed: sorted.slice(offset, end).map(({ item }) => item) };
}

type Compare = (a: Position, b: Position) => number;

function offsetOf(sorted: readonly Position[], compare: Compare, window: PageWindow): number {
  switch (window.kind) {
    case "index":
      return window.startIndex - 1;
    case "before":
      return Math.max(0, endBefore(sorted, compare, window.position) - window.count);
    case "after": {
      const { position } = window;
      return position === undefined ? 0 : countWhile(sorted, (one) => compare(one, position) <= 0);
    }
  }
}

function endBefore(sorted: readonly Position[], compare: Compare, position: Position): number {
  return countWhile(sorted, (one) => compare(one, position) < 0);
}

/** How many items at the beginning of a list meet a condition that nobody behind them meets. */
function countWhile<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  const first = items.findIndex((item) => !holds(item));
  return first === -1 ? items.length : first;
}

function compareIds(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
