/** Which items of two lists belong together. */

export interface PairedUp<Item> {
  readonly pairs: readonly (readonly [Item, Item])[];
  /** What has no counterpart in the other list. */
  readonly leftOver: { readonly first: readonly Item[]; readonly second: readonly Item[] };
}

/** Undefined for an item that this key says nothing about. */
export type KeyOf<Item> = (item: Item) => string | undefined;

/** By the first key that two items have in common, the keys in their order; each item once, in the order of the lists. */
export function pairUp<Item>(
  first: readonly Item[],
  second: readonly Item[],
  keys: readonly KeyOf<Item>[],
): PairedUp<Item> {
  const pairs: (readonly [Item, Item])[] = [];
  let leftOver = { first, second };
  for (const keyOf of keys) {
    const waiting = placesByKey(leftOver.second, keyOf);
    const taken = new Set<number>();
    const { second: others } = leftOver;
    const alone = leftOver.first.filter((item) => {
      const key = keyOf(item);
      const place = key === undefined ? undefined : waiting.get(key)?.shift();
      const other = place === undefined ? undefined : others[place];
      if (place === undefined || other === undefined) return true;
      pairs.push([item, other]);
      taken.add(place);
      return false;
    });
    leftOver = { first: alone, second: others.filter((_item, place) => !taken.has(place)) };
  }
  return { pairs, leftOver };
}

function placesByKey<Item>(items: readonly Item[], keyOf: KeyOf<Item>): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, item] of items.entries()) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const before = places.get(key);
    if (before === undefined) places.set(key, [place]);
    else before.push(place);
  }
  return places;
}
