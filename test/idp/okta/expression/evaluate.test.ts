import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { ExpressionError } from "../../../../src/idp/okta/expression/expression-error.ts";
import { expressionLimits, parseExpression } from "../../../../src/idp/okta/expression/parse.ts";
import type { ExpressionValue } from "../../../../src/idp/okta/expression/value.ts";
import { evaluate } from "../../../support/okta-expression.ts";

/** An ExpressionError with exactly that sentence. */
function saying(message: string): unknown {
  return expect.toSatisfy((error) => error instanceof ExpressionError && error.message === message, message);
}

function errorOf(source: string): unknown {
  try {
    evaluate(source);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe("Okta Expression Language overview: literals and operators", () => {
  test.each<[rule: string, source: string, expected: ExpressionValue]>([
    ["single quotes", "'x'", "x"],
    ["double quotes", '"x"', "x"],
    ["a quote inside is doubled (SpEL)", "'it''s'", "it's"],
    ["the other quote needs nothing", `"it's"`, "it's"],
    ["integer", "1234", 1234],
    ["number", "3.141", 3.141],
    ["true", "true", true],
    ["false", "false", false],
    ["null", "null", null],
    ["attribute", "user.firstName", "Ada"],
    ["list attribute", "user.skills", ["sql", "airflow"]],
    ["attribute of the app profile", "appuser.userName", "ada@okta.com"],
    ["the Okta profile in old username templates", "source.firstName", "Ada"],
    ["app property", "app.domain", "okta.com"],
    ["organization property", "org.name", "Acme"],
    ["organization property", "org.subDomain", "acme"],
    ["array", "{1, 2, 3}", [1, 2, 3]],
    ["empty array", "{}", []],
    ["array of arrays", "{{1}, {2, 3}}", [[1], [2, 3]]],
    ["index of an array", "{1, 2, 3}[0]", 1],
    ["index of an attribute", "user.skills[1]", "airflow"],
    ["a position is any expression", "user.skills[user.employees - 2]", "airflow"],
    ["index of an index", "{{1}, {2, 3}}[1][0]", 2],
    ["projection", "user.getGroups({'group.type': {'OKTA_GROUP'}}).![id]", ["00g1", "00g2"]],
    [
      "projection of a calculation",
      "user.getGroups({'group.id': '00g3'}).![String.toUpperCase(name)]",
      ["ADMIN"],
    ],
    ["projection of nothing", "user.middleName.![name]", null],
    ["null in capitals, as Okta writes it", "NULL", null],
    ["negative number", "-3", -3],
    ["difference (Okta: Smart Card expressions)", 'String.len("abcde") - 2', 3],
    ["subtraction goes from left to right", "5 - 2 - 1", 2],
    ["attribute never set", "user.middleName", null],
    ["concatenation", 'user.firstName + " " + user.lastName', "Ada Lovelace"],
    ["concatenation with a list joins it", 'user.skills + "!"', "sql,airflow!"],
    ["concatenation with a number", "user.firstName + 1", "Ada1"],
    ["sum of numbers", "1 + 2 + 0.5", 3.5],
    ["null adds nothing to a text", "user.firstName + user.middleName", "Ada"],
    ["equality", 'user.department == "Engineering"', true],
    ["equality of lists", '{"sql", "airflow"} == user.skills', true],
    ["lists of other lengths are unequal", '{"sql"} == user.skills', false],
    ["matches", "user.department matches 'Eng.*'", true],
    ["matches the whole text", "user.department matches 'Eng'", false],
    ["matches null as an empty text", "user.middleName matches '.+'", false],
    ["matches with Java's flags", "user.department matches '(?i)engineering'", true],
    ["matches binds before AND", "'a' matches 'a' AND 'b' matches 'b'", true],
    ["equality minds case", 'user.department == "engineering"', false],
    ["inequality", "user.middleName != null", false],
    ["an empty text is not null", "user.nickName == null", false],
    ["values of two types are unequal", 'user.employees == "3"', false],
    ["less", "user.employees < 4", true],
    ["less or equal", "user.employees <= 3", true],
    ["greater", "user.employees > 3", false],
    ["greater or equal", "user.employees >= 4", false],
    ["order of texts", '"abc" < "abd"', true],
    ["null is less than everything", "user.middleName < 0", true],
    ["nothing is less than null", "0 < user.middleName", false],
    ["AND", "true AND false", false],
    ["OR", "true OR false", true],
    ["&& of Okta's own mappings", "true && true", true],
    ["|| of Okta's own mappings", "false || true", true],
    ["!", "!user.remote", false],
    ["! twice", "!!user.remote", true],
    ["! three times", "!!!user.remote", false],
    ["AND binds before OR", "true OR false AND false", true],
    ["comparison binds before AND", "1 < 2 AND 2 < 3", true],
    ["+ binds before comparison", '"a" + "b" == "ab"', true],
    ["parentheses", "(true OR false) AND false", false],
    ["ternary", 'user.remote ? "home" : "office"', "home"],
    ["ternary is right-associative", 'false ? "a" : true ? "b" : "c"', "b"],
    ["ternary within a branch", 'true ? false ? "a" : "b" : "c"', "b"],
    ["Elvis on null", 'user.middleName ?: "none"', "none"],
    ["Elvis on an empty text", "user.nickName ?: user.firstName", "Ada"],
    ["Elvis on a value", 'user.lastName ?: "none"', "Lovelace"],
    ["AND does not evaluate what cannot matter", 'false AND ("x" AND true)', false],
    ["OR does not evaluate what cannot matter", 'true OR ("x" AND true)', true],
  ])("%s: %s", (_rule, source, expected) => {
    expect(evaluate(source)).toEqual(expected);
  });
});

describe("what is refused, and how it is said", () => {
  test.each<[source: string, message: string]>([
    ["", "Expected a value but found the end at position 1."],
    ["user.firstName +", "Expected a value but found the end at position 17."],
    ["'open", "A string is not closed; it starts at position 1."],
    ["user.a = 1", "'=' does not compare; write '=='; found at position 8."],
    ["1 * 2", "'*' is not allowed in an expression; found at position 3."],
    ["user.firstName user.lastName", "Expected the end of the expression but found 'user' at position 16."],
    ["(1", "Expected ')' but found the end at position 3."],
    ["{1, 2", "Expected '}' but found the end at position 6."],
    ["{1}[0", "Expected ']' but found the end at position 6."],
    ["{'a': 1, 2: 3}", "Expected a key in quotes but found 2 at position 10."],
    ["{'a': 1, 'b'}", "Expected ':' but found '}' at position 13."],
    ["true ? 1", "Expected ':' but found the end at position 9."],
    ["user.", "Expected a name after '.' but found the end at position 6."],
    ["user", "'user' is not supported: a mapping reads user.<attribute>; found at position 1."],
    ["(1 2)", "Expected ')' but found 2 at position 4."],
    ["(1 'a')", "Expected ')' but found the string 'a' at position 4."],
    ["Strin.len('a')", "There is no function Strin.len (did you mean String.len?); found at position 1."],
    [
      "1 + isMemberOfGroupNam('a')",
      "There is no function isMemberOfGroupNam (did you mean isMemberOfGroupName?); found at position 5.",
    ],
    ["String.constructor()", "There is no function String.constructor; found at position 1."],
    ["String.len()", "String.len(text) is given 0 arguments at position 1."],
    ["Time.now('UTC', 'y', 1)", "Time.now([timeZone], [pattern]) is given 3 arguments at position 1."],
    [
      'String.stringSwitch("a", "b", "c")',
      "String.stringSwitch(text, default, key, value, …) is given 3 arguments at position 1.",
    ],
  ])("%s", (source, message) => {
    expect(() => parseExpression(source)).toThrow(saying(message));
  });

  test.each<[source: string, message: string]>([
    [
      "user.firstName ? 1 : 2",
      "A condition must be true or false, not the string 'Ada'; found at position 1.",
    ],
    ["!null", "A condition must be true or false, not null; found at position 2."],
    ['user.employees < "a"', "3 and the string 'a' cannot be ordered; calculated at position 16."],
    ["user.skills < user.skills", "a list and a list cannot be ordered; calculated at position 13."],
    ["true < false", "true and false cannot be ordered; calculated at position 6."],
    ["'a' - 1", "Only numbers can be subtracted, not the string 'a' and 1; calculated at position 5."],
    ["-'a'", "Only numbers can be subtracted, not 0 and the string 'a'; calculated at position 1."],
    [
      "'a' matches '('",
      "'(' is not a regular expression, or uses Java syntax that is not supported; calculated at position 5.",
    ],
    ["{1}[1]", "A list of 1 has no entry 1; its entries count from 0; calculated at position 4."],
    [
      "{1}['a']",
      "A list of 1 has no entry the string 'a'; its entries count from 0; calculated at position 4.",
    ],
    ["'abc'[0]", "the string 'abc' is not a list and has no entries; calculated at position 6."],
    ["'abc'.![name]", "the string 'abc' is not a list and cannot be projected; calculated at position 6."],
    ["user.skills.![name]", "the string 'sql' has no attribute 'name'; calculated at position 15."],
    ["'a' + {'b': 1}", "a map is not a string; read an attribute of it; calculated at position 5."],
    [
      'String.substring("abc", 0.5, 1)',
      "A position in a string must be a whole number from 0; calculated at position 1.",
    ],
    [
      '"" + String.substring("abc", -1, 1)',
      "A position in a string must be a whole number from 0; calculated at position 6.",
    ],
  ])("for a user: %s", (source, message) => {
    expect(() => evaluate(source)).toThrow(saying(message));
  });

  test.each<[what: string, source: string, message: RegExp]>([
    [
      "token claims",
      'getFilteredGroups({"00g1"}, "group.name", 40)',
      /works only in token claims, not in profile mappings.*position 1\.$/,
    ],
    [
      "token claims",
      '1 + Groups.contains("OKTA", "a", 1)',
      /Groups\.contains works only in token claims.*position 5\.$/,
    ],
    ["token claims", 'Groups.startsWith("OKTA", "a", 1)', /works only in token claims/],
    ["token claims", 'Groups.endsWith("OKTA", "a", 1)', /works only in token claims/],
    [
      "Identity Engine",
      "user.isMemberOf({'group.id': '00g1'})",
      /belongs to Identity Engine's.*write isMemberOfGroupName/,
    ],
    ["Identity Engine", "user.profile.email", /a profile mapping reads user\.email; found at position 1\.$/],
    ["Identity Engine", "user.email.toUpperCase()", /write String\.toUpperCase\(…\); found at position 1\.$/],
    [
      "Identity Engine",
      "'a'.toUpperCase()",
      /Functions after a value \(\.toUpperCase\(\)\) belong to Identity Engine/,
    ],
    ["identity providers", "idpuser.firstName", /only in the username transform of an identity provider/],
    ["sign-in", "session.amr", /only at sign-in/],
    ["claims", "access.scope", /only in token claims/],
    [
      "another app",
      "zendesk.firstName",
      /'zendesk\.firstName' is not supported: a mapping reads user\.<attribute>; other apps are not part/,
    ],
    ["a slip", "usr.firstName", /did you mean user\.firstName\?/],
    ["nested projections", "{{1}}.![{2}.![name]]", /A projection inside a projection.*position 12\.$/],
  ])("what belongs elsewhere, %s: %s", (_what, source, message) => {
    expect(() => parseExpression(source)).toThrow(message);
  });

  test.each([
    "Convert.toInt('1') == 1 ? 'a' : 'b'",
    "Arrays.size(user.skills) > 1 ? 'a' : 'b'",
    "user.remote AND Arrays.isEmpty(user.skills) ? 'a' : 'b'",
    "Time.now() == '' ? 'a' : 'b'",
  ])("Conditional expressions: Convert, Array and Time are not supported in conditions: %s", (source) => {
    expect(() => parseExpression(source)).toThrow(
      /^Okta does not support \w+\.\w+ in a condition; found at position \d+\.$/,
    );
  });

  test("Arrays.contains is supported in conditions", () => {
    expect(evaluate("Arrays.contains(user.skills, 'sql') ? 'a' : 'b'")).toBe("a");
  });

  test("an expression may not be longer than the limit", () => {
    const source = `'${"x".repeat(expressionLimits.maxLength - 2)}'`;
    expect(evaluate(source)).toHaveLength(expressionLimits.maxLength - 2);
    expect(() => evaluate(`${source} `)).toThrow(/longer than 4096 characters/);
  });

  test.each([
    ["parentheses", (depth: number) => "(".repeat(depth) + "1" + ")".repeat(depth)],
    ["calls", (depth: number) => "toLowerCase(".repeat(depth) + "1" + ")".repeat(depth)],
    ["ternaries", (depth: number) => "true?1:".repeat(depth) + "1"],
    ["Elvis", (depth: number) => "null?:".repeat(depth) + "1"],
  ])("%s nest as deep as the limit and no deeper", (_name, nest) => {
    expect([1, "1"]).toContain(evaluate(nest(expressionLimits.maxDepth)));
    expect(() => evaluate(nest(expressionLimits.maxDepth + 1))).toThrow(/is nested more than 100/);
  });

  test("a long chain of operators is no depth", () => {
    expect(evaluate(Array.from({ length: 2000 }, () => "1").join("+"))).toBe(2000);
    expect(evaluate(`${"!".repeat(4000)}true`)).toBe(true);
  });

  test("nested replacements do not grow without end", () => {
    const grow = (inner: string): string => `String.replace(${inner}, "a", "${"a".repeat(300)}")`;
    expect(() => evaluate(grow(grow(grow('"aaaaaaaa"'))))).toThrow(/longer than 65536/);
  });

  test("whatever the text, the answer is a value or an ExpressionError", () => {
    const fragment = fc.constantFrom(
      "user.firstName",
      "user.skills",
      "'a'",
      "{",
      "}",
      "[",
      "]",
      ".![",
      "name",
      "-",
      "matches",
      "Time.now(",
      "isMemberOfGroupNameRegex(",
      "(",
      ")",
      "?",
      ":",
      "?:",
      "+",
      "==",
      "String.len(",
      ",",
      "!",
      "AND",
      "1",
      " ",
    );
    const source = fc.oneof(
      fc.string(),
      fc.array(fragment).map((parts) => parts.join(" ")),
    );
    fc.assert(
      fc.property(source, (text) => {
        expect(errorOf(text) ?? new ExpressionError("")).toBeInstanceOf(ExpressionError);
      }),
    );
  });
});
