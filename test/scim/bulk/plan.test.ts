import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planBulk } from "../../../src/scim/bulk/plan.ts";

const plan = (needs: readonly (readonly number[])[]) => planBulk(needs.length, (index) => needs[index]!);

describe("the order of a bulk request's operations (RFC 7644 §3.7)", () => {
  test.each([
    ["that of the request", [[], [], []], [[0], [1], [2]]],
    ["what was made before may be referred to", [[], [0], [0, 1]], [[0], [1], [2]]],
    ["what is made later comes first, once it is referred to", [[2], [], []], [[2], [0], [1]]],
    ["through several", [[1], [2], []], [[2], [1], [0]]],
    ["two that refer to one another are one", [[1], [0], []], [[0, 1], [2]]],
    ["itself", [[0]], [[0]]],
    ["a circle that refers to what is outside", [[1], [0, 2], [], [0]], [[2], [0, 1], [3]]],
    ["two circles with something in common are one", [[1, 2], [0], [0]], [[0, 1, 2]]],
  ])("%s", (_rule, needs, expected) => {
    expect(plan(needs)).toEqual(expected);
  });

  test("a chain as long as a request may be", () => {
    const count = 1_000;
    const chain = planBulk(count, (index) => (index + 1 < count ? [index + 1] : []));
    expect(chain).toHaveLength(count);
    expect(chain[0]).toEqual([count - 1]);
  });

  const graphs = fc.integer({ min: 1, max: 8 }).chain((count) =>
    fc.array(fc.array(fc.nat({ max: count - 1 }), { maxLength: 3 }), {
      minLength: count,
      maxLength: count,
    }),
  );

  test("each operation once, and never before what it needs, unless they need one another", () => {
    fc.assert(
      fc.property(graphs, (needs) => {
        const groups = plan(needs);
        expect(groups.flat().toSorted((a, b) => a - b)).toEqual(needs.map((_, index) => index));
        const place = new Map(groups.flatMap((group, at) => group.map((index) => [index, at] as const)));
        for (const [index, needed] of needs.entries()) {
          for (const one of needed) expect(place.get(one)).toBeLessThanOrEqual(place.get(index)!);
        }
      }),
    );
  });
});
