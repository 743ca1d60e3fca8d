/** The query of a URL is read as the URL standard reads a form, with SCIM's names in any case. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readQuery } from "../../src/server/api/query.ts";
import { scimRequestForm } from "../../src/server/scim/request-form.ts";

const form = scimRequestForm({ contentType: "json" });

test("names and values are those of the URL standard (https://url.spec.whatwg.org, §5.1)", () => {
  const piece = fc.oneof(
    fc.constantFrom("=", "&", "+", "%", "%2", "%20", "%C3%A9", "%c3", "%ff", "%00", "é", "filter", "?"),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = `a${pieces.join("")}`;
      expect(readQuery(text, { queryName: (name) => name })).toEqual([...new URLSearchParams(text)]);
    }),
    { numRuns: 300 },
  );
});

test.each([
  [
    "startindex=2&COUNT=1",
    [
      ["startIndex", "2"],
      ["count", "1"],
    ],
  ],
  ["aadOptscim062020", [["aadOptscim062020", ""]]],
  [
    "AADOPTSCIM=1&filter=a&FILTER=b",
    [
      ["AADOPTSCIM", "1"],
      ["filter", "a"],
      ["filter", "b"],
    ],
  ],
  ["%66ilter=a%20eq+%22b%22", [["filter", 'a eq "b"']]],
] as const)("%s", (text, expected) => {
  expect(readQuery(text, form)).toEqual(expected);
});
