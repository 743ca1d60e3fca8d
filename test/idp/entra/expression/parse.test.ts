import { describe, expect, test } from "vitest";

import { ExpressionError } from "../../../../src/idp/entra/expression/expression-error.ts";
import { expressionLimits, parseExpression } from "../../../../src/idp/entra/expression/parse.ts";
import { evaluateEntra } from "../../../support/entra-expression.ts";

describe("grammar", () => {
  test.each<[rule: string, source: string, expected: unknown]>([
    ["a quotation mark in a text", String.raw`CStr("Company name: \"Contoso\"")`, 'Company name: "Contoso"'],
    ["a backslash in a text", String.raw`CStr("a\\b")`, String.raw`a\b`],
    ["both", String.raw`CStr("\\\"")`, String.raw`\"`],
    ["blanks and line breaks between tokens", ' Join ( "," ,\n\t"a" , "b" ) ', "a,b"],
    ["a line break within a text", 'CStr("a\nb")', "a\nb"],
    ["a bracket and a comma within a text", 'Join("", "a),(", "[b]")', "a),([b]"],
    ["a name of an attribute with colons", "CStr([urn:ietf:params:x:User:costCenter])", "colons"],
    ["blanks within the brackets", "CStr([ mail ])", "m"],
    ["attributes mind case", "CStr([Mail])", null],
    ["a name of JavaScript's own is an attribute that is not set", "CStr([constructor])", null],
    ["a negative number", "CStr(-12)", "-12"],
    ["a hexadecimal number", "CStr(&HfF)", "255"],
    ["empty arguments that are not needed", 'Switch("x", , "a", "b")', null],
    ["an empty value", 'Switch("a", "d", "a", )', null],
    ["an empty source of Join", 'Join(",", , "a")', "a"],
  ])("%s: %s", (_rule, source, expected) => {
    expect(evaluateEntra(source, { mail: "m", "urn:ietf:params:x:User:costCenter": "colons" })).toBe(
      expected,
    );
  });
});

describe("what is refused, and how it is said", () => {
  test.each<[source: string, message: string]>([
    ["", "Expected a function but found the end at position 1."],
    ["[mail]", "[mail] alone is not an expression but a direct mapping; found at position 1."],
    [
      '"Contoso"',
      'the string "Contoso" alone is not an expression but a constant mapping; found at position 1.',
    ],
    ["12", "Expected a function but found '12' at position 1."],
    ["Now", "Expected '(' after Now but found the end at position 4."],
    ["Now() Now()", "Expected the end of the expression but found 'Now' at position 7."],
    ["Append([a]", "Expected ',' or ')' but found the end at position 11."],
    ["Append([a] [b])", "Expected ',' or ')' but found [b] at position 12."],
    ['Append("a', "A string is not closed; it starts at position 8."],
    ["Append([a", "An attribute is not closed; it starts at position 8."],
    ["CStr([])", "An attribute has no name: [] at position 6."],
    ["CStr('a')", "A string needs straight double quotes, not '; found at position 6."],
    ["CStr(“a”)", "A string needs straight double quotes, not “; found at position 6."],
    [
      "CStr(1 + 2)",
      "'+' is not allowed in an expression (Append and Join concatenate strings); found at position 8.",
    ],
    [
      '[a] & "b"',
      "'&' is not allowed in an expression (Append and Join concatenate strings); found at position 5.",
    ],
    [
      "CStr(user.email)",
      "'.' is not allowed in an expression (an attribute is written in brackets: [surname]); found at position 10.",
    ],
    ["CStr(#)", "'#' is not allowed in an expression; found at position 6."],
    ["CStr(mail)", "mail is not a function: an attribute is written [mail]; found at position 6."],
    ['IIF([a]="b" AND [c]="d", "e", "f")', "There is no AND: nest IIF instead; found at position 13."],
    ['IIF(Or([a]="b", [c]="d"), "e", "f")', "There is no Or: nest IIF instead; found at position 5."],
    ["CStr(=)", "Expected a value but found '=' at position 6."],
    [
      String.raw`Replace([a], , "\d", , "", , )`,
      String.raw`A backslash in a string must be written twice: \\d instead of \d at position 17.`,
    ],
    ['switch([a], , "b", "c")', "There is no function switch; did you mean Switch? Found at position 1."],
    ["Append([a], Uppercase([b]))", "There is no function Uppercase at position 13."],
    ["Lenn([a])", "There is no function Lenn; did you mean Len? Found at position 1."],
    ["constructor([a])", "There is no function constructor at position 1."],
    [
      'SelectUniqueValue("a", "b")',
      "SelectUniqueValue works from HR applications to Active Directory only, never to a SCIM application; found at position 1.",
    ],
    [
      "CStr(NormalizeDiacriticsByCulture([a]))",
      "NormalizeDiacriticsByCulture is listed by Microsoft but not described, so it cannot be reproduced; " +
        "use NormalizeDiacritics; found at position 6.",
    ],
    ["Append([a])", "Append(source, suffix) is given 1 argument at position 1."],
    ["Append([a], [b], [c])", "Append(source, suffix) is given 3 arguments at position 1."],
    ["Now(1)", "Now() is given 1 argument at position 1."],
    ["IsNull()", "IsNull(expression) is given 0 arguments at position 1."],
    ["Append([a], )", "Append(source, suffix) has no value for suffix at position 13."],
    ["Append(, [a])", "Append(source, suffix) has no value for source at position 8."],
    [
      'Switch([a], , "b")',
      "Switch(source, [defaultValue], key, [value], …) is given 3 arguments at position 1.",
    ],
    [
      'Switch([a], , "b", "c", "d")',
      "Switch(source, [defaultValue], key, [value], …) is given 5 arguments at position 1.",
    ],
    [
      'Switch([a], , "b", "c", , "d")',
      "Switch(source, [defaultValue], key, [value], …) has no value for key at position 25.",
    ],
    ['Join(",")', "Join(separator, [source], …) is given 1 argument at position 1."],
    [
      'IIF([a] = "b", "c")',
      "IIF(condition, [valueIfTrue], [valueIfFalse]) is given 2 arguments at position 1.",
    ],
    ['CStr([a] = "b")', "'=' can be used only in the first argument of IIF and CBool; found at position 10."],
    [
      'IIF("c", [a] = "b", "c")',
      "'=' can be used only in the first argument of IIF and CBool; found at position 14.",
    ],
    ['IIF([a] = "b" = "c", "d", "e")', "Expected ',' or ')' but found '=' at position 15."],
    [
      'InStr([a], "b", 1, "vbTextCompare")',
      "InStr(value1, value2, [start], [compareType]): compareType must be vbTextCompare or vbBinaryCompare, without quotes at position 1.",
    ],
    [
      "CStr(vbTextCompare)",
      "vbTextCompare is allowed only as the fourth argument of InStr; found at position 6.",
    ],
    [
      "SingleAppRoleAssignment([roles])",
      "SingleAppRoleAssignment([appRoleAssignments]): the argument must be [appRoleAssignments] at position 1.",
    ],
  ])("%s", (source, message) => {
    expect(() => parseExpression(source)).toThrow(new ExpressionError(message));
  });

  test.each<[rule: string, source: string, message: RegExp]>([
    ["fewer than its seven places", 'Replace([a], "b", , , "c")', /is given 5 arguments at position 1/],
    [
      "no form of Replace",
      'Replace([a], "b", , , , , )',
      /: give oldValue with replacementValue or template/,
    ],
    [
      "two forms at once",
      'Replace([a], "b", "c", , "d", , )',
      /: give oldValue with replacementValue or template/,
    ],
    [
      "a pattern that is wrong",
      'Replace([a], , "(b", , "", , )',
      /: The regular expression \(b has an unclosed \(/,
    ],
    [
      "a group that the pattern has not",
      'Replace([a], , "b", "n", "", , )',
      /: The regular expression has no group named n at/,
    ],
  ])("Replace: %s", (_rule, source, message) => {
    expect(() => parseExpression(source)).toThrow(message);
  });

  test.each([
    [
      "an interval",
      'DateAdd("w", 1, Now())',
      /: interval must be one of yyyy, m, d, ww, h, n, s, not "w" at position 1/,
    ],
    [
      "an interval",
      'DateDiff("D", Now(), Now())',
      /: interval must be one of yyyy, m, d, ww, h, n, s, not "D" at/,
    ],
    [
      "a style",
      'FormatDateTime([a], "Loose", "yyyy", "yyyy")',
      /: "Loose" is not one of .NET's DateTimeStyles at/,
    ],
    ["a format to read", 'FormatDateTime([a], , "x", "yyyy")', /: "x" is not a date format at/],
    [
      "a format to write",
      `FormatDateTime([a], , "yyyy", "yyyy'")`,
      /ends inside quotes or after a backslash at/,
    ],
  ])("what is written out is looked at: %s: %s", (_rule, source, message) => {
    expect(() => parseExpression(source)).toThrow(message);
  });

  test("an expression is at most 10,000 characters long", () => {
    const ofLength = (length: number): string => `CStr("${"x".repeat(length - 8)}")`;
    expect(evaluateEntra(ofLength(expressionLimits.maxLength))).toHaveLength(9992);
    expect(() => parseExpression(ofLength(expressionLimits.maxLength + 1))).toThrow(/longer than 10000/);
  });

  test.each<[name: string, nest: (depth: number) => string]>([
    ["calls of one argument", (depth) => "Not(".repeat(depth - 1) + "Guid()" + ")".repeat(depth - 1)],
    ["comparisons", (depth) => "CBool(1=".repeat(depth - 1) + "Guid()" + ")".repeat(depth - 1)],
  ])("%s nest as deep as the limit and no deeper", (_name, nest) => {
    expect(evaluateEntra(nest(expressionLimits.maxDepth))).toEqual(expect.any(Boolean));
    expect(() => parseExpression(nest(expressionLimits.maxDepth + 1))).toThrow(
      /Functions are nested more than 600 levels/,
    );
  });

  test("a chain of IIF as long as an expression may be", () => {
    const chain = 'IIF([c]="AA","x",'.repeat(540) + '"end"' + ")".repeat(540);
    expect(evaluateEntra(`IIF(${chain.slice(4)}`, { c: "ZZ" })).toBe("end");
  });
});
