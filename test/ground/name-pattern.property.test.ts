import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesPattern } from "../../src/ground/text/name-pattern.ts";

test.each<readonly [pattern: string, name: string, isMeant: boolean]>([
  ["data-*", "data-platform", true],
  ["data-*", "DATA-Platform", true],
  ["data-*", "data-", true],
  ["data-*", "data", false],
  ["data-*", "my-data-x", false],
  ["*-eu", "data-eu", true],
  ["*-eu", "data-eu-2", false],
  ["data-?", "data-é", true],
  ["data-?", "data-e\u0301", true],
  ["data-?", "data-😀", true],
  ["data-?", "data-12", false],
  ["*", "", true],
  ["*", "anything at all", true],
  ["a*b*c", "aXbYbZc", true],
  ["a*b*c", "aXcYb", false],
  ["data.[x]", "data.[x]", true],
  ["data.[x]", "dataxx", false],
  ["Team (a|b)", "team a", false],
])("%j and %j: %j", (pattern, name, isMeant) => {
  expect(matchesPattern(pattern, name)).toBe(isMeant);
});

test("it means what the same pattern as a regular expression means", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "*", "?", "."), maxLength: 8 });
  fc.assert(
    fc.property(text, fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 8 }), (pattern, name) => {
      const source = pattern.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".");
      expect(matchesPattern(pattern, name)).toBe(new RegExp(`^${source}$`).test(name));
    }),
    { numRuns: 2000 },
  );
});

test("many stars in a long name end all the same", () => {
  expect(matchesPattern(`${"*a".repeat(127)}b`, "a".repeat(20_000))).toBe(false);
});
