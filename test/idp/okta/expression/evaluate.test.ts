import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { evaluateExpression } from "../../../../src/idp/okta/expression/evaluate.ts";
import { ExpressionError } from "../../../../src/idp/okta/expression/expression-error.ts";
import type { ExpressionValue } from "../../../../src/idp/okta/expression/functions.ts";
import { expressionLimits, parseExpression } from "../../../../src/idp/okta/expression/parse.ts";

const ada: Readonly<Record<string, ExpressionValue>> = {
  firstName: "Ada",
  lastName: "Lovelace",
  middleName: null,
  email: "ada@okta.com",
  login: "ada@okta.com",
  nickName: "",
  department: "Engineering",
  employees: 3,
  remote: true,
  skills: ["sql", "airflow"],
};

function evaluate(source: string): ExpressionValue {
  return evaluateExpression(parseExpression(source), (name) => ada[name] ?? null);
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
    ["attribute never set", "user.middleName", null],
    ["concatenation", 'user.firstName + " " + user.lastName', "Ada Lovelace"],
    ["concatenation with a number", "user.firstName + 1", "Ada1"],
    ["sum of numbers", "1 + 2 + 0.5", 3.5],
    ["null adds nothing to a text", "user.firstName + user.middleName", "Ada"],
    ["equality", 'user.department == "Engineering"', true],
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

describe("Okta Expression Language overview: String functions", () => {
  test.each<[source: string, expected: ExpressionValue]>([
    ['String.append("This is", " a test")', "This is a test"],
    ['String.join(",", "This", "is", "a", "test")', "This,is,a,test"],
    ['String.join("", "alone")', "alone"],
    ['String.len("This")', 4],
    ["String.len(user.middleName)", 0],
    ['String.removeSpaces("This is a test")', "Thisisatest"],
    ['String.replace("This is a test", "is", "at")', "That at a test"],
    ['String.replace("a.b", ".", "$&")', "a$&b"],
    ['String.replace("abc", "", "x")', "abc"],
    ['String.replaceFirst("This is a test", "is", "at")', "That is a test"],
    ['String.startsWith("This is a test", "This")', true],
    ['String.startsWith("This is a test", "this")', false],
    ['String.stringContains("This is a test", "test")', true],
    ['String.stringContains("This is a test", "Test")', false],
    ['String.stringSwitch("This is a test", "default", "key1", "value1")', "default"],
    ['String.stringSwitch("This is a test", "default", "test", "value1")', "value1"],
    ['String.stringSwitch("First match wins", "d", "absent", "1", "wins", "2", "match", "3")', "2"],
    ['String.substring("This is a test", 2, 9)', "is is a"],
    ['String.substring("ab", 1, 9)', "b"],
    ['String.substring("abc", 2, 1)', ""],
    ['String.substringAfter("abc@okta.com", "@")', "okta.com"],
    ['String.substringAfter("a@b@c", "@")', "b@c"],
    ['String.substringAfter("none", "@")', ""],
    ['String.substringBefore("abc@okta.com", "@")', "abc"],
    ['String.substringBefore("none", "@")', "none"],
    ['String.toUpperCase("This")', "THIS"],
    ['String.toLowerCase("ThiS")', "this"],
  ])("%s", (source, expected) => {
    expect(evaluate(source)).toBe(expected);
  });

  test.each<[source: string, expected: string]>([
    ["toUpperCase(user.firstName)", "ADA"],
    ["toLowerCase(user.firstName)", "ada"],
    ['substringBefore(user.login, "@")', "ada"],
    ['substringAfter(user.login, "@")', "okta.com"],
    ["substring(user.firstName, 0, 1) + user.lastName", "ALovelace"],
  ])("deprecated names still work: %s", (source, expected) => {
    expect(evaluate(source)).toBe(expected);
  });

  test.each<[source: string, expected: string]>([
    ["(user.email != null && user.email != '') ? 'work' : ''", "work"],
    ["(user.middleName != null && user.middleName != '') ? 'work' : ''", ""],
    ['String.len(user.middleName) == 0 ? "" : (String.substring(user.middleName,0,1) + ". ")', ""],
    ['user.nickName != "" AND user.nickName != null ? user.nickName : user.firstName', "Ada"],
  ])("idioms of the documentation: %s", (source, expected) => {
    expect(evaluate(source)).toBe(expected);
  });
});

describe("what is refused, and how it is said", () => {
  test.each<[source: string, message: string]>([
    ["", "Expected a value but found the end at position 1."],
    ["user.firstName +", "Expected a value but found the end at position 17."],
    ["'open", "A text is not closed; it opens at position 1."],
    ["user.a = 1", "'=' compares nothing, write '=='; found at position 8."],
    ["{1, 2}", "Lists ('{') are not supported; found at position 1."],
    ["1 - 2", "'-' has no meaning in an expression; found at position 3."],
    ["user.firstName user.lastName", "Expected the end of the expression but found 'user' at position 16."],
    ["(1", "Expected ')' but found the end at position 3."],
    ["true ? 1", "Expected ':' but found the end at position 9."],
    ["user.", "Expected a name behind '.' but found the end at position 6."],
    ["user", "'user' is not supported: a mapping reads user.<attribute>; found at position 1."],
    ["org.name", "'org.name' is not supported: a mapping reads user.<attribute>; found at position 1."],
    ["Arrays.size(user.skills)", "The function Arrays.size is not supported; found at position 1."],
    [
      'user.getInternalProperty("id")',
      "The function user.getInternalProperty is not supported; found at position 1.",
    ],
    ["String.constructor()", "The function String.constructor is not supported; found at position 1."],
    ["String.len()", "String.len(text) is given 0 arguments at position 1."],
    [
      'String.stringSwitch("a", "b", "c")',
      "String.stringSwitch(text, default, key, value, …) is given 3 arguments at position 1.",
    ],
    ["user.firstName ? 1 : 2", "A condition must be true or false, not the text 'Ada'."],
    ["!null", "A condition must be true or false, not null."],
    ['user.employees < "a"', "3 and the text 'a' have no order."],
    ["user.skills < user.skills", "a list and a list have no order."],
    ["(1 2)", "Expected ')' but found 2 at position 4."],
    ["(1 'a')", "Expected ')' but found the text 'a' at position 4."],
    ["true < false", "true and false have no order."],
    ['user.skills + "x"', "A list is not a text."],
    ['String.substring("abc", 0.5, 1)', "A position in a text must be a whole number from 0."],
  ])("%s", (source, message) => {
    expect(() => evaluate(source)).toThrow(new ExpressionError(message));
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
    expect(String(evaluate(nest(expressionLimits.maxDepth)))).toBe("1");
    expect(() => evaluate(nest(expressionLimits.maxDepth + 1))).toThrow(/nests more than 100/);
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
      "'a'",
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
