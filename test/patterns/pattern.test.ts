import { describe, expect, test } from "vitest";

import { AppError } from "../../src/ground/errors.ts";
import { replaceMatches } from "../../src/idp/entra/dotnet/regex-replacement.ts";
import { compileDotnetRegex } from "../../src/idp/entra/dotnet/regex.ts";
import { compileJavaRegex } from "../../src/idp/okta/expression/java-regex.ts";
import { createPattern } from "../../src/patterns/pattern.ts";

/** Each of these texts takes JavaScript's own engine longer than anybody waits. */
const almost = `${"a".repeat(5_000)}!`;

describe("an expression that goes back for ever elsewhere answers at once", () => {
  test.each([
    "(a+)+$",
    "(a|aa)+$",
    "^(a*)*$",
    "^(a|a?)+$",
    String.raw`^(\w+\s?)*$`,
    "(?i)^([A-Z]+)*$",
    "(?m)(a+)+$",
    String.raw`(.*a){20}\z`,
    String.raw`\b(a+)+\b$`,
    String.raw`^(([a-z])+.)+[A-Z]([a-z])+$`,
  ])("Entra: %s", (pattern) => {
    expect(compileDotnetRegex(pattern).pattern.test(almost)).toBe(false);
    expect(replaceMatches(almost.slice(-300), compileDotnetRegex(pattern), "x")).toBe(almost.slice(-300));
  });

  test.each([
    "(a+)+",
    "(a|aa)+",
    "(a*)*",
    "(a|a?)+",
    String.raw`(\w+\s?)*`,
    "(?i)([A-Z]+)*",
    "(?m)^(a+)+$",
    "(.*a){20}",
    String.raw`\Q\E(a+)+\Z`,
    "([a-zA-Z0-9])(([-.]|[_]+)?([a-zA-Z0-9]+))*@example",
  ])("Okta: %s", (pattern) => {
    expect(compileJavaRegex(pattern).test(almost)).toBe(false);
  });
});

test("an expression of large sets that RE2 cannot read is not taken for a slow one", () => {
  const source = String.raw`(?:[\p{L}\p{N}](?:.(?:[\P{Nd}1]|[^\p{L}\p{N}]|[\p{L}\p{N}]|\P{Lu})){2}){2}(?=)`;
  const limits = { textMs: 1000, allTextsMs: 5000 };
  expect(createPattern({ written: source, source, flags: "iu" }, limits).test("ß\u2028")).toBe(false);
});

describe("an expression that RE2 cannot read is stopped", () => {
  test.each([
    ["look-ahead", "(?=a)(a+)+$"],
    ["look-behind", "(?<!b)(a+)+$"],
    ["a reference back", String.raw`(a+)+\1$`],
    ["a class that takes away", "([a-z-[b]]+)+$"],
    ["more repetitions than RE2 counts", "(a+){2,5000}$"],
  ])("Entra, %s: %s", (_what, pattern) => {
    expect(() => compileDotnetRegex(pattern).pattern.test(almost)).toThrow(
      `The regular expression ${pattern} takes too long for the text "${"a".repeat(60)}…".`,
    );
  });

  test("Okta, look-ahead", () => {
    const error = errorOf(() => compileJavaRegex("(?=a)(a+)+").test(`${"a".repeat(50)}!`));
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      code: "invalid-file",
      message: `The regular expression (?=a)(a+)+ takes too long for the text "${"a".repeat(50)}!".`,
      hint: "Rewrite it so that a text matches in one way only: a+ instead of (a+)+, [^@]+@ instead of .+.+@.",
    });
  });

  test("RE2, where every place of a long text is searched to its end", () => {
    const { pattern } = compileDotnetRegex("((a+)+b|a)");
    expect(() => pattern.matches("a".repeat(60_000))).toThrow("takes too long for the text");
  });

  test("an expression that runs out of memory, too", () => {
    const { pattern } = compileDotnetRegex("^(?=a)(a|b|c)*d");
    expect(pattern.test("abc".repeat(100))).toBe(false);
    const error = errorOf(() => pattern.test("abc".repeat(5_000_000)));
    expect(error).toBeInstanceOf(AppError);
  });

  test("after all texts together, where each takes its time", () => {
    const limits = { textMs: 600_000, allTextsMs: 500 };
    const pattern = createPattern({ written: "p", source: "(?=a)(a+)+$", flags: "v" }, limits);
    const error = errorOf(() => {
      for (;;) pattern.test(`${"a".repeat(20)}!`);
    });
    expect(error).toMatchObject({
      message: "The regular expression p took 0.5 seconds in total before all texts were matched.",
    });
  });
});

test("what a group took in an earlier round is kept, as in .NET and unlike in JavaScript", () => {
  expect(replaceMatches("ab", compileDotnetRegex("(?:(a)|b)*"), "<$1>")).toBe("<a><>");
});

function errorOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
