/** When two JSON values are the same. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { sameValue } from "../../src/scim/value/same-value.ts";

test.each([
  { a: { x: 1, y: [2] }, b: { y: [2], x: 1 }, same: true, rule: "the order of names does not count" },
  { a: [1, 2], b: [2, 1], same: false, rule: "the order of a list does" },
  { a: "a", b: "A", same: false, rule: "case counts" },
  { a: { x: 1 }, b: { x: 1, y: 1 }, same: false, rule: "a name more" },
  { a: { x: 1 }, b: { y: 1 }, same: false, rule: "another name" },
  { a: [1], b: [1, 2], same: false, rule: "a value more" },
  { a: [], b: {}, same: false, rule: "a list is no object" },
  { a: null, b: undefined, same: false, rule: "null is something" },
  {
    a: JSON.parse('{"__proto__":1}'),
    b: JSON.parse('{"x":1}'),
    same: false,
    rule: "inherited names are none",
  },
])("$rule", ({ a, b, same }) => {
  expect(sameValue(a, b)).toBe(same);
});

test("a copy is the same, and the answer does not depend on the side", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      expect(sameValue(a as never, structuredClone(a) as never)).toBe(true);
      expect(sameValue(a as never, b as never)).toBe(sameValue(b as never, a as never));
    }),
  );
});
