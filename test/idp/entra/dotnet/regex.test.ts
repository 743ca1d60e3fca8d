import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { DotnetError } from "../../../../src/idp/entra/dotnet/dotnet-error.ts";
import { replaceMatches } from "../../../../src/idp/entra/dotnet/regex-replacement.ts";
import { compileDotnetRegex } from "../../../../src/idp/entra/dotnet/regex.ts";

function matches(pattern: string, text: string): readonly string[] {
  return compileDotnetRegex(pattern)
    .pattern.matches(text)
    .map(({ spans: [[from, to]] }) => text.slice(from, to));
}

// .NET: "Regular expression language - quick reference" and the pages that it refers to.
describe(".NET's regular expressions match as in .NET", () => {
  test.each<[rule: string, pattern: string, text: string, expected: readonly string[]]>([
    ["\\d is every decimal digit of Unicode", String.raw`\d+`, "a12b٣४", ["12", "٣४"]],
    ["\\D", String.raw`\D+`, "1a٣b", ["a", "b"]],
    ["\\w is letters, marks, digits and connectors", String.raw`\w+`, "Zoë_1 né", ["Zoë_1", "né"]],
    ["\\W", String.raw`\W+`, "é-ü", ["-"]],
    [
      "\\s has U+0085 and all separators",
      String.raw`\s`,
      "\u0085\u2003\u00a0",
      ["\u0085", "\u2003", "\u00a0"],
    ],
    ["\\s has no byte order mark", String.raw`\s`, "\ufeff", []],
    ["\\S", String.raw`\S+`, "a\ufeff b", ["a\ufeff", "b"]],
    [". is everything but \\n", ".", "\r\n\u2028", ["\r", "\u2028"]],
    ["option s: . is everything", "(?s).", "\n", ["\n"]],
    ["^ is the beginning of the text only", "^.", "a\nb", ["a"]],
    ["option m: ^ is the beginning of a line", "(?m)^.", "a\nb\rc", ["a", "b"]],
    ["$ is the end, and in front of a last line break", ".$", "a\nb\n", ["b"]],
    ["option m: $ is the end of each line", "(?m).$", "a\nb", ["a", "b"]],
    ["\\A", String.raw`(?m)\A.`, "a\nb", ["a"]],
    ["\\Z is the end, and in front of a last line break", String.raw`(?m).\Z`, "a\nb\n", ["b"]],
    ["\\z is the very end", String.raw`[^\n]\z`, "a\n", []],
    ["\\b by Unicode", String.raw`\bé\w`, "née éa", ["éa"]],
    ["\\B", String.raw`\Be`, "e be", ["e"]],
    ["option i", "(?i)straSSe", "STRASSE", ["STRASSE"]],
    ["options are set together", "(?im)^b", "a\nB", ["B"]],
    ["option i that is set already", "(?i)a(?i:b)", "AB", ["AB"]],
    ["an option within a group ends with it", "(?:(?s).)b|.c", "\nb\nc", ["\nb"]],
    ["an option for a group", "(?s:.)b", "\nb", ["\nb"]],
    ["option x: blanks and comments are no part", "(?x) a b # c\n d", "abd", ["abd"]],
    ["option x: a blank in a class is one", "(?x)[ ]", "a b", [" "]],
    ["option n: parentheses without a name take nothing", "(?n)(a)(?<x>b)", "ab", ["ab"]],
    ["a comment", "a(?# b )c", "ac", ["ac"]],
    ["lookahead", "a(?=b)", "ab ac", ["a"]],
    ["negative lookahead", "a(?!b)", "ab ac", ["a"]],
    ["lookbehind", "(?<=a)b", "ab cb", ["b"]],
    ["negative lookbehind", "(?<!a)b", "ab cb", ["b"]],
    ["a back reference by number", String.raw`(\w)\1`, "abba", ["bb"]],
    ["a back reference by name", String.raw`(?<twice>\w)\k<twice>`, "abba", ["bb"]],
    ["a back reference by name in quotes", String.raw`(?'twice'\w)\k'twice'`, "abba", ["bb"]],
    ["numbers count groups without a name first", String.raw`(?<n>a)(b)\1\2`, "abba", ["abba"]],
    ["a number behind a back reference is none of it", String.raw`(a)\1{2}3`, "aaa3", ["aaa3"]],
    ["quantifiers", "a{2}b{1,}c{0,1}d??e*?", "aabbcd", ["aabbc"]],
    ["a brace that is no quantifier", "a{b}{,2}", "a{b}{,2}", ["a{b}{,2}"]],
    ["closing brackets outside stand for themselves", "a]b}", "a]b}", ["a]b}"]],
    ["escaped signs", String.raw`\-\/\#\@\.\$`, "-/#@.$", ["-/#@.$"]],
    [
      "control characters",
      String.raw`\t\x41\u0042\cI\e\a\0`,
      "\tAB\t\u001b\u0007\0",
      ["\tAB\t\u001b\u0007\0"],
    ],
    ["a class with a closing bracket first", "[]a]+", "]a]", ["]a]"]],
    ["a class without one", "[^]a]+", "]b", ["b"]],
    ["a class takes some away", "[a-z-[aeiou]]+", "queue bcd", ["q", "bcd"]],
    ["a class takes a class away that takes one away", "[a-z-[a-y-[m]]]+", "amz", ["mz"]],
    ["a hyphen at either end of a class", "[-a][a-]", "a--a", ["a-", "-a"]],
    ["ranges with escapes", String.raw`[\x41-\x43\d]+`, "ABCD1", ["ABC", "1"]],
    ["signs in a class", String.raw`[()[{}|/&~^-]+`, "([{}|&/~^-)", ["([{}|&/~^-)"]],
    ["\\b in a class is a backspace", String.raw`[\b]`, "\b", ["\b"]],
    ["\\S in a class", String.raw`[\S ]+`, "a b\tc", ["a b", "c"]],
    ["general categories", String.raw`\p{Lu}\P{L}[\p{Ll}]`, "A1b", ["A1b"]],
    ["letters beyond the basic plane", "[😀-😂]", "😁", ["😁"]],
    ["matches minding case", "abc", "ABC", []],
  ])("%s: %s", (_rule, pattern, text, expected) => {
    expect(matches(pattern, text)).toEqual(expected);
  });

  test("a pattern without signs matches itself", () => {
    const text = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(text, (one) => {
        const pattern = one.replaceAll(/[\\[\](){}.*+?^$|#]/g, String.raw`\$&`);
        expect(matches(pattern, `<${one}>`)).toContain(one);
      }),
    );
  });

  test("whatever the pattern, it is compiled or refused", () => {
    const part = fc.constantFrom(
      "(",
      ")",
      "[",
      "]",
      "\\",
      "?",
      "<n>",
      "<",
      ">",
      "-",
      "^",
      "$",
      "a",
      "{1}",
      "k",
      "1",
      "i:",
      "|",
      "*",
    );
    const pattern = fc.oneof(
      fc.string(),
      fc.array(part).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(pattern, (one) => {
        expect(problemOf(one) ?? new DotnetError("")).toBeInstanceOf(DotnetError);
      }),
      { numRuns: 500 },
    );
  });
});

describe("what is wrong, and what cannot be translated, is refused", () => {
  test.each<[pattern: string, message: string]>([
    ["(a", "The regular expression (a has an unclosed (."],
    ["a)", "The regular expression a) has an unmatched )."],
    ["[a", "The regular expression [a has an unclosed [."],
    ["[b-a]", "The regular expression [b-a] has the range b-a in reverse order."],
    [String.raw`[a-\d]`, String.raw`The regular expression [a-\d] has a range that ends with a set.`],
    ["[a-z-[b]c]", "The regular expression [a-z-[b]c] continues after a subtracted class."],
    ["*a", "The regular expression *a is not valid: nothing to repeat."],
    ["a**", "The regular expression a** is not valid: nothing to repeat."],
    ["a\\", "The regular expression a\\ ends with a backslash."],
    [String.raw`\y`, String.raw`The regular expression \y has \y, which is not an escape.`],
    [
      String.raw`(a)\2`,
      String.raw`The regular expression (a)\2 refers to the group 2, which does not exist.`,
    ],
    [
      String.raw`\k<n>`,
      String.raw`The regular expression \k<n> refers to the group n, which does not exist.`,
    ],
    [String.raw`\Ga`, String.raw`The regular expression \Ga has \G, which is not supported.`],
    [
      String.raw`\p{IsGreek}`,
      String.raw`The regular expression \p{IsGreek} uses the Unicode block IsGreek, which is not supported.`,
    ],
    ["a(?i)b", "The regular expression a(?i)b sets the option i after its start, which is not supported."],
    [
      "(?<n>a)(?<n>b)",
      "The regular expression (?<n>a)(?<n>b) has two groups named n, which is not supported.",
    ],
    ...["(?>a)", "(?<n-m>a)", "(?<1>a)", "(?(a)b|c)"].map((pattern): [string, string] => [
      pattern,
      `The regular expression ${pattern} has an atomic, balancing, numbered or conditional group, which is not supported.`,
    ]),
  ])("%s", (pattern, message) => {
    expect(problemOf(pattern)).toEqual(new DotnetError(message));
  });
});

// .NET: "Substitutions in regular expressions".
describe("substitutions", () => {
  test.each<[rule: string, pattern: string, replacement: string, text: string, expected: string]>([
    ["$1", String.raw`(\w+) (\w+)`, "$2 $1", "one two", "two one"],
    ["${name}", String.raw`(?<first>\w+) (?<second>\w+)`, "${second} ${first}", "one two", "two one"],
    ["${1}", "(a)", "${1}1", "a", "a1"],
    ["a group with leading zeros", "(a)", "$01", "a", "a"],
    ["$$", "a", "$$", "a", "$"],
    ["$&", "a", "<$&>", "bab", "b<a>b"],
    ["$0", "a", "<$0>", "bab", "b<a>b"],
    ["$`", "b", "$`", "abc", "aac"],
    ["$'", "b", "$'", "abc", "acc"],
    ["$_", "b", "$_", "abc", "aabcc"],
    ["$+ is the last group", "(a)(b)", "$+", "ab", "b"],
    ["$+ where the last group by its number has a name", "(?<n>a)(b)", "$+", "ab", "a"],
    ["$+ without groups", "a", "<$+>", "a", "<a>"],
    ["a group that is not there stays as written", "a", "$2${x}$", "a", "$2${x}$"],
    ["a group that took no part is empty", "(x)?a", "<$1>", "a", "<>"],
    ["JavaScript's own $<name> has no meaning", "(?<n>a)", "$<n>", "a", "$<n>"],
    ["empty matches", "x*", "-", "ab", "-a-b-"],
  ])("%s", (_rule, pattern, replacement, text, expected) => {
    expect(replaceMatches(text, compileDotnetRegex(pattern), replacement)).toBe(expected);
  });
});

function problemOf(pattern: string): unknown {
  try {
    compileDotnetRegex(pattern);
    return undefined;
  } catch (error) {
    return error;
  }
}
