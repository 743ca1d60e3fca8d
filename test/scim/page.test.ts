import { describe, expect, test } from "vitest";
import { listResponse, parsePaging } from "../../src/scim/list/page.ts";

const limits = { defaultCount: 100, maxCount: 1000 };

describe("startIndex and count (RFC 7644 §3.4.2.4, table 6)", () => {
  test.each([
    ["neither", {}, { startIndex: 1, count: 100 }],
    ["null, as URLSearchParams says it", { startIndex: null, count: null }, { startIndex: 1, count: 100 }],
    ["text", { startIndex: "3", count: "2" }, { startIndex: 3, count: 2 }],
    ["numbers, as in a search body", { startIndex: 3, count: 2 }, { startIndex: 3, count: 2 }],
    ["a startIndex below 1 is 1", { startIndex: "0" }, { startIndex: 1, count: 100 }],
    ["a negative startIndex is 1", { startIndex: "-5" }, { startIndex: 1, count: 100 }],
    ["a negative count is 0", { count: "-1" }, { startIndex: 1, count: 0 }],
    ["count 0 stays 0", { count: "0" }, { startIndex: 1, count: 0 }],
    ["a count above the limit is the limit", { count: "1001" }, { startIndex: 1, count: 1000 }],
    ["leading zeros", { startIndex: "007" }, { startIndex: 7, count: 100 }],
    [
      "beyond what a number holds exactly",
      { startIndex: "9".repeat(400), count: "9".repeat(400) },
      { startIndex: Number.MAX_SAFE_INTEGER, count: 1000 },
    ],
    [
      "Okta's probe (Okta: SCIM 2.0, test of API credentials)",
      { startIndex: "1", count: "2" },
      { startIndex: 1, count: 2 },
    ],
  ])("%s", (_rule, query, paging) => {
    expect(parsePaging(query, limits)).toEqual(paging);
  });

  test.each(["", " ", "one", "1.5", "1e3", "0x10", "+1", "1 ", "NaN", 1.5, Number.NaN])(
    "%j is refused by 400 invalidValue",
    (given) => {
      for (const name of ["startIndex", "count"]) {
        expect(() => parsePaging({ [name]: given }, limits)).toThrow(
          expect.objectContaining({
            status: 400,
            scimType: "invalidValue",
            message: expect.stringContaining(`${name} must be a whole number`),
          }),
        );
      }
    },
  );
});

describe("the list response (RFC 7644 §3.4.2)", () => {
  const resources = [{ id: "1" }, { id: "2" }];

  test("counters are numbers, in this order, and itemsPerPage is what is there", () => {
    const body = listResponse({ resources, totalResults: 7, startIndex: 3 });
    expect(JSON.stringify(body)).toBe(
      '{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":7,' +
        '"startIndex":3,"itemsPerPage":2,"Resources":[{"id":"1"},{"id":"2"}]}',
    );
  });

  test.each([
    ["nothing matched (Entra's probe)", 0, 1],
    ["past the last one", 2, 101],
    ["count 0", 5, 1],
  ])("Resources is there where it is empty: %s", (_rule, totalResults, startIndex) => {
    expect(listResponse({ resources: [], totalResults, startIndex })).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
      totalResults,
      startIndex,
      itemsPerPage: 0,
      Resources: [],
    });
  });
});
