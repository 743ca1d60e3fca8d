import { describe, expect, test } from "vitest";
import { parseDateTime } from "../../src/scim/value/date-time.ts";

describe("an xsd:dateTime is an instant (RFC 7643 §2.3.5)", () => {
  test.each([
    ["UTC", "2011-05-13T04:42:34Z", "2011-05-13T04:42:34.000Z"],
    ["offset to the east", "2011-05-13T06:42:34+02:00", "2011-05-13T04:42:34.000Z"],
    ["offset to the west", "2011-05-12T22:42:34-06:00", "2011-05-13T04:42:34.000Z"],
    ["milliseconds", "2011-05-13T04:42:34.5Z", "2011-05-13T04:42:34.500Z"],
    ["seven digits (.NET)", "2011-05-13T04:42:34.1234567Z", "2011-05-13T04:42:34.123Z"],
    ["no zone is UTC", "2011-05-13T04:42:34", "2011-05-13T04:42:34.000Z"],
    ["no seconds", "2011-05-13T04:42Z", "2011-05-13T04:42:00.000Z"],
    ["a day alone is its midnight", "2011-05-13", "2011-05-13T00:00:00.000Z"],
    ["leap day", "2012-02-29T00:00:00Z", "2012-02-29T00:00:00.000Z"],
    ["the year 1", "0001-01-03T00:00:00.0000000Z", "0001-01-03T00:00:00.000Z"],
  ])("%s: %s", (_rule, text, instant) => {
    expect(new Date(parseDateTime(text) ?? Number.NaN).toISOString()).toBe(instant);
  });

  test.each([
    "",
    "yesterday",
    "2011",
    "13 May 2011",
    "2011-02-29T00:00:00Z",
    "2011-02-30",
    "2011-13-01T00:00:00Z",
    "2011-05-13T25:00:00Z",
    "2011-05-13T04:42:61Z",
    "2011-05-13 04:42:34Z",
    "2011-05-13T04:42:34+99:00",
    "2011-05-13T04:42:34Zz",
    " 2011-05-13T04:42:34Z",
    "1305261754000",
  ])("%j is none", (text) => {
    expect(parseDateTime(text)).toBeUndefined();
  });
});
