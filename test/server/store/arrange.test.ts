import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrange } from "../../../src/server/store/arrange.ts";
import type {
  OrderKey,
  PageWindow,
  Placed,
  Position,
  StoredResource,
} from "../../../src/server/store/rows.ts";

const compare = (a: OrderKey, b: OrderKey): number => Number(a) - Number(b);

// Of a resource nothing but its id is looked at here.
const placed = (key: number, id: string): Placed => ({ key, resource: { id } as StoredResource });
const idsOf = ({ placed: page }: { readonly placed: readonly Placed[] }): string[] =>
  page.map(({ resource }) => resource.id);
const positionOf = ({ key, resource }: Placed): Position => ({ key, id: resource.id });

const items = fc
  .uniqueArray(fc.record({ id: fc.integer({ min: 100, max: 140 }), key: fc.integer({ min: 0, max: 3 }) }), {
    selector: ({ id }) => id,
    maxLength: 12,
  })
  .map((list) => list.map(({ id, key }) => placed(key, String(id))));
const counts = fc.integer({ min: 1, max: 4 });
const inOrder = (list: readonly Placed[]): string[] =>
  list
    .toSorted((a, b) => compare(a.key, b.key) || Number(a.resource.id) - Number(b.resource.id))
    .map(({ resource }) => resource.id);

/** The pages from the first to the last, each behind the place where the one before ended. */
function pagesThrough(
  list: readonly Placed[],
  count: number,
  between: (seen: readonly Placed[]) => readonly Placed[],
): string[] {
  const seen: Placed[] = [];
  let rest = list;
  for (;;) {
    const last = seen.at(-1);
    const window: PageWindow = { kind: "after", position: last && positionOf(last), count };
    const page = arrange(rest, compare, window);
    if (page.placed.length === 0) return seen.map(({ resource }) => resource.id);
    seen.push(...page.placed);
    rest = between(seen);
  }
}

describe("pages that follow a place", () => {
  test("show each resource once, by key and then by id", () => {
    fc.assert(
      fc.property(items, counts, (list, count) => {
        expect(pagesThrough(list, count, () => list)).toEqual(inOrder(list));
      }),
    );
  });

  test("show the same whoever of those that were seen is gone", () => {
    fc.assert(
      fc.property(items, counts, (list, count) => {
        const onlyUnseen = (seen: readonly Placed[]): readonly Placed[] =>
          list.filter((one) => !seen.includes(one));
        expect(pagesThrough(list, count, onlyUnseen)).toEqual(inOrder(list));
      }),
    );
  });
});

test("what leads up to a place and what follows from there is everything", () => {
  fc.assert(
    fc.property(
      items,
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 100, max: 140 }),
      (list, key, id) => {
        const position = { key, id: String(id) };
        const before = arrange(list, compare, { kind: "before", position, count: 99 });
        const behind = arrange(list, compare, { kind: "after", position, count: 99 });
        const there = list.filter(({ resource, key: own }) => resource.id === position.id && own === key);
        expect([...idsOf(before), ...there.map(({ resource }) => resource.id), ...idsOf(behind)]).toEqual(
          inOrder(list),
        );
        expect(behind.offset).toBe(before.placed.length + there.length);
      },
    ),
  );
});

test("a page before a place is the one next to it", () => {
  const list = [1, 2, 3, 4].map((key) => placed(key, String(key)));
  const page = arrange(list, compare, { kind: "before", position: { key: 4, id: "4" }, count: 2 });
  expect([page.offset, idsOf(page)]).toEqual([1, ["2", "3"]]);
});

test("a page by index", () => {
  const list = [4, 3, 2, 1].map((key) => placed(key, String(key)));
  const page = arrange(list, compare, { kind: "index", startIndex: 2, count: 2 });
  expect([page.offset, idsOf(page)]).toEqual([1, ["2", "3"]]);
});
