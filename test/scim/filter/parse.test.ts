import { describe, expect, test } from "vitest";
import type { ComparisonOperator, ComparisonValue, Filter } from "../../../src/scim/filter/ast.ts";
import { filterLimits } from "../../../src/scim/filter/limits.ts";
import { parseFilter, parseValueFilterAt } from "../../../src/scim/filter/parse.ts";
import { userSchemaUrn as core } from "../../../src/scim/urn.ts";
import { lenient } from "../../../src/scim/leniency.ts";
import { parseQuoted } from "../../support/parse-quoted.ts";

const is = (attribute: string, operator: ComparisonOperator, value: ComparisonValue): Filter => ({
  kind: "compare",
  path: { attribute },
  operator,
  value,
});
const present = (attribute: string): Filter => ({ kind: "present", path: { attribute } });
const and = (...operands: Filter[]): Filter => ({ kind: "and", operands });
const or = (...operands: Filter[]): Filter => ({ kind: "or", operands });
const not = (operand: Filter): Filter => ({ kind: "not", operand });
const [a, b, c, d] = [present("a"), present("b"), present("c"), present("d")];

describe("the grammar of RFC 7644 §3.4.2.2, figure 1", () => {
  test.each<[rule: string, text: string, filter: Filter]>([
    ["pr takes no value", "title pr", present("title")],
    ["a comparison", 'userName eq "bjensen"', is("userName", "eq", "bjensen")],
    ["true", "active eq true", is("active", "eq", true)],
    ["false", "active eq false", is("active", "eq", false)],
    ["null", "title eq null", is("title", "eq", null)],
    ["whole number", "age ge 21", is("age", "ge", 21)],
    ["number with all its parts", "age lt -1.5e+3", is("age", "lt", -1500)],
    ["zero has no sign", "age eq -0.0", is("age", "eq", 0)],
    ["and binds more tightly than or", "a pr or b pr and c pr", or(a, and(b, c))],
    ["and binds more tightly than or, on the left", "a pr and b pr or c pr", or(and(a, b), c)],
    ["a group comes first", "(a pr or b pr) and c pr", and(or(a, b), c)],
    ["a chain is one node", "a pr and b pr and c pr", and(a, b, c)],
    ["a group stays as written", "(a pr and b pr) and c pr", and(and(a, b), c)],
    ["parentheses around one thing mean nothing", "((a pr))", a],
    ["not", "not (a pr)", not(a)],
    ["not binds to its group", "not (a pr) and b pr or c pr", or(and(not(a), b), c)],
    ["not of not", "not (not (a pr or b pr))", not(not(or(a, b)))],
    ["everything at once", "(a pr or not (b pr)) and (c pr or d pr)", and(or(a, not(b)), or(c, d))],
    [
      "URN before the attribute",
      `${core}:name.familyName sw "J"`,
      {
        kind: "compare",
        path: { schemaUrn: core, attribute: "name", subAttribute: "familyName" },
        operator: "sw",
        value: "J",
      },
    ],
    [
      "value path",
      'emails[type eq "work" and value co "@example.com"]',
      {
        kind: "value-path",
        path: { attribute: "emails" },
        filter: and(is("type", "eq", "work"), is("value", "co", "@example.com")),
      },
    ],
    [
      "value path with a group, or and not",
      "emails[(a pr or b pr) and not (c pr)]",
      { kind: "value-path", path: { attribute: "emails" }, filter: and(or(a, b), not(c)) },
    ],
    [
      "value path under a URN",
      `${core}:emails[a pr]`,
      { kind: "value-path", path: { schemaUrn: core, attribute: "emails" }, filter: a },
    ],
    [
      "not of a value path",
      "not (emails[a pr])",
      not({ kind: "value-path", path: { attribute: "emails" }, filter: a }),
    ],
  ])("%s: %s", (_rule, text, filter) => {
    expect(parseQuoted(text)).toEqual(filter);
  });

  test.each(["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"] as const)("operator %s", (operator) => {
    expect(parseQuoted(`a ${operator} "x"`)).toEqual(is("a", operator, "x"));
  });

  test.each([
    ["operator", 'userName EQ "x"', is("userName", "eq", "x")],
    ["pr", "title Pr", present("title")],
    ["and, or", "a pr AND b pr Or c pr", or(and(a, b), c)],
    ["not", "NOT (a pr)", not(a)],
    ["literals", "active eq TRUE", is("active", "eq", true)],
    ["null", "active ne Null", is("active", "ne", null)],
  ])("%s in any case: %s", (_rule, text, filter) => {
    expect(parseQuoted(text)).toEqual(filter);
  });

  test.each([
    ["none around brackets", "not(a pr)and(b pr)"],
    ["much", "  not  (  a   pr  )\t and\r\n ( b pr ) "],
  ])("white space: %s", (_rule, text) => {
    expect(parseQuoted(text)).toEqual(and(not(a), b));
  });

  test("white space: none behind a value path", () => {
    expect(parseQuoted("emails[a pr]and b pr")).toMatchObject({ kind: "and" });
  });

  test.each([
    ["and", "and pr", "and"],
    ["or", "or pr", "or"],
    ["eq", 'eq eq "x"', "eq"],
    ["pr", "pr pr", "pr"],
  ])("an attribute may be called %s", (_rule, text, attribute) => {
    expect(parseQuoted(text)).toMatchObject({ path: { attribute } });
  });
});

describe("a string is one of JSON (RFC 7644 §3.4.2.2, compValue; RFC 8259 §7)", () => {
  test.each([
    ["empty", '""', ""],
    ["apostrophe", `"O'Malley"`, "O'Malley"],
    ["escaped quote", '"say \\"hi\\""', 'say "hi"'],
    ["escaped backslash at the end", '"C:\\\\"', "C:\\"],
    ["every short escape", '"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\/\b\f\n\r\t'],
    ["\\u escape", '"caf\\u00E9"', "café"],
    ["surrogate pair", '"\\uD83D\\ude00"', "😀"],
    ["characters beyond ASCII as they are", '"Müller 雪 😀"', "Müller 雪 😀"],
    ["brackets and keywords", '"a) or [b] and (c"', "a) or [b] and (c"],
    ["what Entra and Okta put in names", '"R&D + Q/A #1, 100%"', "R&D + Q/A #1, 100%"],
  ])("%s", (_rule, written, value) => {
    expect(parseQuoted(`displayName eq ${written}`)).toEqual(is("displayName", "eq", value));
  });
});

describe("a sub-attribute behind the brackets is one more condition on the value", () => {
  const work = is("type", "eq", "work");

  test.each([
    ["comparison", 'emails[type eq "work"].value eq "x"', and(work, is("value", "eq", "x"))],
    ["pr", 'emails[type eq "work"].value pr', and(work, present("value"))],
    ["behind an and", 'emails[type eq "work" and a pr].value pr', and(work, a, present("value"))],
    ["behind an or", 'emails[type eq "work" or a pr].value pr', and(or(work, a), present("value"))],
  ])("%s: %s", (_rule, text, filter) => {
    expect(parseQuoted(text)).toEqual({ kind: "value-path", path: { attribute: "emails" }, filter });
  });
});

describe("a broken filter is refused with what was expected, what was found and where", () => {
  test.each([
    ["nothing", "", "an attribute, 'not' or '('", "the end of the filter", 1],
    ["white space only", "   ", "an attribute, 'not' or '('", "the end of the filter", 4],
    ["attribute only", "userName", "an operator", "the end of the filter", 9],
    ["unknown operator", 'userName = "x"', "an operator", '"="', 10],
    ["operator without value", "userName eq", "a value", "the end of the filter", 12],
    ["value without quotes", "userName eq bjensen", "a value", '"bjensen"', 13],
    ["single quotes", "userName eq 'bjensen'", "a value", `"'bjensen'"`, 13],
    ["number with leading zero", "age eq 007", "a value", '"007"', 8],
    ["number without digits behind the dot", "age eq 1.", "a value", '"1."', 8],
    ["number with a plus", "age eq +1", "a value", '"+1"', 8],
    ["number beyond the largest", "age eq 1e999", "a value", '"1e999"', 8],
    ["NaN", "age eq NaN", "a value", '"NaN"', 8],
    ["bracket as a value", "userName eq (", "a value", "'('", 13],
    ["value behind pr", 'title pr "x"', "'and', 'or' or the end of the filter", 'the string "x"', 10],
    ["two filters", "a pr b pr", "'and', 'or' or the end of the filter", '"b"', 6],
    ["and without right side", "a pr and", "an attribute, 'not' or '('", "the end of the filter", 9],
    ["and twice", "a pr and and b pr", "an operator", '"b"', 14],
    ["string as an attribute", '"userName" eq "x"', "an attribute, 'not' or '('", 'the string "userName"', 1],
    ["parenthesis left open", "(a pr", "'and', 'or' or ')'", "the end of the filter", 6],
    ["parenthesis too many", "a pr)", "'and', 'or' or the end of the filter", "')'", 5],
    ["empty parentheses", "()", "an attribute, 'not' or '('", "')'", 2],
    ["not without parentheses", "not a pr", "'(' after 'not'", '"a"', 5],
    ["bracket left open", "emails[a pr", "'and', 'or' or ']'", "the end of the filter", 12],
    ["wrong bracket", "emails[a pr)", "'and', 'or' or ']'", "')'", 12],
    ["bracket too many", "a pr]", "'and', 'or' or the end of the filter", "']'", 5],
    ["empty brackets", "emails[]", "an attribute, 'not' or '('", "']'", 8],
    ["brackets within brackets", "emails[type[a pr]]", "an operator", "'['", 12],
    ["brackets behind a sub-attribute", "name.x[a pr]", "an operator", "'['", 7],
    ["no operator behind the brackets", "emails[a pr].value", "an operator", "the end of the filter", 19],
    ["no name behind the brackets", "emails[a pr]. pr", "the name of a sub-attribute after '].'", '"."', 13],
    ["space before the dot", "emails[a pr] .b pr", "'and', 'or' or the end of the filter", '".b"', 14],
    ["three names", "a.b.c pr", "the name of an attribute", '"a.b.c"', 1],
    ["URN only", `${core}: pr`, "the name of an attribute", `"${core.slice(0, 40)}…"`, 1],
    ["hyphen before a name", "-a pr", "the name of an attribute", '"-a"', 1],
  ])("%s: %s", (_rule, text, expected, found, position) => {
    expect(() => parseQuoted(text)).toThrow(
      expect.objectContaining({
        scimType: "invalidFilter",
        status: 400,
        message: expect.stringMatching(/^Expected /),
      }),
    );
    const message = messageOf(text);
    expect(message).toContain(`Expected ${expected}`);
    expect(message).toContain(`but found ${found} at position ${position}.`);
  });

  test.each([
    ["string left open", 'a eq "x', "no closing quote; it starts at position 6"],
    ["quote escaped away", 'a eq "x\\"', "no closing quote; it starts at position 6"],
    ["backslash at the end", 'a eq "x\\', "at position 8"],
    ["unknown escape", 'a eq "x\\y"', "at position 8"],
    ["short \\u escape", 'a eq "\\u12"', "at position 7"],
    ["\\u escape with a letter too many", 'a eq "\\u12g4"', "at position 7"],
    ["bare line break", 'a eq "x\ny"', "control character in a string must be escaped at position 8"],
  ])("%s: %j", (_rule, text, message) => {
    expect(() => parseQuoted(text)).toThrow(
      expect.objectContaining({ scimType: "invalidFilter", message: expect.stringContaining(message) }),
    );
  });

  test("what was found is shortened: an answer does not repeat what it was sent", () => {
    expect(messageOf(`a eq ${"x".repeat(5000)}`).length).toBeLessThan(200);
    expect(messageOf(`a pr "${"x".repeat(5000)}"`).length).toBeLessThan(200);
  });
});

describe("limits", () => {
  const { maxLength, maxDepth, maxTerms } = filterLimits;
  const nested = (depth: number) => `${"(".repeat(depth)}a pr${")".repeat(depth)}`;
  const terms = (count: number) => Array.from({ length: count }, () => "a pr").join(" or ");
  const padded = (length: number) => "a pr".padEnd(length);

  test.each([
    ["characters", padded(maxLength), padded(maxLength + 1), "10001 characters"],
    ["open parentheses", nested(maxDepth), nested(maxDepth + 1), "51 brackets are open at position 51"],
    [
      "parentheses of not",
      `${"not (".repeat(maxDepth)}a pr${")".repeat(maxDepth)}`,
      `${"not (".repeat(maxDepth + 1)}a pr${")".repeat(maxDepth + 1)}`,
      "51 brackets are open",
    ],
    [
      "brackets count, too",
      `emails[${nested(maxDepth - 1)}]`,
      `emails[${nested(maxDepth)}]`,
      "51 brackets are open",
    ],
    ["comparisons", terms(maxTerms), terms(maxTerms + 1), "501 comparisons"],
    [
      "comparisons within brackets and not",
      `not (${terms(maxTerms - 1)}) or emails[a pr]`,
      `not (${terms(maxTerms - 1)}) or emails[a pr or b pr]`,
      "501 comparisons",
    ],
  ])("%s", (_rule, most, tooMany, message) => {
    expect(() => parseQuoted(most)).not.toThrow();
    expect(() => parseQuoted(tooMany)).toThrow(
      expect.objectContaining({ scimType: "invalidFilter", message: expect.stringContaining(message) }),
    );
  });

  test("the filter in a PATCH path has the same limits", () => {
    expect(() => parseValueFilterAt(`emails[${nested(maxDepth)}]`, 7)).toThrow("51 brackets are open");
    expect(() => parseValueFilterAt(`emails[${terms(maxTerms + 1)}]`, 7)).toThrow("501 comparisons");
    expect(() => parseValueFilterAt(padded(maxLength + 1), 0)).toThrow("10001 characters");
  });
});

describe("lenient: values without quotes (Microsoft's SCIMReferenceCode collections)", () => {
  test.each([
    ["string", "userName sw O", is("userName", "sw", "O")],
    ["date", "created gt 2020-01-01T00:00:00.123Z", is("created", "gt", "2020-01-01T00:00:00.123Z")],
    ["digits stay text", "employeeNumber eq 007", is("employeeNumber", "eq", "007")],
    ["e-mail address", "userName eq a+b@example.com", is("userName", "eq", "a+b@example.com")],
    [
      "before a parenthesis",
      "familyName eq X and (a co Y or b co Z)",
      and(is("familyName", "eq", "X"), or(is("a", "co", "Y"), is("b", "co", "Z"))),
    ],
    ["a boolean stays one", "active eq True", is("active", "eq", true)],
    ["null stays null", "title eq null", is("title", "eq", null)],
    ["quotes still work", 'userName eq "x y"', is("userName", "eq", "x y")],
  ])("%s: %s", (_rule, text, filter) => {
    expect(parseFilter(text, lenient)).toEqual(filter);
  });

  test("only when asked for", () => {
    expect(() => parseQuoted("userName sw O")).toThrow("Expected a value");
  });

  test("a second word is no part of the value", () => {
    expect(() => parseFilter("displayName eq two words", lenient)).toThrow('"words" at position 20');
  });
});

function messageOf(text: string): string {
  try {
    parseQuoted(text);
  } catch (error) {
    return String(error);
  }
  return "";
}
