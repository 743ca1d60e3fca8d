/** Where a text stops being JSON (RFC 8259). */

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonFaultAt } from "../../src/replay/json-fault.ts";

describe("a text that is cut off ends too early, wherever it is cut", () => {
  test("any value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), fc.constantFrom(undefined, 2), (value, at, indent) => {
        const whole = JSON.stringify({ log: [value] }, undefined, indent);
        const cut = whole.slice(0, at % whole.length);
        // Half a number or word cannot be told from one that goes on.
        const end = cut.trimEnd().replace(/[\w.+-]+$/, "").length;
        expect(jsonFaultAt(cut)).toBeGreaterThanOrEqual(end);
      }),
    );
  });
});

test.each<readonly [rule: string, before: string, fault: string]>([
  ["a comma too many in an object", '{"a":1,', "}"],
  ["a comma too many in a list", "[1,2,", "]"],
  ["a missing comma", '{"a":1 ', '"b":2}'],
  ["a missing colon", '{"a" ', "1}"],
  ["a name without quotes", "{", "a:1}"],
  ["single quotes", '{"a":', "'b'}"],
  ["a word that is none of JSON's", '{"a":', "NaN}"],
  ["a number with a leading zero", "[", "01]"],
  ["another bracket than was opened", '{"a":[1', "}}"],
  ["a control character in a string", '{"a":', '"b\tc"}'],
  ["an escape that is none", '{"a":', String.raw`"\x41"}`],
  ["more after the end", '{"a":1} ', "{}"],
])("%s", (_rule, before, fault) => {
  expect(() => JSON.parse(before + fault)).toThrow(SyntaxError);
  expect(jsonFaultAt(before + fault)).toBe(before.length);
});
