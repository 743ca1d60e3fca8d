import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ScimError } from "../../../src/scim/error.ts";
import { parseFilter } from "../../../src/scim/filter/parse.ts";
import { printFilter } from "../../support/print-filter.ts";
import { anyFilter } from "../../support/filter-arbitraries.ts";
import { rfcExample } from "../../support/rfc-example.ts";
import { resolveBehaviour } from "../../../src/astro/behaviour/resolve.ts";
import { lenient, type Leniency } from "../../../src/scim/leniency.ts";
import { parseQuoted } from "../../support/parse-quoted.ts";

const strict = resolveBehaviour({ strict: true });

describe("parentheses only where the filter would be another one without them", () => {
  test.each([
    ["or within and", "(a pr or b pr) and c pr"],
    ["and within or needs none", "a pr or b pr and c pr"],
    ["not always has them", "not (a pr)"],
    ["a group within its like was written", "(a pr and b pr) and c pr"],
    ["brackets need none", 'emails[type eq "work" or value co "x"] and a pr'],
    ["not within and", "not (a pr or b pr) and c pr"],
  ])("%s: %s", (_rule, text) => {
    expect(printFilter(parseQuoted(text))).toBe(text);
  });

  test.each([
    ["needless parentheses go", "((a pr)) and ((b pr and (c pr)))", "a pr and (b pr and c pr)"],
    ["operators in lower case", "a EQ TRUE And b Pr", "a eq true and b pr"],
    ["escapes only where JSON needs them", '"\\u0041\\/\\"\\n"', '"A/\\"\\n"'],
    ["numbers as JSON writes them", "a eq 1.50E2", "a eq 150"],
    ["a sub-attribute goes into the brackets", "e[a pr].b pr", "e[a pr and b pr]"],
  ])("%s: %s", (_rule, text, printed) => {
    const prefix = text.startsWith('"') ? "a eq " : "";
    expect(printFilter(parseQuoted(prefix + text))).toBe(prefix + printed);
  });

  test.each(rfcExample("7644-3.4.2.2-filters") as string[])("RFC 7644 §3.4.2.2: %s", (text) => {
    expect(parseQuoted(printFilter(parseQuoted(text)))).toEqual(parseQuoted(text));
  });
});

test("what was printed is parsed to the same tree again", () => {
  fc.assert(
    fc.property(anyFilter, (filter) => {
      expect(parseQuoted(printFilter(filter))).toEqual(filter);
    }),
    { numRuns: 500 },
  );
});

describe("no text makes the parser fail with anything but a short invalidFilter", () => {
  const failure = (text: string, leniency: Leniency): unknown => {
    try {
      parseFilter(text, leniency);
      return undefined;
    } catch (error) {
      return error;
    }
  };
  const isFair = (error: unknown) =>
    error === undefined ||
    (error instanceof ScimError && error.scimType === "invalidFilter" && error.message.length < 400);
  const pieces =
    '" "x" ( ) [ ] \\ . : and or not pr eq co true null a emails[ ].value urn:x:y: -1e9 \\u00 é \0 __proto__';
  const piece = fc.constantFrom(" ", "a pr", "a pr)", ...pieces.split(" "));

  test.each([
    ["any text", fc.string({ unit: "binary", maxLength: 60 })],
    ["pieces of filters", fc.array(piece, { maxLength: 25 }).map((some) => some.join(""))],
    ["pieces with spaces", fc.array(piece, { maxLength: 25 }).map((some) => some.join(" "))],
    [
      "a filter with one piece in the wrong place",
      fc.tuple(anyFilter.map(printFilter), fc.nat(), piece).map(([text, at, inserted]) => {
        const offset = at % (text.length + 1);
        return text.slice(0, offset) + inserted + text.slice(offset + 1);
      }),
    ],
  ])("%s", (_name, texts) => {
    const failures = fc
      .sample(fc.tuple(texts, fc.constantFrom(lenient, strict)), 500)
      .map(([text, leniency]) => failure(text, leniency));
    expect(failures.filter((error) => !isFair(error))).toEqual([]);
    expect(failures.filter((error) => error !== undefined).length).toBeGreaterThan(10);
  });
});
