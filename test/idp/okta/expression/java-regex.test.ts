import { describe, expect, test } from "vitest";

import { compileJavaRegex } from "../../../../src/idp/okta/expression/java-regex.ts";

describe("Java: Pattern, whole texts", () => {
  test.each<[rule: string, pattern: string, text: string, matches: boolean]>([
    ["literal", "abc", "abc", true],
    ["the whole text", "abc", "abcd", false],
    ["an alternative is whole, too", "a|b", "ab", false],
    ["case matters", "abc", "ABC", false],
    ["(?i)", "(?i)abc", "ABC", true],
    ["(?s)", "(?s)a.b", "a\nb", true],
    ["(?m) still asks for the whole text", "(?m)a", "a\nb", false],
    ["anchors", String.raw`^a\z`, "a", true],
    ["\\A", String.raw`\Aa`, "a", true],
    ["\\Z before a last line end", String.raw`a\Z\n`, "a\n", true],
    ["quotation", String.raw`\Qa.b\E.`, "a.bc", true],
    ["quotation is literal", String.raw`\Qa.b\E`, "axb", false],
    ["quotation without an end", String.raw`\Qa(b`, "a(b", true],
    ["an escaped point", String.raw`a\.b`, "a.b", true],
    ["an escape without need", String.raw`a\-\@b`, "a-@b", true],
    ["an escape within a class", String.raw`[a\-z]+`, "a-z", true],
    ["POSIX class", String.raw`\p{Alpha}+`, "abC", true],
    ["POSIX class within a class", String.raw`[\p{Digit}x]+`, "1x2", true],
    ["POSIX class, punctuation", String.raw`\p{Punct}+`, "[{-}]", true],
    ["Unicode class", String.raw`\p{Lu}\p{IsAlphabetic}`, "Éa", true],
    ["horizontal space", String.raw`a\hb`, "a\tb", true],
    ["look-ahead", "(?=.*Ops).*", "DevOps", true],
    ["a group is used again", String.raw`(a)\1`, "aa", true],
  ])("%s: %s on %j", (_rule, pattern, text, matches) => {
    expect(compileJavaRegex(pattern).test(text)).toBe(matches);
  });

  test.each([
    ["not closed", "("],
    ["possessive", "a++"],
    ["a class within a class", "[a-z[0-9]]"],
    ["what two classes share", "[a-z&&b]"],
    ["an unknown class", String.raw`\p{Nothing}`],
  ])("is refused: %s", (_why, pattern) => {
    expect(() => compileJavaRegex(pattern)).toThrow(
      `'${pattern}' is not a regular expression, or uses Java syntax that is not supported.`,
    );
  });
});
