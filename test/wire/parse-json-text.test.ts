import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { maxJsonNesting, parseJsonText } from "../../src/wire/parse-json-text.ts";

describe("JSON text of an answer", () => {
  test.each([
    ["an object", '{"a":[1,true,null]}', { a: [1, true, null] }],
    ["a scalar", '"x"', "x"],
    ["nothing", "", undefined],
    ["white space", " \r\n", undefined],
    ["HTML", "<html></html>", undefined],
    ["JSON that is cut off", '{"a":', undefined],
    ["brackets inside strings don't nest", JSON.stringify("[".repeat(500)), "[".repeat(500)],
    ["an escaped quote doesn't end a string", JSON.stringify({ a: '"[[' }), { a: '"[[' }],
    ["a backslash before the closing quote", JSON.stringify({ a: "\\" }), { a: "\\" }],
  ])("%s", (_rule, text, expected) => {
    expect(parseJsonText(text)).toEqual(expected);
  });

  test(`nesting is accepted up to ${maxJsonNesting} levels and refused beyond`, () => {
    const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
    expect(parseJsonText(nested(maxJsonNesting))).toBeDefined();
    expect(parseJsonText(nested(maxJsonNesting + 1))).toBeUndefined();
    expect(parseJsonText("[".repeat(1_000_000))).toBeUndefined();
  });

  test("a member named __proto__ stays a plain member", () => {
    const value = parseJsonText('{"__proto__":{"admin":true}}');
    expect(Object.hasOwn(value as object, "__proto__")).toBe(true);
    expect((value as { admin?: boolean }).admin).toBeUndefined();
  });

  test("what JSON.stringify writes is read back, as long as it is not nested too deep", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        expect(parseJsonText(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
