import { describe, expect, test } from "vitest";
import { ScimError } from "../../../src/scim/error.ts";
import { compileFilter } from "../../../src/scim/filter/evaluate.ts";
import { filterLimits } from "../../../src/scim/filter/limits.ts";
import { parseAttributePath, parsePatchPath, resolveAttributePath } from "../../../src/scim/path.ts";
import { parseProjection } from "../../../src/scim/project.ts";
import { userResourceType } from "../../../src/scim/schema/user.ts";
import { parseQuoted } from "../../support/parse-quoted.ts";

// So many that backtracking, or work that is quadratic in them, would outlast the time that a test has.
const times = 100_000;
const { maxLength } = filterLimits;

const hostile: readonly [string, string][] = [
  ["parentheses", "(".repeat(times)],
  ["nots", "not (".repeat(times)],
  ["brackets", "a[".repeat(times)],
  ["closing parentheses", ")".repeat(times)],
  ["one long word", "a".repeat(times)],
  ["one long string", `a eq "${"x".repeat(times)}"`],
  ["a string without end", `a eq "${"\\\\".repeat(times)}`],
  ["a long number", `a eq ${"1".repeat(times)}x`],
  ["dots", `a${".b".repeat(times)} pr`],
  ["colons", `urn${":a".repeat(times)} pr`],
  ["spaces", " ".repeat(times)],
  ["ands", "a pr and ".repeat(times)],
];

describe("hostile filters are refused", () => {
  test.each(hostile)("%s, 100,000 of them", (_name, text) => {
    expect(() => parseQuoted(text)).toThrow(ScimError);
  });

  test.each(hostile)("%s, as many as the limit lets in", (_name, text) => {
    expect(() => parseQuoted(text.slice(0, maxLength))).toThrow(ScimError);
  });
});

describe("hostile paths are refused", () => {
  test.each(hostile)("%s", (_name, text) => {
    expect(() => parsePatchPath(`emails[${text}`)).toThrow(ScimError);
    expect(() => parseAttributePath(`${text}!`)).toThrow(ScimError);
    parseProjection({ attributes: text, excludedAttributes: text.replaceAll("a", ",") }, userResourceType);
  });
});

test("the largest filter that is let in is evaluated", () => {
  const text = Array.from({ length: filterLimits.maxTerms }, () => 'title co "aab"').join(" or ");
  const keeps = compileFilter(parseQuoted(text), userResourceType);
  const resource = { title: "a".repeat(10_000) };
  expect(keeps(resource)).toBe(false);
});

test("names of Object.prototype reach nothing", () => {
  for (const name of ["__proto__", "constructor", "hasOwnProperty", "toString", "valueOf"]) {
    expect(() => compileFilter(parseQuoted(`${name} pr`), userResourceType)).toThrow("Unknown attribute");
    expect(() => compileFilter(parseQuoted(`emails[${name} pr]`), userResourceType)).toThrow(
      "Unknown attribute",
    );
    expect(resolveAttributePath(userResourceType, { attribute: name })).toBeUndefined();
  }
});
