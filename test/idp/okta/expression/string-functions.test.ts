import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { ExpressionValue } from "../../../../src/idp/okta/expression/value.ts";
import { evaluate, quoted } from "../../../support/okta-expression.ts";

describe("Okta Expression Language overview: String functions", () => {
  test.each<[source: string, expected: ExpressionValue]>([
    ['String.append("This is", " a test")', "This is a test"],
    ['String.join(",", "This", "is", "a", "test")', "This,is,a,test"],
    ['String.join("", "alone")', "alone"],
    ['String.len("This")', 4],
    ['String.join("", "This", "is", "a", "test")', "Thisisatest"],
    ["String.len(user.middleName)", 0],
    ["String.len(user.skills)", 11],
    ['String.removeSpaces("This is a test")', "Thisisatest"],
    ['String.replace("This is a test", "is", "at")', "That at a test"],
    ['String.replace("a.b", ".", "$&")', "a$&b"],
    ['String.replace("abc", "", "x")', "abc"],
    ['String.replaceFirst("This is a test", "is", "at")', "That is a test"],
    ['String.startsWith("This is a test", "This")', true],
    ['String.startsWith("This is a test", "this")', false],
    ['String.stringContains("This is a test", "test")', true],
    ['String.stringContains("This is a test", "Test")', false],
    [`String.stringContains("This is a test", "doesn'tExist")`, false],
    ['String.stringSwitch("Substrings count", "default", "ring", "value1")', "value1"],
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
    ["substring(source.firstName, 1, 3)", "da"],
    ["substring(user.firstName, 0, 1) + user.lastName", "ALovelace"],
  ])("deprecated names still work: %s", (source, expected) => {
    expect(evaluate(source)).toBe(expected);
  });

  test.each<[source: string, expected: string]>([
    ['user.firstName + "." + user.lastName', "Ada.Lovelace"],
    ["substring(user.firstName, 0, 1) + substring(user.lastName, 0, 6)", "ALovela"],
    ['toLowerCase(substring( user.firstName, 0, 1)) + "." + toLowerCase(user.lastName)', "a.lovelace"],
    [
      String.raw`toUpperCase(substringBefore( substringAfter(user.email, "@"), ".")) + "\" + substringBefore( user.email, "@")`,
      String.raw`OKTA\ada`,
    ],
    ["user.groupCode == 123 ? 'Sales' : 'Other'", "Other"],
    ["(user.email != null && user.email != '') ? 'work' : ''", "work"],
    ["(user.middleName != null && user.middleName != '') ? 'work' : ''", ""],
    ['String.len(user.middleName) == 0 ? "" : (String.substring(user.middleName,0,1) + ". ")', ""],
    ['user.nickName != "" AND user.nickName != null ? user.nickName : user.firstName', "Ada"],
  ])("idioms of the documentation: %s", (source, expected) => {
    expect(evaluate(source)).toBe(expected);
  });
});

describe("laws of the String functions", () => {
  const text = fc.string({ maxLength: 40 });

  test("substringBefore, the separator and substringAfter are the text, where the separator occurs", () => {
    fc.assert(
      fc.property(text, fc.string({ minLength: 1, maxLength: 3 }), text, (before, separator, after) => {
        const subject = quoted(before + separator + after);
        const mark = quoted(separator);
        expect(
          evaluate(
            `String.substringBefore(${subject}, ${mark}) + ${mark} + String.substringAfter(${subject}, ${mark})`,
          ),
        ).toBe(before + separator + after);
      }),
    );
  });

  test("append is +, and its length is the sum of both", () => {
    fc.assert(
      fc.property(text, text, (first, second) => {
        const both = `${quoted(first)}, ${quoted(second)}`;
        expect(evaluate(`String.append(${both})`)).toBe(evaluate(`${quoted(first)} + ${quoted(second)}`));
        expect(evaluate(`String.len(String.append(${both}))`)).toBe(first.length + second.length);
      }),
    );
  });

  test("a substring up to the length is the text", () => {
    fc.assert(
      fc.property(text, (subject) => {
        const it = quoted(subject);
        expect(evaluate(`String.substring(${it}, 0, String.len(${it}))`)).toBe(subject);
      }),
    );
  });
});
