import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/json.ts";
import { userResourceType } from "../../src/scim/schema/user.ts";
import { parseSort, type SortQuery } from "../../src/scim/sort.ts";
import { enterpriseUserSchemaUrn as enterprise } from "../../src/scim/urn.ts";
import { user } from "../support/filter-arbitraries.ts";
import { people } from "../support/scim-people.ts";

const itself = (resource: JsonObject) => resource;
const order = (query: SortQuery) => parseSort(query, userResourceType, itself);
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
    ["unknown attribute", { sortBy: "nosuch" }, "sortBy names no attribute to sort by: nosuch"],
    ["no attribute path", { sortBy: "a b" }, "sortBy names no attribute to sort by"],
    ["complex without value", { sortBy: "name" }, "sortBy names no attribute to sort by"],
    ["extension as a whole", { sortBy: enterprise }, "sortBy names no attribute to sort by"],
    ["never returned", { sortBy: "password" }, "sortBy names no attribute to sort by"],
    ["__proto__", { sortBy: "__proto__" }, "sortBy names no attribute to sort by"],
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

test("each item is looked into once", () => {
  let looks = 0;
  const items = Array.from({ length: 200 }, (_, index) => ({ userName: `user${(index * 37) % 200}` }));
  const byName = parseSort({ sortBy: "userName" }, userResourceType, (item: { userName: string }) => {
    looks += 1;
    return item;
  });
  expect(items.sort(byName)[0]).toEqual({ userName: "user0" });
  expect(looks).toBe(200);
});
