import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/ground/json.ts";
import { compileFilter } from "../../../src/scim/filter/evaluate.ts";
import { indexableEquality } from "../../../src/scim/filter/index-key.ts";
import { printFilter } from "../../support/print-filter.ts";
import { userResourceType } from "../../../src/scim/schema/user.ts";
import { indexedFilter, user, userFilter } from "../../support/filter-arbitraries.ts";
import { folded, naive, reach } from "../../support/naive-filter.ts";
import { parseQuoted } from "../../support/parse-quoted.ts";

test("evaluation equals what the rules say, one after another", () => {
  fc.assert(
    fc.property(userFilter, user, (filter, resource) => {
      expect(compileFilter(filter, userResourceType)(resource)).toBe(naive(filter, resource));
    }),
    { numRuns: 2000 },
  );
});

test("a filter that was sent as text means the same", () => {
  fc.assert(
    fc.property(userFilter, user, (filter, resource) => {
      const sent = parseQuoted(printFilter(filter));
      expect(compileFilter(sent, userResourceType)(resource)).toBe(naive(filter, resource));
    }),
    { numRuns: 500 },
  );
});

describe("what an index finds by the equality of a filter holds every match", () => {
  const keysOf = (resource: JsonObject, attribute: string): readonly string[] => {
    const values = reach(resource, ...attribute.split(".")) as string[];
    return attribute === "id" ? values : values.filter((value) => value !== null).map(folded);
  };

  test("for all filters and users", () => {
    let met = 0;
    fc.assert(
      fc.property(indexedFilter, user, (filter, resource) => {
        const equality = indexableEquality(filter, userResourceType);
        if (equality === undefined || !compileFilter(filter, userResourceType)(resource)) return;
        met += 1;
        expect(keysOf(resource, equality.attribute)).toContain(equality.key);
      }),
      { numRuns: 3000 },
    );
    expect(met).toBeGreaterThan(30);
  });
});
