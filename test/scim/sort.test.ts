import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/ground/json.ts";
import { groupResourceType } from "../../src/scim/schema/group.ts";
import { userResourceType } from "../../src/scim/schema/user.ts";
import { compareSortKeys, keyOfSort, parseSort, sortsBy, type SortQuery } from "../../src/scim/list/sort.ts";
import { enterpriseUserSchemaUrn as enterprise } from "../../src/scim/urn.ts";
import { user } from "../support/filter-arbitraries.ts";
import { people } from "../support/scim-people.ts";

const order = (query: SortQuery) => {
  const sort = parseSort(query, [userResourceType]);
  if (sort === undefined) return undefined;
  const keyOf = keyOfSort(sort, userResourceType);
  const compare = compareSortKeys(sort);
  return (a: JsonObject, b: JsonObject) => compare(keyOf?.(a), keyOf?.(b));
};
const sorted = (query: SortQuery, resources = people) =>
  [...resources].sort(order(query)).map((one) => one["userName"]);

describe("sortBy (RFC 7644 §3.4.2.3)", () => {
  test.each([
    ["letters without case", { sortBy: "userName" }, ["bjensen", "Jo", "jsmith", "Kate"]],
    ["descending", { sortBy: "userName", sortOrder: "descending" }, ["Kate", "jsmith", "Jo", "bjensen"]],
    [
      "names in any case",
      { sortBy: "USERNAME", sortOrder: "Ascending" },
      ["bjensen", "Jo", "jsmith", "Kate"],
    ],
    ["letters with case where it counts", { sortBy: "id" }, ["bjensen", "Kate", "jsmith", "Jo"]],
    [
      "instants, not the letters of dates",
      { sortBy: "meta.lastModified" },
      ["Kate", "bjensen", "Jo", "jsmith"],
    ],
    ["false before true", { sortBy: "active" }, ["jsmith", "bjensen", "Kate", "Jo"]],
    ["the primary value, or else the first", { sortBy: "emails.value" }, ["bjensen", "Jo", "jsmith", "Kate"]],
    ["a complex attribute by its value", { sortBy: "emails" }, ["bjensen", "Jo", "jsmith", "Kate"]],
    ["without a value last", { sortBy: "name.givenName" }, ["bjensen", "jsmith", "Kate", "Jo"]],
    [
      "without a value first when descending",
      { sortBy: "name.givenName", sortOrder: "descending" },
      ["Kate", "Jo", "jsmith", "bjensen"],
    ],
    [
      "an extension's attribute",
      { sortBy: `${enterprise}:costCenter`, sortOrder: "ascending" },
      ["bjensen", "jsmith", "Kate", "Jo"],
    ],
    [
      "an extension's complex attribute",
      { sortBy: `${enterprise}:manager` },
      ["bjensen", "jsmith", "Kate", "Jo"],
    ],
  ])("%s: %o", (_rule, query, expected) => {
    expect(sorted(query)).toEqual(expected);
  });

  test.each([
    ["nothing", {}],
    ["empty sortBy", { sortBy: "" }],
    ["null", { sortBy: null, sortOrder: null }],
    ["sortOrder alone", { sortOrder: "descending" }],
  ])("no order: %s", (_rule, query) => {
    expect(order(query)).toBeUndefined();
  });

  test.each([
    ["unknown attribute", { sortBy: "nosuch" }, "sortBy is not an attribute that can be sorted by: nosuch"],
    ["no attribute path", { sortBy: "a b" }, "sortBy is not an attribute that can be sorted by"],
    ["complex without value", { sortBy: "name" }, "sortBy is not an attribute that can be sorted by"],
    ["extension as a whole", { sortBy: enterprise }, "sortBy is not an attribute that can be sorted by"],
    ["never returned", { sortBy: "password" }, "sortBy is not an attribute that can be sorted by"],
    ["__proto__", { sortBy: "__proto__" }, "sortBy is not an attribute that can be sorted by"],
    ["unknown order", { sortBy: "userName", sortOrder: "up" }, "sortOrder must be ascending or descending"],
  ])("%s is refused by 400 invalidValue", (_rule, query, message) => {
    expect(() => order(query)).toThrow(
      expect.objectContaining({
        status: 400,
        scimType: "invalidValue",
        message: expect.stringContaining(message),
      }),
    );
  });
});

test("the primary value counts, wherever in the list it stands", () => {
  const first = { userName: "first", emails: [{ value: "a@x" }, { value: "z@x", primary: true }] };
  const second = { userName: "second", emails: [{ value: "m@x" }] };
  expect(sorted({ sortBy: "emails.value" }, [first, second])).toEqual(["second", "first"]);
});

test("ascending and descending are the reverse of one another, and consistent", () => {
  const sortBy = fc.constantFrom(
    "userName",
    "emails",
    "emails.type",
    "active",
    "meta.created",
    "name.givenName",
  );
  fc.assert(
    fc.property(sortBy, user, user, user, (name, a, b, c) => {
      const up = order({ sortBy: name })!;
      const down = order({ sortBy: name, sortOrder: "descending" })!;
      expect(up(a, b) + up(b, a)).toBe(0);
      expect(down(a, b)).toBe(up(b, a));
      expect(up(a, b) <= 0 && up(b, c) <= 0 && up(a, c) > 0).toBe(false);
    }),
  );
});

describe("over several types (RFC 7644 §3.4.2.1, §3.4.2.3)", () => {
  const types = [userResourceType, groupResourceType];

  test("who has no such attribute comes last, when descending first", () => {
    const sort = parseSort({ sortBy: "userName" }, types)!;
    const keys = [
      keyOfSort(sort, groupResourceType)?.({ displayName: "a Team" }),
      keyOfSort(sort, userResourceType)?.({ userName: "Zoe" }),
      keyOfSort(sort, userResourceType)?.({ userName: "adam" }),
    ];
    expect(keys.toSorted(compareSortKeys(sort))).toEqual(["adam", "zoe", undefined]);
  });

  test("an attribute that no type has is refused", () => {
    expect(() => parseSort({ sortBy: "nosuch" }, types)).toThrow(/sortBy is not an attribute/);
  });
});

describe("whether the order goes by an attribute that is kept apart", () => {
  test.each([
    ["members", true],
    ["MEMBERS.display", true],
    ["displayName", false],
    ["nosuch", false],
    ["", false],
  ])("%s: %s", (sortBy, expected) => {
    expect(sortsBy({ sortBy }, groupResourceType, "members")).toBe(expected);
  });
});
