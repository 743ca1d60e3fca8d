import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { countryCodes } from "../../../../src/idp/okta/expression/functions/country-codes.ts";
import type { ExpressionValue } from "../../../../src/idp/okta/expression/value.ts";
import { evaluate } from "../../../support/okta-expression.ts";

describe("Okta Expression Language overview: Data conversion functions", () => {
  test.each<[source: string, expected: ExpressionValue]>([
    ["Convert.toInt('1234')", 1234],
    ["Convert.toInt(123.4)", 123],
    ["Convert.toInt(123.6)", 124],
    ["Convert.toInt(-1.6)", -2],
    ["Convert.toInt('1.1')", 1],
    ["Convert.toInt(' 12 ')", 12],
    ["Convert.toInt(2147483647.7)", -2147483648],
    ["Convert.toNum('3.141')", 3.141],
    ["Convert.toNum('-3')", -3],
    ["Convert.toNum('1e3')", 1000],
    ["Convert.toInt(user.employees) + 1", 4],
  ])("%s", (source, expected) => {
    expect(evaluate(source)).toBe(expected);
  });

  test.each([
    ["Convert.toInt('abc')", "the string 'abc' is not a number; calculated at position 1."],
    ["Convert.toInt('')", "the string '' is not a number; calculated at position 1."],
    ["Convert.toInt('0x10')", "the string '0x10' is not a number; calculated at position 1."],
    ["Convert.toNum(null)", "null is not a number; calculated at position 1."],
    ["'a' + Convert.toNum(true)", "true is not a number; calculated at position 7."],
  ])("Inferred: what is no number is an error: %s", (source, message) => {
    expect(() => evaluate(source)).toThrow(message);
  });

  test("an integer of 32 bits survives as a text", () => {
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(evaluate(`Convert.toInt('${value}')`)).toBe(value);
      }),
    );
  });
});

describe("Okta Expression Language overview: Country code conversion functions", () => {
  test.each<[source: string, expected: ExpressionValue]>([
    ['Iso3166Convert.toAlpha2("IND")', "IN"],
    ['Iso3166Convert.toAlpha3("840")', "USA"],
    ['Iso3166Convert.toNumeric("USA")', "840"],
    ['Iso3166Convert.toName("IN")', "India"],
    ['Iso3166Convert.toNumeric("AF")', "004"],
    ['Iso3166Convert.toAlpha2("4")', "AF"],
    ["Iso3166Convert.toAlpha2(840)", "US"],
    ['Iso3166Convert.toName("usa")', "United States"],
    ['Iso3166Convert.toAlpha2("XX")', null],
    ['Iso3166Convert.toName("")', null],
    ["Iso3166Convert.toName(null)", null],
  ])("%s", (source, expected) => {
    expect(evaluate(source)).toBe(expected);
  });

  test("each country has codes of its own, and each is told by all of them", () => {
    const rows = [...countryCodes.matchAll(/(\w\w) (\w{3}) (\d{3})/g)].map((row) => row.slice(1));
    expect(rows).toHaveLength(249);
    expect(new Set(rows.flat()).size).toBe(rows.length * 3);
    for (const [alpha2, alpha3, numeric] of rows) {
      for (const code of [alpha2, alpha3, numeric]) {
        expect(evaluate(`Iso3166Convert.toAlpha2('${code}')`)).toBe(alpha2);
        expect(evaluate(`Iso3166Convert.toAlpha3('${code}')`)).toBe(alpha3);
        expect(evaluate(`Iso3166Convert.toNumeric('${code}')`)).toBe(numeric);
      }
      expect(evaluate(`Iso3166Convert.toName('${alpha2}')`)).not.toBe(alpha2);
    }
  });
});
