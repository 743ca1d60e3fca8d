import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { ExpressionValue } from "../../../../src/idp/okta/expression/value.ts";
import { evaluate, quoted } from "../../../support/okta-expression.ts";

describe("Okta Expression Language overview: Array functions", () => {
  test.each<[source: string, expected: ExpressionValue]>([
    ["Arrays.add({10, 20, 30}, 40)", [10, 20, 30, 40]],
    ["Arrays.add(NULL, 40)", [40]],
    ["Arrays.remove({10, 20, 30}, 20)", [10, 30]],
    ["Arrays.remove({10, 20, 10}, 10)", [20, 10]],
    ["Arrays.remove({10, 20, 30}, 50)", [10, 20, 30]],
    ["Arrays.clear({10, 20, 30})", []],
    ["Arrays.get({0, 1, 2}, 0)", 0],
    ["Arrays.flatten(10, {20, 30}, 40)", [10, 20, 30, 40]],
    ["Arrays.flatten({10, {20, {30}}})", [10, 20, 30]],
    ["Arrays.contains({10, 20, 30}, 10)", true],
    ["Arrays.contains({10, 20, 30}, 50)", false],
    ["Arrays.contains(user.skills, 'sql')", true],
    ["Arrays.contains(user.skills, 'SQL')", false],
    ["Arrays.contains({10}, '10')", false],
    ["Arrays.size({10, 20, 30})", 3],
    ["Arrays.size(NULL)", 0],
    ["Arrays.isEmpty({10, 20})", false],
    ["Arrays.isEmpty(NULL)", true],
    ["Arrays.isEmpty({})", true],
    ['Arrays.toCsvString({"This", "is", " a ", "test"})', "This,is, a ,test"],
    ["Arrays.toCsvString(NULL)", ""],
  ])("%s", (source, expected) => {
    expect(evaluate(source)).toEqual(expected);
  });

  test.each<[source: string, expected: ExpressionValue]>([
    ["Arrays.flatten('10, 20, 30, 40')", ["10", "20", "30", "40"]],
    ["Arrays.size(user.csv)", 3],
    ["Arrays.size('')", 0],
    ["Arrays.isEmpty('')", true],
    ["Arrays.get(user.csv, 1)", "20"],
    ["Arrays.add(user.csv, '40')", ["10", "20", "30", "40"]],
    ["Arrays.remove(user.csv, 20)", ["10", "30"]],
    ["Arrays.contains(user.csv, '20')", true],
    ["Arrays.contains(user.csv, 20)", true],
    ["Arrays.size(user.employees)", 1],
  ])("a comma-separated text is a list: %s", (source, expected) => {
    expect(evaluate(source)).toEqual(expected);
  });

  test.each([
    [
      "Arrays.get({0, 1, 2}, 3)",
      "A list of 3 has no entry 3; its entries count from 0; calculated at position 1.",
    ],
    [
      "Arrays.get({0, 1, 2}, -1)",
      "A list of 3 has no entry -1; its entries count from 0; calculated at position 1.",
    ],
    [
      "Arrays.get({0, 1, 2}, 0.5)",
      "A list of 3 has no entry 0.5; its entries count from 0; calculated at position 1.",
    ],
  ])("Inferred: no entry is an error: %s", (source, message) => {
    expect(() => evaluate(source)).toThrow(message);
  });
});

describe("laws of the Array functions", () => {
  const value = fc.stringMatching(/^[\w'-]+( [\w'-]+)*$/);
  const values = fc.array(value, { maxLength: 6 });
  const listed = (entries: readonly string[]): string => `{${entries.map(quoted).join(", ")}}`;

  test("toCsvString and back is the list, whose values have no comma and no space around them", () => {
    fc.assert(
      fc.property(values, (entries) => {
        expect(evaluate(`Arrays.flatten(Arrays.toCsvString(${listed(entries)}))`)).toEqual(entries);
      }),
      { numRuns: 40 },
    );
  });

  test("what was added is contained, makes the list longer by one, and is removed again", () => {
    fc.assert(
      fc.property(values, value, (entries, added) => {
        const longer = `Arrays.add(${listed(entries)}, ${quoted(added)})`;
        expect(evaluate(`Arrays.contains(${longer}, ${quoted(added)})`)).toBe(true);
        expect(evaluate(`Arrays.size(${longer})`)).toBe(entries.length + 1);
        expect(evaluate(`Arrays.get(${longer}, ${entries.length})`)).toBe(added);
        const others = entries.filter((entry) => entry !== added);
        const removed = `Arrays.remove(Arrays.add(${listed(others)}, ${quoted(added)}), ${quoted(added)})`;
        expect(evaluate(removed)).toEqual(others);
      }),
      { numRuns: 40 },
    );
  });

  test("however a list is nested, flatten makes the same of it", () => {
    fc.assert(
      fc.property(values, values, (first, second) => {
        const flat = evaluate(`Arrays.flatten(${listed(first)}, ${listed(second)})`);
        expect(flat).toEqual([...first, ...second]);
        expect(evaluate(`Arrays.flatten({${listed(first)}, {${listed(second)}}})`)).toEqual(flat);
      }),
      { numRuns: 40 },
    );
  });
});
