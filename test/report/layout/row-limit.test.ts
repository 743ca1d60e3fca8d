/** More than twenty rows of a kind are counted, and no kind goes unmentioned. */

import fc from "fast-check";
import { expect, test } from "vitest";

import { countedByKind } from "../../../src/report/layout/counted.ts";
import { RowLimit, type RowKind } from "../../../src/report/layout/row-limit.ts";

function kind(name: string, family = "jobs"): RowKind {
  return {
    kind: name,
    family,
    more: (count) => `${count} more of ${name}`,
    moreOfFamily: (count) => `${count} more of ${family}`,
  };
}

test("as they come: twenty rows of each kind, then how many more", () => {
  const limit = new RowLimit({});
  const shown = Array.from({ length: 25 }, () => limit.admits(kind("created")));
  expect(limit.admits(kind("failed"))).toBe(true);
  expect(shown.filter(Boolean)).toHaveLength(20);
  expect(limit.take()).toEqual(["5 more of created (-v shows all)"]);
  expect(limit.take()).toEqual([]);
});

test("kinds that differ in a detail only are one, once there are more than twenty", () => {
  const limit = new RowLimit({});
  for (let index = 0; index < 30; index += 1) limit.admits(kind(`reason ${index}`));
  expect(limit.admits(kind("of its own", "others"))).toBe(true);
  expect(limit.take()).toEqual(["10 more of jobs (-v shows all)"]);
});

test("with -v all are shown", () => {
  const limit = new RowLimit({ all: true });
  expect(Array.from({ length: 50 }, () => limit.admits(kind("created")))).not.toContain(false);
  expect(limit.take()).toEqual([]);
});

const kinds = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 100 });

test("for any list: every row is shown or counted once, and every kind is there", () => {
  fc.assert(
    fc.property(kinds, fc.boolean(), (names, all) => {
      const rows = names.map((name, index) => ({ name, index }));
      const shown = countedByKind(rows, ({ name }) => name, { all });
      const indexes = shown
        .flatMap((one) => (one.kind === "one" ? [one.item] : one.items))
        .map(({ index }) => index);
      expect(indexes.toSorted((a, b) => a - b)).toEqual(rows.map(({ index }) => index));
      const counted = shown.flatMap((one) => (one.kind === "many" ? [one.items.length] : []));
      expect(counted.every((count) => !all && count > 20)).toBe(true);
      for (const name of new Set(names)) {
        const alone = shown.filter((one) => one.kind === "one" && one.item.name === name);
        expect(alone.length).toBeLessThanOrEqual(all ? names.length : 20);
      }
    }),
  );
});
