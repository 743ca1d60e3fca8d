import { describe, expect, test } from "vitest";
import { ScimError } from "../../../src/scim/error.ts";
import { compileFilter } from "../../../src/scim/filter/evaluate.ts";
import { filterLimits } from "../../../src/scim/filter/limits.ts";
import { parseAttributePath, parsePatchPath, resolveAttributePath } from "../../../src/scim/path.ts";
import { parseProjection } from "../../../src/scim/project.ts";
import { userResourceType } from "../../../src/scim/schema/user.ts";
import { parseQuoted } from "../../support/parse-quoted.ts";

const times = 100_000;
const { maxLength } = filterLimits;

/** Far above what these take (below 5 ms) and far below what backtracking or quadratic work would take. */
const soonMs = 500;

function elapsedMs(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

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

describe("hostile filters are refused soon", () => {
  test.each(hostile)("%s, 100,000 of them", (_name, text) => {
    const ms = elapsedMs(() => {
      expect(() => parseQuoted(text)).toThrow(ScimError);
    });
    expect(ms).toBeLessThan(soonMs);
  });

  test.each(hostile)("%s, as many as the limit lets in", (_name, text) => {
    const ms = elapsedMs(() => {
      expect(() => parseQuoted(text.slice(0, maxLength))).toThrow(ScimError);
    });
    expect(ms).toBeLessThan(soonMs);
  });
});

describe("hostile paths are refused soon", () => {
  test.each(hostile)("%s", (_name, text) => {
    const ms = elapsedMs(() => {
      expect(() => parsePatchPath(`emails[${text}`)).toThrow(ScimError);
      expect(() => parseAttributePath(`${text}!`)).toThrow(ScimError);
      parseProjection({ attributes: text, excludedAttributes: text.replaceAll("a", ",") }, userResourceType);
    });
    expect(ms).toBeLessThan(soonMs);
  });
});

test("the largest filter that is let in is evaluated soon", () => {
  const text = Array.from({ length: filterLimits.maxTerms }, () => 'title co "aab"').join(" or ");
  const keeps = compileFilter(parseQuoted(text), userResourceType);
  const resource = { title: "a".repeat(10_000) };
  expect(elapsedMs(() => expect(keeps(resource)).toBe(false))).toBeLessThan(soonMs);
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
