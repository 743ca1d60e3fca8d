import { describe, expect, test } from "vitest";
import { nearestName } from "../../src/ground/text/nearest-name.ts";

const names = ["userName", "displayName", "name", "emails", "active"];

describe("the nearest name", () => {
  test.each([
    ["one letter missing", "userNme", "userName"],
    ["one letter too many", "emailss", "emails"],
    ["one letter too many in a short name", "nname", "name"],
    ["one letter wrong", "actove", "active"],
    ["two letters swapped", "dispalyName", "displayName"],
    ["two letters swapped in a short name", "nmae", "name"],
    ["another case", "USERNAMES", "userName"],
    ["the nearer of two", "nam", "name"],
  ])("%s: %s", (_rule, written, expected) => {
    expect(nearestName(written, names)).toBe(expected);
  });

  test.each([
    ["like no name", "password"],
    ["two letters wrong in a short name", "nbbe"],
    ["empty", ""],
    ["too long to be a name", "userName".repeat(50)],
  ])("none: %s", (_rule, written) => {
    expect(nearestName(written, names)).toBeUndefined();
  });

  test("none among none", () => {
    expect(nearestName("userName", [])).toBeUndefined();
  });
});
